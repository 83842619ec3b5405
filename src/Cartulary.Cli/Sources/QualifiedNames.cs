namespace Cartulary.Cli.Sources;

/// <summary>
/// Builds qualified names. Inside a segment <c>/</c> and <c>%</c> are percent-encoded, so that different objects never share
/// a qualified name; every other character stays as it is.
/// </summary>
internal static class QualifiedNames
{
    /// <summary>The name one level below.</summary>
    public static string Below(string parent, string name) => $"{parent}/{Segment(name)}";

    /// <summary>A name as one segment.</summary>
    public static string Segment(string name) =>
        name.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal);

    /// <summary>The step of lineage that makes a view or a column of one. It has one output, so its name follows from that alone.</summary>
    public static string ProcessOf(string output) => $"{output}/_process";

    /// <summary>The segments below a prefix, as people write them: decoded, with dots between. Other names come back as they are.</summary>
    public static string Readable(string qualifiedName, string prefix) =>
        qualifiedName.StartsWith(prefix + "/", StringComparison.Ordinal)
            ? string.Join('.', qualifiedName[(prefix.Length + 1)..].Split('/').Select(Uri.UnescapeDataString))
            : qualifiedName;
}
