using System.Collections.Immutable;

namespace Cartulary.Delivery.Secrets;

/// <summary>The keys that secrets are kept under: the first one for writing, all for reading.</summary>
/// <param name="Keys">Each of 32 bytes, newest first, with its number.</param>
public sealed record SecretKeys(ImmutableArray<(byte Id, ReadOnlyMemory<byte> Key)> Keys)
{
    /// <summary>Bytes of a key.</summary>
    public const int Size = 32;

    /// <summary>
    /// Reads a key file: a line for each key, its number, a space and 32 bytes in base64; the last line is the newest. Empty lines are
    /// passed over.
    /// </summary>
    /// <exception cref="InvalidDataException">The file has no key, or a line is not a key; the text is not quoted.</exception>
    public static SecretKeys Parse(string text)
    {
        var keys = ImmutableArray.CreateBuilder<(byte, ReadOnlyMemory<byte>)>();
        var lines = text.Split('\n', StringSplitOptions.TrimEntries);
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length > 0)
            {
                keys.Insert(0, ParseLine(lines[i], i + 1));
            }
        }

        if (keys.Count == 0)
        {
            throw new InvalidDataException("The file of the secrets' key is empty.");
        }

        return keys.Select(key => key.Item1).Distinct().Count() == keys.Count
            ? new SecretKeys(keys.ToImmutable())
            : throw new InvalidDataException("The file of the secrets' key gives a number twice.");
    }

    /// <summary>The line of a key file for a key.</summary>
    public static string Line(byte id, ReadOnlySpan<byte> key) => $"{id} {Convert.ToBase64String(key)}\n";

    private static (byte Id, ReadOnlyMemory<byte> Key) ParseLine(string line, int number)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var key = new byte[Size + 1];
        return parts.Length == 2 && byte.TryParse(parts[0], out var id) && Convert.TryFromBase64String(parts[1], key, out var length) && length == Size
            ? (id, key.AsMemory(0, Size))
            : throw new InvalidDataException($"Line {number} of the file of the secrets' key must hold a number from 0 to 255 and 32 bytes in base64.");
    }
}
