using System.Globalization;
using System.Text;

namespace Cartulary.Fuzz.Inputs;

/// <summary>Any bytes as one line of ASCII that people can read: a backslash, and whatever is not printable, is spelled in hexadecimal.</summary>
internal static class EscapedBytes
{
    public static string Write(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var value in bytes)
        {
            if (value is >= 0x20 and < 0x7F && value != '\\')
            {
                text.Append((char)value);
            }
            else
            {
                text.Append('\\').Append(value.ToString("x2", CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }

    public static byte[] Read(string line)
    {
        var bytes = new List<byte>(line.Length);
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] == '\\')
            {
                bytes.Add(byte.Parse(line.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                at += 2;
            }
            else
            {
                bytes.Add((byte)line[at]);
            }
        }

        return [.. bytes];
    }
}
