namespace Cartulary.Delivery.Messages;

/// <summary>How the server names itself in CloudEvents.</summary>
/// <param name="TypePrefix">How event types begin.</param>
/// <param name="Source">How sources begin; the log's id follows.</param>
/// <param name="Schema">The absolute URI of the envelope's schema.</param>
public sealed record EventNaming(string TypePrefix, string Source, string Schema);
