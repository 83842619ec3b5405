namespace Cartulary.Core.Ports;

/// <summary>Kinds of keys that are not attributes of their own.</summary>
public static class DerivedKeys
{
    /// <summary>A glossary's name.</summary>
    public const int GlossaryName = -1;

    /// <summary>A term's name within its glossary: the glossary's guid, a slash, the name.</summary>
    public const int TermName = -2;

    /// <summary>The qualified name of the connection that an asset names, when its own name is not below that.</summary>
    public const int Connection = -3;
}
