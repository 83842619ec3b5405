using System.Globalization;
using System.Text.Json;

namespace Cartulary.Core.Events;

/// <summary>
/// Works out the state of every asset from envelopes alone, as any consumer could, and notices what a log may never hold: a
/// sequence that does not follow, a version that does not rise by one with the first event of a save, a change of an unknown
/// asset. It begins with the first event of all, or with a snapshot and the event after its position.
/// </summary>
/// <param name="position">The sequence after which it begins.</param>
/// <param name="isPartial">
/// Whether assets may be older than what it begins with; of those it knows only what events tell (<see cref="FoldedAsset.IsPartial"/>).
/// </param>
public sealed class FeedFold(long position, bool isPartial = false)
{
    /// <summary>The header that all events of a deletion in steps carry, with the job's id.</summary>
    public const string JobHeader = "x-cartulary-job";

    private readonly Dictionary<Guid, long> _begun = [];
    private readonly Dictionary<Guid, FoldedAsset> _assets = [];
    private readonly HashSet<Guid> _purged = [];
    private readonly HashSet<Guid> _unlisted = [];
    private readonly List<string> _faults = [];
    private bool _hasSnapshot;

    /// <summary>The assets by guid.</summary>
    public IReadOnlyDictionary<Guid, FoldedAsset> Assets => _assets;

    /// <summary>What was wrong with the log itself.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>
    /// Assets that events change although the snapshot did not list them. There is nothing wrong with one that was purged before
    /// its page was read: it leaves here with the event that says so.
    /// </summary>
    public IReadOnlyCollection<Guid> Unlisted => _unlisted;

    /// <summary>The last sequence taken in.</summary>
    public long Sequence { get; private set; } = position;

    /// <summary>
    /// Takes in an asset as a snapshot lists it. A snapshot may be ahead of its position, so events that tell of no later version
    /// of the asset are passed over.
    /// </summary>
    public void Begin(JsonElement asset)
    {
        var folded = new FoldedAsset
        {
            TypeName = asset.GetProperty("typeName").GetString()!,
            Status = asset.GetProperty("status").GetString()!,
            Version = asset.GetProperty("assetVersion").GetInt64(),
        };
        ApplyEntity(folded, asset.GetProperty("details"), isCreation: true);
        _hasSnapshot = true;
        Begin(asset.GetProperty("guid").GetGuid(), folded);
    }

    /// <summary>Takes the next envelope in.</summary>
    public void Add(long sequence, JsonElement envelope)
    {
        if (sequence != Sequence + 1)
        {
            Fault(sequence, $"follows sequence {Sequence.ToString(CultureInfo.InvariantCulture)}");
        }

        Sequence = sequence;
        var message = envelope.GetProperty("message");
        var entity = message.GetProperty("entity");
        var guid = entity.GetProperty("guid").GetGuid();
        var version = message.GetProperty("assetVersion").GetInt64();
        if (_begun.TryGetValue(guid, out var begun) && version <= begun)
        {
            return;
        }

        var operation = message.GetProperty("operationType").GetString()!;
        var details = message.GetProperty("mutatedDetails");
        var asset = Find(sequence, operation, entity, guid, version);
        var save = message.GetProperty("saveId").GetString()!;
        if (version != asset.Version + 1 && !(version == asset.Version && save == asset.SaveId))
        {
            Fault(sequence, $"takes asset {guid} from version {asset.Version.ToString(CultureInfo.InvariantCulture)} to {version.ToString(CultureInfo.InvariantCulture)}");
        }

        asset.Version = version;
        asset.SaveId = save;
        asset.Status = entity.GetProperty("status").GetString()!;
        Apply(asset, details, operation);
        if (operation == OperationTypes.Of(EventKind.EntityDelete))
        {
            End(guid, details, message, entity);
        }
    }

    internal void Begin(Guid guid, FoldedAsset asset)
    {
        _assets[guid] = asset;
        _begun[guid] = asset.Version;
    }

    /// <summary>
    /// A purged asset is no part of the catalog any more. Of a deletion in steps, what goes with a later step is not told of what
    /// goes with an earlier one: an edge that ends at one end has ended at the other.
    /// </summary>
    private void End(Guid guid, JsonElement details, JsonElement message, JsonElement entity)
    {
        if (message.GetProperty("headers").TryGetProperty(JobHeader, out _))
        {
            ForEachEdge(details, "removedRelationshipAttributes", (key, _) =>
            {
                if (_assets.TryGetValue(key.Partner, out var partner))
                {
                    foreach (var ended in partner.Edges.Keys.Where(other => other.Partner == guid).ToList())
                    {
                        partner.Edges.Remove(ended);
                    }
                }
            });
        }

        if (DeleteHandlers.Purges(entity.GetProperty("deleteHandler").GetString()))
        {
            _assets.Remove(guid);
            _unlisted.Remove(guid);
            _purged.Add(guid);
        }
    }

