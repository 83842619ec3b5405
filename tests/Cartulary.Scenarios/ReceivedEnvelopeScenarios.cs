using System.Text.Json;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>An envelope has the members that receivers of Atlan's events read, each of its kind, and what it has beside them.</summary>
public sealed class ReceivedEnvelopeScenarios(CatalogServer server) : Scenario(server)
{
    [Fact]
    public async Task Every_envelope_has_the_documented_members()
    {
        foreach (var told in await EventsOfEveryKind())
        {
            ShouldHave(
                told.Envelope, "source:Object", "version:Object", "msgCompressionKind:String", "msgSplitIdx:Number", "msgSplitCount:Number",
                "msgSourceIP:String", "msgCreatedBy:String", "msgCreationTime:Number", "spooled:False", "message:Object");
            told.Envelope.GetProperty("version").GetRawText().ShouldBe("""{"version":"1.0.0","versionParts":[1]}""");
            told.Envelope.GetProperty("msgCompressionKind").GetString().ShouldBe("NONE");
        }
    }

    [Fact]
    public async Task Every_message_has_the_documented_members_and_our_own()
    {
        foreach (var told in await EventsOfEveryKind())
        {
            ShouldHave(
                told.Message, "type:String", "entity:Object", "operationType:String", "eventTime:Number", "mutatedDetails:Object", "headers:Object",
                "sequence:Number", "assetVersion:Number", "saveId:String");
            told.Message.GetProperty("type").GetString().ShouldBe("ENTITY_NOTIFICATION_V2");
            told.Message.GetProperty("sequence").GetInt64().ShouldBe(told.Sequence);
            told.Message.TryGetProperty("classificationDetails", out _).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Every_entity_has_the_documented_members()
    {
        foreach (var told in await EventsOfEveryKind())
        {
            ShouldHave(
                told.Entity, "typeName:String", "attributes:Object", "guid:String", "status:String", "displayText:String", "isIncomplete:False",
                "createdBy:String", "updatedBy:String", "createTime:Number", "updateTime:Number", "superTypeNames:Array");
            ShouldHave(told.Entity.GetProperty("attributes"), "qualifiedName:String", "name:String");
            told.Entity.TryGetProperty("labels", out _).ShouldBeFalse();
            told.Entity.TryGetProperty("customAttributes", out _).ShouldBeFalse();
            told.Entity.TryGetProperty("businessAttributes", out _).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task The_details_of_creations_and_updates_are_an_asset()
    {
        foreach (var told in (await EventsOfEveryKind()).Where(told => !told.Line.StartsWith("DELETE", StringComparison.Ordinal)))
        {
            ShouldHave(
                told.After, "typeName:String", "attributes:Object", "guid:String", "isIncomplete:False", "provenanceType:Number",
                "updatedBy:String", "updateTime:Number", "version:Number", "proxy:False");
        }
    }

    [Fact]
    public async Task Updates_and_deletes_say_what_was_before_and_creations_do_not()
    {
        foreach (var told in await EventsOfEveryKind())
        {
            told.Message.TryGetProperty("previousDetails", out _).ShouldBe(!told.Line.StartsWith("CREATE", StringComparison.Ordinal), told.Line);
        }
    }

    [Fact]
    public async Task A_deleted_entity_says_how_it_was_deleted()
    {
        var told = (await EventsOfEveryKind()).Single(told => told.Line == "DELETE id");

        ShouldHave(told.Entity, "deleteHandler:String");
        told.Entity.GetProperty("status").GetString().ShouldBe("DELETED");
    }

    [Fact]
    public async Task An_entity_shows_attributes_for_notifications_and_no_relationships()
    {
        var orders = await Catalog.Have(Table("orders"));

        var entity = (await Catalog.Save(Column("id").In("table", orders).With("dataType", "INT").With("columnMean", 1.5))).Event("CREATE id").Entity;

        ShouldHave(entity.GetProperty("attributes"), "dataType:String");
        entity.GetProperty("attributes").TryGetProperty("columnMean", out _).ShouldBeFalse("it is not meant for notifications");
        entity.TryGetProperty("relationshipAttributes", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Times_are_those_of_the_one_commit()
    {
        var told = (await Catalog.Save(Table("orders"))).Event("CREATE orders");

        var time = told.Message.GetProperty("eventTime").GetInt64();
        told.Envelope.GetProperty("msgCreationTime").GetInt64().ShouldBe(time);
        told.Entity.GetProperty("createTime").GetInt64().ShouldBe(time);
        told.Entity.GetProperty("updateTime").GetInt64().ShouldBe(time);
        told.After.GetProperty("updateTime").GetInt64().ShouldBe(time);
    }

    private async Task<List<ToldEvent>> EventsOfEveryKind()
    {
        var orders = await Catalog.Have(Table("orders"));
        var create = await Catalog.Save(Column("id").In("table", orders).ByGuid("-1").Labelled("key"));
        var update = await Catalog.Save(Column("id").With("order", 1));
        var delete = await Catalog.DeleteByGuid(create.GuidOf("-1"));
        return [.. create.Events, .. update.Events, .. delete.Events];
    }

    private static void ShouldHave(JsonElement json, params string[] members)
    {
        foreach (var (name, kind) in members.Select(member => member.Split(':')).Select(parts => (parts[0], parts[1])))
        {
            json.TryGetProperty(name, out var value).ShouldBeTrue($"{name} is missing in {json.GetRawText()}");
            value.ValueKind.ToString().ShouldBe(kind, name);
        }
    }
}
