using System.Text.Json;

namespace Cartulary.Cli.Client;

/// <summary>A key as the server lists it.</summary>
/// <param name="Id">Names the key.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Role">What its holder may do.</param>
/// <param name="Created">When it was made, epoch milliseconds.</param>
/// <param name="Revoked">When it was revoked, epoch milliseconds; null while it is in use.</param>
/// <param name="Secret">The secret; only in the answer that makes the key.</param>
/// <param name="Json">The entry as the server sent it.</param>
internal sealed record ApiKeyEntry(string Id, string Name, string Role, long Created, long? Revoked, string? Secret, JsonElement Json)
{
    /// <summary>Reads one entry.</summary>
    public static ApiKeyEntry Read(JsonElement json) => new(
        json.Text("id") ?? "",
        json.Text("name") ?? "",
        json.Text("role") ?? "",
        json.Number("created") ?? 0,
        json.Number("revoked"),
        json.Text("key"),
        json);
}
