namespace Cartulary.Core.Ports;

/// <summary>The request that a plan answers, stored with the plan's commit so that the same answer can be given again.</summary>
/// <param name="Key">Its key and hash; whatever is stored under the same key for the same actor is replaced.</param>
/// <param name="Answer">What of its answer the log does not tell; the layout is in docs/formats/stored-answer.md.</param>
public sealed record PlannedRequest(RequestKey Key, byte[] Answer);
