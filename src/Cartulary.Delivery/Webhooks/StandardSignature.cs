using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cartulary.Delivery.Secrets;

namespace Cartulary.Delivery.Webhooks;

/// <summary>Signatures as Standard Webhooks has them: HMAC-SHA256 over id, time and body, with a key that is shared with the receiver.</summary>
public static class StandardSignature
{
    /// <summary>How a secret begins.</summary>
    public const string Prefix = "whsec_";

    /// <summary>Fewest bytes of a key.</summary>
    public const int ShortestKey = 24;

    /// <summary>Most bytes of a key.</summary>
    public const int LongestKey = 64;

    private const int NewKey = 32;

    /// <summary>A new secret.</summary>
    public static Secret NewSecret() => new(Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(NewKey)));

    /// <summary>The key of a secret, with or without its prefix; null when it is none of 24 to 64 bytes.</summary>
    public static byte[]? KeyOf(Secret secret)
    {
        var text = secret.Reveal();
        var base64 = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
        var key = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, key, out var length) && length is >= ShortestKey and <= LongestKey ? key[..length] : null;
    }

    /// <summary>The signature of one key, with its version.</summary>
    /// <param name="key">The key.</param>
    /// <param name="id">The message's id; holds no dot.</param>
    /// <param name="seconds">The time of the attempt, Unix seconds.</param>
    /// <param name="body">The body as it is sent.</param>
    public static string Sign(ReadOnlySpan<byte> key, string id, long seconds, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{seconds}."));
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(head);
        hmac.AppendData(body);
        return "v1," + Convert.ToBase64String(hmac.GetHashAndReset());
    }
}
