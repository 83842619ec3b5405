using System.Collections.Frozen;
using System.Text.Json;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Saving;

/// <summary>
/// What became of the assets of a run, over all of its requests. An asset that one request created and a later one changed
/// counts as created; one that changed only because of its neighbours is known, but counted only when it was sent too.
/// </summary>
internal sealed class SaveTally
{
    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AssetHeader> _created = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AssetHeader> _updated = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AssetHeader> _archived = new(StringComparer.Ordinal);

    /// <summary>How many items were sent and taken; an asset that was sent twice counts twice.</summary>
    public int Items { get; private set; }

    /// <summary>How many different assets were sent.</summary>
    public int Sent => _sent.Count;

    /// <summary>The new assets.</summary>
    public IReadOnlyCollection<AssetHeader> Created => _created.Values;

    /// <summary>The archived assets.</summary>
    public IReadOnlyCollection<AssetHeader> Archived => _archived.Values;

    /// <summary>How many of the assets sent existed and changed.</summary>
    public int Updated => _updated.Keys.Count(guid => _sent.Contains(guid) && !_created.ContainsKey(guid));

    /// <summary>How many of the assets sent were as they should be already.</summary>
    public int Unchanged => _sent.Count(guid => !_created.ContainsKey(guid) && !_updated.ContainsKey(guid));

    /// <summary>The guids of all assets that are not what they were, neighbours included.</summary>
    public FrozenSet<string> Changed => _created.Keys.Concat(_updated.Keys).Concat(_archived.Keys).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>How many receipts told of a change, those of neighbours not counted.</summary>
    public int Differing { get; private set; }

    /// <summary>Takes note of a receipt.</summary>
    public void AddReceipt(JsonElement receipt)
    {
        if (receipt.Text("verdict") != "NOOP" && receipt.Member("related") is null)
        {
            Differing++;
        }
    }

    /// <summary>Takes note of a saved request.</summary>
    public void AddSaved(IReadOnlyCollection<EntityJson> batch, SaveAnswer answer)
    {
        Items += batch.Count;
        foreach (var entity in batch)
        {
            _sent.Add(answer.Assigned.GetValueOrDefault(entity.Guid, entity.Guid));
        }

        AddChanges(answer);
    }

    /// <summary>Takes note of changes that no sent asset asked for, such as archived assets.</summary>
    public void AddChanges(SaveAnswer answer)
    {
        Note(answer.Created, _created);
        Note(answer.Updated, _updated);
        Note(answer.Archived, _archived);
    }

    private static void Note(IEnumerable<AssetHeader> assets, Dictionary<string, AssetHeader> list)
    {
        foreach (var asset in assets)
        {
            list[asset.Guid] = asset;
        }
    }
}
