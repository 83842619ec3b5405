using Cartulary.Core.Ports;

namespace Cartulary.Core.Export;

/// <summary>The moment that an export shows, and what must not change if it is to be gone on with. Equal where all members are.</summary>
/// <param name="LogId">The log.</param>
/// <param name="Commit">The last commit that the export shows.</param>
/// <param name="Trimmed">How far the log was trimmed: when archived assets were archived is read from it.</param>
/// <param name="RegistryVersion">The version of the types, by which everything is written.</param>
/// <param name="Scope">Stands for what is exported; see <see cref="ExportScope.Mark"/>.</param>
public sealed record ExportMoment(Guid LogId, CommitNumber Commit, CommitNumber Trimmed, long RegistryVersion, ulong Scope);
