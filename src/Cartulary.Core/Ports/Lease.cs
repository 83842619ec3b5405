namespace Cartulary.Core.Ports;

/// <summary>A lease that was held when it was given out.</summary>
/// <param name="Name">The work.</param>
/// <param name="Owner">Who holds it.</param>
/// <param name="Epoch">
/// Rises whenever the lease is taken anew. What a holder stores, it stores on condition of its epoch, so that one who has
/// lost the lease without noticing changes nothing.
/// </param>
public sealed record Lease(string Name, Guid Owner, long Epoch);
