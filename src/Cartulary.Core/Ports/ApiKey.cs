using System.Collections.Immutable;

namespace Cartulary.Core.Ports;

/// <summary>An API key as kept: the secret itself is nowhere, only its hash.</summary>
/// <param name="Id">Names the key; never used again.</param>
/// <param name="Name">What people call it; the principal's name in events.</param>
/// <param name="Role">What its holder may do.</param>
/// <param name="Hash">The hash of the secret; no two keys share one.</param>
/// <param name="Created">When it was made, epoch milliseconds.</param>
/// <param name="Revoked">When it was revoked, epoch milliseconds; null while it is in use.</param>
public sealed record ApiKey(string Id, string Name, string Role, ImmutableArray<byte> Hash, long Created, long? Revoked);
