using Cartulary.Cli.Client;

namespace Cartulary.Cli.Commands.Lineage;

/// <summary>How one argument names an asset: by a guid, or as <c>TYPE/QUALIFIEDNAME</c>.</summary>
internal static class AssetText
{
    /// <summary>The form, for help.</summary>
    public const string Form = "a GUID, or TYPE/QUALIFIEDNAME";

    /// <summary>The asset that a text names.</summary>
    /// <exception cref="UsageException">It has neither form.</exception>
    public static AssetName Read(string text)
    {
        if (Guid.TryParseExact(text, "D", out _))
        {
            return AssetName.Of(text);
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < text.Length - 1
            ? AssetName.Of(text[..slash], text[(slash + 1)..])
            : throw new UsageException($"\"{text}\" names no asset; give {Form}");
    }

    /// <summary>The guid of the asset that a text names; one that is given is not looked up.</summary>
    public static async Task<string> GuidAsync(CatalogClient client, string text, CancellationToken cancellationToken) =>
        Guid.TryParseExact(text, "D", out _)
            ? text
            : (await client.ReadAsync(Read(text).At("/header"), cancellationToken)).Text("guid") ?? "";
}
