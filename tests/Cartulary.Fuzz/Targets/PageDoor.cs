using System.Text;
using Cartulary.Core.Events;
using Cartulary.Core.Query;
using Cartulary.Fuzz.Inputs;
using Cartulary.Server.Endpoints.Events;
using Cartulary.Testing;

namespace Cartulary.Fuzz.Targets;

/// <summary>Sends texts as places of a snapshot, and judges what comes of them.</summary>
internal sealed class PageDoor(TestCatalog catalog)
{
    private readonly SnapshotReader _reader = new(catalog.Store, catalog.Types, new FeedLimits());

    /// <summary>What the input did that is worth remembering.</summary>
    public async Task<IEnumerable<string>> TryAsync(FuzzInput input)
    {
        if (!SnapshotPlace.TryParse(Encoding.Latin1.GetString(input.Bytes), out var place))
        {
            return ["page none"];
        }

        ReaderOracle.Require(SnapshotPlace.TryParse(place.ToText(), out var again) && again == place, "a place that is written otherwise than it is read");
        var head = catalog.Store.Head;
        var page = await _reader.ReadAsync(place.After, 5, [], CancellationToken.None);
        ReaderOracle.Require(page.Assets.Length <= 5 && (page.Next is not { } next || next.Value > place.After.Value), "a page that goes back");
        return [$"page {FeedPosition.Check(place, head)?.Code.Code} {FeedPosition.Check(place with { LogId = head.LogId }, head)?.Code.Code} {page.Assets.Length}"];
    }
}
