using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Query.Search;

namespace Cartulary.Core.Query.Audit;

/// <summary>
/// One entry of the audit: an event of the log, or one of the tags, terms or sets of custom metadata that an event tells of. Entries are
/// never stored; they are read out of the log.
/// </summary>
/// <param name="Sequence">The event's sequence.</param>
/// <param name="Part">Which of the event's tags or sets it is about, from zero on; zero for events that tell of the asset itself, and from one on for their terms.</param>
/// <param name="Commit">The commit that holds the event.</param>
/// <param name="Index">The event's place in it.</param>
/// <param name="Id">The number of the asset.</param>
/// <param name="Asset">The asset as the log names it.</param>
/// <param name="TypeName">Its type.</param>
/// <param name="Action">What was done (Atlan, "AuditActionType").</param>
/// <param name="User">Who did it.</param>
/// <param name="Time">The commit's time, epoch milliseconds.</param>
public sealed record AuditEntry(
    long Sequence, int Part, CommitNumber Commit, int Index, AssetId Id, LoggedAsset Asset, string TypeName, string Action, string User, long Time)
{
    /// <summary>The qualified name that the asset has now, or had at its end; empty when it has none.</summary>
    public string QualifiedName { get; init; } = Asset.QualifiedName;

    /// <summary>The name by which the asset can be asked for: none where it is purged and another one has its name now.</summary>
    internal string HeldName { get; init; } = Asset.QualifiedName;

    /// <summary>The entry's name: no other has it, and it stays the same.</summary>
    public string Key => Part == 0 ? $"{Asset.Guid}:{Time}:{Sequence}" : $"{Asset.Guid}:{Time}:{Sequence}:{Part}";

    /// <summary>The value of a text field.</summary>
    internal string Text(SearchField field) => field.Name switch
    {
        "entityId" => Asset.Guid.ToString("D"),
        "entityQualifiedName" => QualifiedName,
        "typeName" => TypeName,
        "user" => User,
        "action" => Action,
        _ => Key,
    };
}
