namespace Cartulary.Server.Retention;

/// <summary>Somebody who still needs a part of the log: gives the last event that may go, or null when all may.</summary>
internal delegate ValueTask<long?> LogHold(CancellationToken cancellationToken);
