using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cartulary.Cli.Client;

/// <summary>What this program reads with a generated reader rather than by hand.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class CatalogJson : JsonSerializerContext;
