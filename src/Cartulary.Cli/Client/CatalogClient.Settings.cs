using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cartulary.Cli.Client;

/// <content>Settings of the catalog.</content>
internal sealed partial class CatalogClient
{
    private const string Settings = "api/settings";

    /// <summary>The catalog's settings.</summary>
    public Task<JsonElement> GetSettingsAsync(CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, Settings, body: null, cancellationToken);

    /// <summary>Names the attributes that alone never make a save a change; sets what is set already without harm.</summary>
    public Task<JsonElement> SetIgnoredAttributesAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var quoted = names.Select(name => $"\"{JavaScriptEncoder.Default.Encode(name)}\"");
        return SendAsync(HttpMethod.Put, Settings, Encoding.UTF8.GetBytes($$"""{"ignoredAttributes":[{{string.Join(',', quoted)}}]}"""), cancellationToken);
    }
}
