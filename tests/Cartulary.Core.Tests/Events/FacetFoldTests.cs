using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Derive;
using Cartulary.Core.Save.Diff;
using Cartulary.Core.Save.Record;
using Cartulary.Core.Save.Resolve;
using Cartulary.Core.Tests.Assets;
using Cartulary.Core.Tests.Save.Normalize;
using Cartulary.Core.Types;
using Cartulary.Testing;
using CsCheck;

namespace Cartulary.Core.Tests.Events;

/// <summary>From states to differences, to events, to the stored log, to envelopes, and back to states.</summary>
public sealed class FacetFoldTests
{
    private static readonly EntityType Type = Values.Registry.FindEntity(EverythingModel.TypeName)!;

    private static CommitContext Saver { get; } =
        new(new Guid("5a7e0000-0000-7000-8000-000000000001"), "ada", "api", null, ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    [Fact]
    public void Folding_the_events_of_an_asset_gives_its_state_with_tags_and_custom_metadata()
    {
        Gen.UInt.Array[50, 2_000].Sample(
            rolls =>
            {
                var dice = new Dice(rolls);
                var history = new History();
                for (var saves = dice.Between(1, 6); saves > 0; saves--)
                {
                    history.Save(Named(RandomState.Of(dice)), dice.OneIn(4) ? AssetStatus.Deleted : AssetStatus.Active);
                }

                history.Fold.Faults.ShouldBeEmpty();
                FoldComparison.Differences(history.Asset!.Guid, history.Fold.Assets[history.Asset.Guid], FoldComparison.Fold(Values.Registry, history.Asset, [])).ShouldBeEmpty();
            },
            iter: 1_000);
    }

    [Fact]
    public void A_snapshot_of_an_asset_folds_to_the_same_as_its_events()
    {
        Gen.UInt.Array[50, 600].Sample(
            rolls =>
            {
                var history = new History();
                history.Save(Named(RandomState.Of(new Dice(rolls))), AssetStatus.Active);
                var asset = history.Asset!;
                var fold = new FeedFold(0);
                var details = DetailsWriter.WriteWhole(asset, Values.Registry, [], []);

                using var shown = JsonDocument.Parse($$"""{"guid":"{{asset.Guid}}","typeName":"{{Type.Name}}","assetVersion":1,"status":"ACTIVE","details":{{System.Text.Encoding.UTF8.GetString(details.Span)}}}""");
                fold.Begin(shown.RootElement);

                FoldComparison.Differences(asset.Guid, fold.Assets[asset.Guid], history.Fold.Assets[asset.Guid]).ShouldBeEmpty();
            },
            iter: 500);
    }

    [Fact]
    public void Each_kind_is_told_once_in_the_order_creation_tags_metadata_and_they_share_the_version()
    {
        var history = new History();
        var state = Named(AssetState.Create(
            [], [], ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal), [Tag("Secret"), Tag("Public")], [Metadata("a")]));

        history.Save(state, AssetStatus.Active).ShouldBe(["ENTITY_CREATE 1", "CLASSIFICATION_ADD 1", "BUSINESS_ATTRIBUTE_UPDATE 1"]);
        history.Save(state, AssetStatus.Active).ShouldBeEmpty();
        history.Save(With(state, [Tag("Secret") with { Propagate = true }, Tag("TopSecret")], []), AssetStatus.Active)
            .ShouldBe(["CLASSIFICATION_DELETE 2", "CLASSIFICATION_UPDATE 2", "CLASSIFICATION_ADD 2", "BUSINESS_ATTRIBUTE_UPDATE 2"]);
        history.Save(With(state, [Tag("Secret") with { Propagate = true }], []), AssetStatus.Deleted).ShouldBe(["CLASSIFICATION_DELETE 3", "ENTITY_DELETE 3"]);
        history.Fold.Faults.ShouldBeEmpty();
    }

    private static AssetTag Tag(string name) => new(Values.Registry.FindClassification(name)!.Id, RandomState.Sources[0]);

    private static AttributeValue Metadata(string text) =>
        new(Values.Registry.FindBusinessMetadata("Quality")!.Attribute("of_string")!.Id, CanonicalValue.FromText(text));

    private static AssetState With(AssetState state, ImmutableArray<AssetTag> tags, ImmutableArray<AttributeValue> metadata) =>
        AssetState.Create(state.Attributes, state.Labels, state.CustomAttributes, [.. tags.OrderBy(tag => tag.Key)], metadata);

    private static AssetState Named(AssetState state) => AssetState.Create(
        [.. state.Attributes.Append(new AttributeValue(Type.Attribute("qualifiedName")!.Id, CanonicalValue.FromText("q"))).OrderBy(attribute => attribute.AttributeId)],
        state.Labels,
        state.CustomAttributes,
        [.. state.Tags.OrderBy(tag => tag.Key)],
        state.CustomMetadata);

    /// <summary>One asset, saved as a pipeline would save the states it is given.</summary>
    private sealed class History
    {
        private long _sequence = 1;

        public StoredAsset? Asset { get; private set; }

        public FeedFold Fold { get; } = new(0);

        public List<string> Save(AssetState state, AssetStatus status)
        {
            var asset = new BatchAsset(RandomState.Sources[0], Type, Asset) { Order = 0 };
            asset.StatusAfter = Asset is null ? AssetStatus.Active : status;
            var derived = new DerivedAsset(asset, Asset is not null && Asset.State.Equals(state) ? Asset.State : state, ImmutableHashSet<int>.Empty, "");
            ImmutableArray<StatusStep> archived = asset.StatusChanges && status == AssetStatus.Deleted ? [new StatusStep(asset, null, 0)] : [];
            var batch = new DerivedBatch([derived], new EdgeBook(Values.Registry), null!, archived, [], ImmutableDictionary<Guid, IReadOnlyList<DerivedCause>>.Empty, []);
            var changes = Differ.Compare(batch, ImmutableHashSet<int>.Empty);
            var subjects = new SubjectTable(_ => "q");
            var events = new EventPlanner(subjects, changes).Events();
            if (events.IsEmpty)
            {
                return [];
            }

            var version = (Asset?.Version ?? 0) + 1;
            Asset = new StoredAsset(new AssetId(1), asset.Guid, Type.Id, asset.StatusAfter, version, new CommitStamp("ada", 1), new CommitStamp("ada", version), state);
            return Tell(LogFixture.Commit(events, subjects.All, new EventNumbers(Asset.Id, version, version), _sequence, Saver with { SaveId = new Guid((int)version, 0, 0, new byte[8]) }));
        }

        private List<string> Tell(LoggedCommit commit)
        {
            var told = new List<string>();
            var records = CommitLog.Decode(commit);
            for (var index = 0; index < records.Length; index++)
            {
                using var envelope = JsonDocument.Parse(EnvelopeWriter.Write(new EventToRender(commit, index, records[index], records, Asset!.State, Asset.Created, Values.Registry)));
                Fold.Add(_sequence++, envelope.RootElement);
                told.Add($"{OperationTypes.Of(records[index].Kind)} {records[index].Numbers.Version}");
            }

            return told;
        }
    }
}
