using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Cartulary.Cli.Commands.Verify;

/// <summary>A verification for programs.</summary>
internal static class VerificationJson
{
    /// <summary><c>{"events","assets","faults":[…]}</c>.</summary>
    public static string Of(Core.Query.Verification verification)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("events"u8, verification.Events);
            writer.WriteNumber("assets"u8, verification.Assets);
            writer.WriteStartArray("faults"u8);
            foreach (var fault in verification.Faults)
            {
                writer.WriteStringValue(fault);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
