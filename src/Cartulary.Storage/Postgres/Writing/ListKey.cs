using Cartulary.Core.Ports;

namespace Cartulary.Storage.Postgres.Writing;

/// <summary>One list of partners that a commit writes into an event.</summary>
/// <param name="Asset">The asset whose partners they are.</param>
/// <param name="Request">Which partners, and how many at most.</param>
internal readonly record struct ListKey(long Asset, EndListRequest Request);
