using System.Text.Json;

namespace Cartulary.Cli.Client;

/// <summary>An asset as an answer or another asset names it.</summary>
/// <param name="Guid">Its guid.</param>
/// <param name="TypeName">Its type.</param>
/// <param name="QualifiedName">Its qualified name; empty when it was not told.</param>
/// <param name="Name">Its name, or what comes nearest to one.</param>
/// <param name="IsLive">False when the asset, or the relationship that led to it, is archived.</param>
internal sealed record AssetHeader(string Guid, string TypeName, string QualifiedName, string Name, bool IsLive)
{
    /// <summary>Reads a header of a save's answer, or a reference of an asset or event.</summary>
    public static AssetHeader Read(JsonElement json)
    {
        var attributes = json.Member("attributes");
        var qualifiedName = attributes?.Text("qualifiedName") ?? json.Member("uniqueAttributes")?.Text("qualifiedName") ?? "";
        var name = attributes?.Text("name") ?? json.Text("displayText") ?? LastSegment(qualifiedName);
        return new(json.Text("guid") ?? "", json.Text("typeName") ?? "", qualifiedName, name, !SaysDeleted(json));
    }

    private static bool SaysDeleted(JsonElement json) =>
        json.Text("status") == "DELETED" || json.Text("entityStatus") == "DELETED" || json.Text("relationshipStatus") == "DELETED";

    private static string LastSegment(string qualifiedName) =>
        Uri.UnescapeDataString(qualifiedName[(qualifiedName.LastIndexOf('/') + 1)..]);
}
