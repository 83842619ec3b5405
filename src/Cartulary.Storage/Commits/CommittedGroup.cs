using Cartulary.Core.Ports;

namespace Cartulary.Storage.Commits;

/// <summary>What became durable with a transaction.</summary>
/// <param name="Head">The new head; null when there was no commit.</param>
/// <param name="Events">How many events its commits hold.</param>
internal readonly record struct CommittedGroup(CatalogHead? Head, long Events);
