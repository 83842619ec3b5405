using System.Collections.Immutable;

namespace Cartulary.Delivery.Webhooks;

/// <summary>A message as it goes over the wire.</summary>
/// <param name="Url">Where to.</param>
/// <param name="ContentType">What the body is.</param>
/// <param name="Body">The body.</param>
/// <param name="Headers">All other headers.</param>
/// <param name="Timeout">How long the receiver may take.</param>
public sealed record OutgoingMessage(
    Uri Url, string ContentType, ReadOnlyMemory<byte> Body, ImmutableArray<KeyValuePair<string, string>> Headers, TimeSpan Timeout);
