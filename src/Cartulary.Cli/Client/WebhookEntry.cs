using System.Text.Json;

namespace Cartulary.Cli.Client;

/// <summary>A webhook as the server shows it.</summary>
/// <param name="Json">The entry as the server sent it.</param>
internal sealed record WebhookEntry(JsonElement Json)
{
    /// <summary>Names it.</summary>
    public string Id => Json.Text("id") ?? "";

    /// <summary>What people call it.</summary>
    public string Name => Json.Text("name") ?? "";

    /// <summary>How it does.</summary>
    public string Status => Json.Text("status") ?? "";

    /// <summary>Everything up to this sequence is settled.</summary>
    public long Position => Json.Number("position") ?? 0;

    /// <summary>A secret; only in the answer that makes it.</summary>
    public string? Secret => Json.Text("secret");
}
