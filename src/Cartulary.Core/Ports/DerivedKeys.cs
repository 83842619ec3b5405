namespace Cartulary.Core.Ports;

/// <summary>Kinds of keys that are not attributes of their own.</summary>
public static class DerivedKeys
{
    /// <summary>A glossary's name.</summary>
    public const int GlossaryName = -1;

    /// <summary>A term's name within its glossary: the glossary's guid, a slash, the name.</summary>
    public const int TermName = -2;

    /// <summary>A category's name on its level: the guid of the category above it, or else of its glossary, a slash, the name.</summary>
    public const int CategoryName = -3;

    /// <summary>A data domain's name: the guid of the domain above it and a slash, where there is one, and the name.</summary>
    public const int DomainName = -4;

    /// <summary>A data product's name within its domain: the domain's guid, a slash, the name.</summary>
    public const int ProductName = -5;

    /// <summary>A place among siblings: the kind of key their names have, without its sign; what stands before their names; the place; slashes between.</summary>
    public const int SortRank = -6;

    /// <summary>The qualified name of the connection that an asset names, when its own name is not below that.</summary>
    public const int Connection = -7;
}
