using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Testing;

namespace Cartulary.Storage.Conformance;

/// <summary>Type definitions are commits too.</summary>
public abstract partial class CatalogStoreConformance
{
    [Fact]
    public async Task Types_are_a_commit_that_raises_the_registry_version_and_uses_no_sequence()
    {
        await CreateAsync("a");

        (await CommitTypesAsync(Type(1, "Color"), expectedVersion: 0)).ShouldBeTrue();

        Store.Head.ShouldBe(Store.Head with { Commit = new CommitNumber(2), Sequence = 1, RegistryVersion = 1 });
        (await LogAsync()).ShouldHaveSingleItem().Commit.ShouldBe(new CommitNumber(1));
        (await CommitAsync(Plan().Create("b"))).Receipt.FirstSequence.ShouldBe(2);
    }

    [Fact]
    public async Task Types_are_read_back_as_they_were_written()
    {
        var color = Type(1, "Color") with { AttributeIds = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal).Add("b", 7).Add("B", 8) };
        await CommitTypesAsync(color, expectedVersion: 0);
        await CommitTypesAsync(Type(2, "Shape"), expectedVersion: 1);
        Store = await ReopenAsync(Clock);

        var types = await TypesAsync();

        types.Select(type => (type.Id, type.Definition.Name)).ShouldBe([(1, "Color"), (2, "Shape")]);
        TypeDefJson.Serialize(types[0].Definition).ShouldBe(TypeDefJson.Serialize(color.Definition));
        types[0].AttributeIds.ShouldBe(color.AttributeIds);
        Store.Head.RegistryVersion.ShouldBe(2);
    }

    [Fact]
    public async Task Every_category_of_types_is_read_back_as_it_was_written()
    {
        TypeDef[] definitions =
        [
            new EnumDef { Name = "e", ElementDefs = [new EnumElementDef { Value = "ü" }] },
            new StructDef { Name = "s", AttributeDefs = [Attribute] },
            new ClassificationDef { Name = "c", DisplayName = "Für alle", SuperTypes = ["d"], EntityTypes = ["a"], AttributeDefs = [Attribute] },
            new EntityDef { Name = "a", SuperTypes = ["b"], AttributeDefs = [Attribute] },
            new RelationshipDef { Name = "r", EndDef1 = new RelationshipEndDef { Type = "a", Name = "to" }, EndDef2 = new RelationshipEndDef { Type = "a", Name = "from" } },
            new BusinessMetadataDef { Name = "m", DisplayName = "Metadata", AttributeDefs = [Attribute] },
        ];
        var stored = definitions.Select((definition, place) => Type(place + 1, "unused") with { Definition = definition }).ToImmutableArray();

        await Store.CommitTypesAsync(stored, 0, PlanBuilder.Saver("typer"), Cancel);

        (await TypesAsync()).Select(type => TypeDefJson.Serialize(type.Definition)).ShouldBe(definitions.Select(TypeDefJson.Serialize));
    }

    [Fact]
    public async Task A_type_written_again_replaces_the_one_with_its_number()
    {
        await CommitTypesAsync(Type(1, "Color"), expectedVersion: 0);

        await CommitTypesAsync(Type(1, "Color", "green"), expectedVersion: 1);

        (await TypesAsync()).ShouldHaveSingleItem().Definition.ShouldBeOfType<EnumDef>().ElementDefs.ShouldHaveSingleItem().Value.ShouldBe("green");
    }

    [Fact]
    public async Task Types_are_not_written_when_the_registry_has_moved_on()
    {
        await CommitTypesAsync(Type(1, "Color"), expectedVersion: 0);
        var head = Store.Head;

        (await CommitTypesAsync(Type(2, "Shape"), expectedVersion: 0)).ShouldBeFalse();

        Store.Head.ShouldBe(head);
        (await TypesAsync()).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_session_sees_the_types_of_its_snapshot()
    {
        await using var session = await Store.ReadAsync(Cancel);

        await CommitTypesAsync(Type(1, "Color"), expectedVersion: 0);

        session.Head.RegistryVersion.ShouldBe(0);
        (await session.TypesAsync(Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_plan_made_with_other_types_is_made_again()
    {
        var stale = Plan().Create("stale").Build();
        await CommitTypesAsync(Type(1, "Color"), expectedVersion: 0);

        var outcome = await Store.CommitAsync(
            stale,
            async (session, _) =>
            {
                session.Head.RegistryVersion.ShouldBe(1);
                (await session.TypesAsync(Cancel)).Length.ShouldBe(1);
                return new PlanOutcome.Planned(new PlanBuilder(session.Head).Create("fresh").Build());
            },
            Cancel);

        outcome.ShouldBeOfType<CommitOutcome.Committed>();
        (await CountAsync("stale")).ShouldBe(0);
        (await CountAsync("fresh")).ShouldBe(1);
    }

    [Fact]
    public async Task Settings_are_a_commit_that_raises_the_registry_version_and_are_read_back()
    {
        var settings = new CatalogSettings(["a", "ü"]);

        (await Store.CommitSettingsAsync(settings, expectedVersion: 0, PlanBuilder.Saver("typer"), Cancel)).ShouldBeTrue();
        (await Store.CommitSettingsAsync(CatalogSettings.Default, expectedVersion: 0, PlanBuilder.Saver("typer"), Cancel)).ShouldBeFalse();
        Store = await ReopenAsync(Clock);

        Store.Head.ShouldBe(Store.Head with { Commit = new CommitNumber(1), Sequence = 0, RegistryVersion = 1 });
        await using var after = await Store.ReadAsync(Cancel);
        (await after.SettingsAsync(Cancel)).ShouldBe(settings);
    }

    [Fact]
    public async Task A_session_sees_the_settings_of_its_snapshot()
    {
        await using var session = await Store.ReadAsync(Cancel);

        await Store.CommitSettingsAsync(new CatalogSettings(["a"]), expectedVersion: 0, PlanBuilder.Saver("typer"), Cancel);

        (await session.SettingsAsync(Cancel)).ShouldBe(CatalogSettings.Default);
    }

    private static AttributeDef Attribute => new()
    {
        Name = "x",
        TypeName = "string",
        Options = ImmutableSortedDictionary.Create<string, string?>(StringComparer.Ordinal).Add("applicableEntityTypes", "[\"a\"]"),
    };

    private static StoredType Type(int id, string name, params string[] elements) => new(
        id,
        new EnumDef { Name = name, ElementDefs = [.. elements.Select((element, ordinal) => new EnumElementDef { Value = element, Ordinal = ordinal })] },
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal));

    private ValueTask<bool> CommitTypesAsync(StoredType type, long expectedVersion) =>
        Store.CommitTypesAsync([type], expectedVersion, PlanBuilder.Saver("typer"), Cancel);

    private async Task<ImmutableArray<StoredType>> TypesAsync()
    {
        await using var session = await Store.ReadAsync(Cancel);
        return await session.TypesAsync(Cancel);
    }
}
