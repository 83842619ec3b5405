using System.Security.Cryptography;
using System.Text;

namespace Cartulary.Delivery.Secrets;

/// <summary>
/// Keeps secrets unreadable where they are stored: AES-256-GCM (NIST SP 800-38D), bound to the place they belong to, so that one cannot
/// be put in another's place. The layout is in docs/formats/secret.md.
/// </summary>
/// <param name="keys">The keys.</param>
public sealed class SecretBox(SecretKeys keys)
{
    private const byte Format = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeadBytes = 2 + NonceBytes;

    /// <summary>Closes a text; two closings of the same text differ.</summary>
    /// <param name="secret">The text.</param>
    /// <param name="place">What it belongs to.</param>
    public byte[] Close(Secret secret, string place)
    {
        var (id, key) = keys.Keys[0];
        var text = Encoding.UTF8.GetBytes(secret.Reveal());
        var closed = new byte[HeadBytes + text.Length + TagBytes];
        closed[0] = Format;
        closed[1] = id;
        var nonce = closed.AsSpan(2, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key.Span, TagBytes);
        aes.Encrypt(nonce, text, closed.AsSpan(HeadBytes, text.Length), closed.AsSpan(HeadBytes + text.Length), Encoding.UTF8.GetBytes(place));
        CryptographicOperations.ZeroMemory(text);
        return closed;
    }

    /// <summary>Opens what was closed for the same place; null when the key is not there any more, or it was tampered with.</summary>
    public Secret? Open(ReadOnlySpan<byte> closed, string place)
    {
        if (closed.Length < HeadBytes + TagBytes || closed[0] != Format)
        {
            return null;
        }

        var text = new byte[closed.Length - HeadBytes - TagBytes];
        foreach (var (id, key) in keys.Keys)
        {
            if (id != closed[1])
            {
                continue;
            }

            try
            {
                using var aes = new AesGcm(key.Span, TagBytes);
                aes.Decrypt(closed.Slice(2, NonceBytes), closed.Slice(HeadBytes, text.Length), closed[^TagBytes..], text, Encoding.UTF8.GetBytes(place));
                return new Secret(Encoding.UTF8.GetString(text));
            }
            catch (AuthenticationTagMismatchException)
            {
                return null;
            }
            finally
            {
                CryptographicOperations.ZeroMemory(text);
            }
        }

        return null;
    }
}