    private FoldedAsset Find(long sequence, string operation, JsonElement entity, Guid guid, long version)
    {
        var isCreation = operation == OperationTypes.Of(EventKind.EntityCreate);
        var isOlder = (isPartial || _hasSnapshot) && !isCreation && !_purged.Contains(guid);
        if (_assets.TryGetValue(guid, out var asset) == isCreation && !(isOlder && asset is null))
        {
            Fault(sequence, isCreation ? $"creates asset {guid}, which exists" : $"changes asset {guid}, which was never created");
        }

        if (isCreation && _purged.Contains(guid))
        {
            Fault(sequence, $"creates asset {guid}, which was purged");
        }

        if (asset is null && isOlder && !isPartial)
        {
            _unlisted.Add(guid);
        }

        return asset ?? (_assets[guid] = new FoldedAsset
        {
            TypeName = entity.GetProperty("typeName").GetString()!,
            IsPartial = isOlder,
            Version = isOlder ? version - 1 : 0,
        });
    }

    private static void Apply(FoldedAsset asset, JsonElement details, string operation)
    {
        switch (operation)
        {
            case "CLASSIFICATION_ADD" or "CLASSIFICATION_UPDATE":
                FoldedTags.Set(asset, details);
                break;
            case "CLASSIFICATION_DELETE":
                FoldedTags.Remove(asset, details);
                break;
            case "BUSINESS_ATTRIBUTE_UPDATE":
                ApplyMetadata(asset, details);
                break;
            default:
                ApplyEntity(asset, details, isCreation: operation == OperationTypes.Of(EventKind.EntityCreate));
                break;
        }
    }

    private static void ApplyMetadata(FoldedAsset asset, JsonElement details)
    {
        foreach (var set in details.EnumerateObject())
        {
            foreach (var attribute in set.Value.EnumerateObject())
            {
                if (attribute.Value.ValueKind == JsonValueKind.Null)
                {
                    asset.CustomMetadata.Remove((set.Name, attribute.Name));
                }
                else
                {
                    asset.CustomMetadata[(set.Name, attribute.Name)] = attribute.Value.GetRawText();
                }
            }
        }
    }

    private static void ApplyEntity(FoldedAsset asset, JsonElement details, bool isCreation)
    {
        foreach (var attribute in details.GetProperty("attributes").EnumerateObject())
        {
            if (attribute.Value.ValueKind == JsonValueKind.Null)
            {
                asset.Attributes.Remove(attribute.Name);
            }
            else
            {
                asset.Attributes[attribute.Name] = attribute.Value.GetRawText();
            }
        }

        if (details.TryGetProperty("labels", out var labels))
        {
            asset.Labels = labels.GetRawText();
        }

        if (details.TryGetProperty("customAttributes", out var custom))
        {
            asset.CustomAttributes = custom.GetRawText();
        }

        // A creation tells them whole; what an archiving tells is what was there, and nothing of it changes.
        if (isCreation && details.TryGetProperty("classifications", out var tags))
        {
            FoldedTags.Set(asset, tags);
        }

        if (isCreation && details.TryGetProperty("businessAttributes", out var metadata))
        {
            ApplyMetadata(asset, metadata);
        }

        var added = isCreation ? "relationshipAttributes" : "addedRelationshipAttributes";
        ForEachEdge(details, "removedRelationshipAttributes", (key, _) => asset.Edges.Remove(key));
        ForEachEdge(details, added, (key, attributes) => asset.Edges[key] = attributes);
        ForEachEdge(details, "updatedRelationshipAttributes", (key, attributes) => asset.Edges[key] = attributes);
    }

    private static void ForEachEdge(JsonElement details, string member, Action<(string End, Guid Partner), string> apply)
    {
        if (!details.TryGetProperty(member, out var ends))
        {
            return;
        }

        foreach (var end in ends.EnumerateObject())
        {
            foreach (var reference in end.Value.ValueKind == JsonValueKind.Array ? end.Value.EnumerateArray().ToArray() : [end.Value])
            {
                var attributes = reference.TryGetProperty("relationshipAttributes", out var own) ? own.GetProperty("attributes").GetRawText() : "{}";
                apply((end.Name, reference.GetProperty("guid").GetGuid()), attributes);
            }
        }
    }

    private void Fault(long sequence, string what) => _faults.Add($"event {sequence.ToString(CultureInfo.InvariantCulture)} {what}");
}
