namespace Cartulary.Core.Types;

/// <summary>The type of an attribute's value, resolved from the text in a typedef.</summary>
public abstract class DataType
{
    private protected DataType(string name) => Name = name;

    /// <summary>The type's text form, as typedefs and error messages write it.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
