using System.Security.Cryptography;
using System.Text;

namespace Cartulary.Storage.Postgres.Connections;

/// <summary>
/// The stored form of a value by which assets are found: its UTF-8, in whose order rows lie, and which may hold any
/// character. An index takes rows of up to 2,700 bytes only, so of a longer value it is the beginning and a hash of all.
/// </summary>
internal static class KeyValue
{
    private const int WholeMax = 1_024;

    /// <summary>The stored form; different values have different ones.</summary>
    public static byte[] Of(string value)
    {
        var utf8 = Encoding.UTF8.GetBytes(value);
        return utf8.Length <= WholeMax ? utf8 : [.. utf8.AsSpan(0, WholeMax), .. SHA256.HashData(utf8)];
    }
}
