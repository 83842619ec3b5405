using System.Runtime.InteropServices;
using System.Text.Json;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Saving;

/// <summary>One asset of a save: the guid by which the request names it, and its JSON with that guid inside.</summary>
/// <param name="Guid">A real guid, or one that begins with a minus sign.</param>
/// <param name="Utf8">The JSON object.</param>
internal sealed record EntityJson(string Guid, ReadOnlyMemory<byte> Utf8)
{
    /// <summary>The asset on condition of its version, whatever it said of that itself.</summary>
    public EntityJson Expecting(long version)
    {
        using var document = JsonDocument.Parse(Utf8);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in document.RootElement.EnumerateObject().Where(member => !member.NameEquals("expectedVersion")))
            {
                member.WriteTo(writer);
            }

            writer.WriteNumber("expectedVersion", version);
            writer.WriteEndObject();
        }

        return this with { Utf8 = buffer.ToArray() };
    }

    /// <summary>
    /// An asset that somebody wrote down. Without a guid it gets the given one, so that the answer tells what became of it;
    /// everything else stays as it is.
    /// </summary>
    public static EntityJson From(JsonElement entity, string guidIfMissing)
    {
        if (entity.Text("guid") is { Length: > 0 } guid)
        {
            return new(guid, JsonMarshal.GetRawUtf8Value(entity).ToArray());
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("guid", guidIfMissing);
            foreach (var member in entity.EnumerateObject().Where(member => !member.NameEquals("guid")))
            {
                member.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return new(guidIfMissing, buffer.ToArray());
    }
}
