using System.Security.Cryptography;
using System.Text;

namespace Cartulary.Server.Endpoints.Service;

/// <summary>
/// Guids for things that have only a name: of version 8 (RFC 9562), from the SHA-256 of kind and name, so that they are the same
/// on every server and after every start.
/// </summary>
internal static class NamedGuid
{
    /// <summary>The guid of a name.</summary>
    public static Guid Of(string kind, string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"cartulary:{kind}:{name}"), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
