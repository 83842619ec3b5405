using System.Collections.Immutable;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Receipts;

/// <summary>Makes the receipts of a save from what the request lists and what the save tells.</summary>
internal static class ReceiptBook
{
    /// <summary>One receipt for each listed asset, in the order of the request, then one for each other asset that is told, in the order of events.</summary>
    public static ImmutableArray<AssetReceipt> Of(SaveSummary summary, ImmutableArray<EventToRender> events, TypeRegistry registry)
    {
        var byAsset = events.GroupBy(item => item.Record.Asset.Guid).Select(group => group.ToImmutableArray()).ToList();
        var told = byAsset.ToDictionary(own => own[0].Record.Asset.Guid);
        var requestGuids = new Dictionary<Guid, string>();
        foreach (var (given, real) in summary.GuidAssignments)
        {
            requestGuids.TryAdd(real, given);
        }

        var listed = summary.Listed.Select(asset => asset.Guid).ToHashSet();
        return
        [
            .. summary.Listed.Select(Listed),
            .. byAsset.Where(own => !listed.Contains(own[0].Record.Asset.Guid)).Select(own => Told(own, isRelated: true, [], [])),
        ];

        AssetReceipt Listed(ListedAsset asset) => told.TryGetValue(asset.Guid, out var own)
            ? Told(own, isRelated: false, asset.Ignored, asset.Unknown)
            : new AssetReceipt(
                asset.Guid,
                registry.Entity(asset.TypeId).Name,
                asset.QualifiedName,
                requestGuids.GetValueOrDefault(asset.Guid),
                Verdict.NoOp,
                IsRelated: false,
                asset.Version,
                [],
                asset.Ignored,
                asset.Unknown);

        AssetReceipt Told(ImmutableArray<EventToRender> own, bool isRelated, ImmutableArray<string> ignored, ImmutableArray<string> unknown)
        {
            var record = (own.FirstOrDefault(item => item.Record.Kind.TellsEntity()) ?? own[0]).Record;
            return new AssetReceipt(
                record.Asset.Guid,
                own[0].Type.Name,
                record.Asset.QualifiedName,
                requestGuids.GetValueOrDefault(record.Asset.Guid),
                VerdictOf(record.Kind),
                isRelated,
                record.Numbers.Version,
                own,
                ignored,
                unknown);
        }
    }

    private static Verdict VerdictOf(EventKind kind) => kind switch
    {
        EventKind.EntityCreate => Verdict.Create,
        EventKind.EntityDelete => Verdict.Delete,
        _ => Verdict.Update,
    };
}
