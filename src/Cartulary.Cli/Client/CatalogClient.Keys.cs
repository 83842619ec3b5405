using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;

namespace Cartulary.Cli.Client;

/// <content>Keys.</content>
internal sealed partial class CatalogClient
{
    private const string Keys = "api/keys";

    /// <summary>Makes a key. It is asked for only once: a second request would make a second key.</summary>
    public async Task<ApiKeyEntry> CreateKeyAsync(string name, string role, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"name":"{{JavaScriptEncoder.Default.Encode(name)}}","role":"{{JavaScriptEncoder.Default.Encode(role)}}"}""");
        return ApiKeyEntry.Read(await SendOnceAsync(HttpMethod.Post, Keys, body, key: null, cancellationToken));
    }

    /// <summary>Every key, revoked ones included, oldest first.</summary>
    public async Task<ImmutableArray<ApiKeyEntry>> ListKeysAsync(CancellationToken cancellationToken)
    {
        var answer = await SendAsync(HttpMethod.Get, Keys, body: null, cancellationToken);
        return [.. answer.Items("keys").Select(ApiKeyEntry.Read)];
    }

    /// <summary>Revokes a key.</summary>
    public async Task<ApiKeyEntry> RevokeKeyAsync(string id, CancellationToken cancellationToken) =>
        ApiKeyEntry.Read(await SendAsync(HttpMethod.Delete, $"{Keys}/{Uri.EscapeDataString(id)}", body: null, cancellationToken));
}
