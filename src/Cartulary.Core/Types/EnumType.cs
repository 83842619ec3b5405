using System.Collections.Frozen;

namespace Cartulary.Core.Types;

/// <summary>A resolved enum: a value is one of its elements, exactly as spelled.</summary>
public sealed class EnumType : DataType
{
    private readonly FrozenSet<string> _elements;

    internal EnumType(EnumDef definition)
        : base(definition.Name)
    {
        Definition = definition;
        _elements = definition.ElementDefs.Select(element => element.Value).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The definition as saved.</summary>
    public EnumDef Definition { get; }

    /// <summary>Whether a text is an element.</summary>
    public bool Contains(string element) => _elements.Contains(element);
}
