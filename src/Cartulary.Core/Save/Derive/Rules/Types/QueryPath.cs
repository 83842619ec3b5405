namespace Cartulary.Core.Save.Derive.Rules.Types;

/// <summary>The paths that name collections, folders and queries: they end with who made them and a random name.</summary>
internal static class QueryPath
{
    /// <summary>The last two parts of a path.</summary>
    public static string OwnPart(string qualifiedName)
    {
        var last = qualifiedName.LastIndexOf('/');
        return last <= 0 ? qualifiedName : qualifiedName[(qualifiedName.LastIndexOf('/', last - 1) + 1)..];
    }
}
