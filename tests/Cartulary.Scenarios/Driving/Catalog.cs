using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cartulary.Scenarios.Driving;

/// <summary>
/// The catalog as one scenario sees it. Every request carries the scenario's name in a header that its events repeat, so each
/// request's events are told apart from those of scenarios beside it.
/// </summary>
public sealed class Catalog(HttpClient client, string scenario)
{
    private const string Header = "x-atlan-scenario";
    private const string Prefix = "/api/meta/entity";
    private int _requests;

    /// <summary>The name that begins every qualified name of the scenario.</summary>
    public string Scenario { get; } = scenario;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A draft with names of the scenario's own.</summary>
    public AssetDraft Draft(string typeName, string name) => new(
        typeName, $"{Scenario}/{name}", typeName is "AtlasGlossary" or "DataDomain" ? $"{name}-{Scenario}" : name);

    public Task<Outcome> Save(params AssetDraft[] drafts) =>
        Ask(HttpMethod.Post, "/bulk", new JsonObject { ["entities"] = new JsonArray([.. drafts.Select(draft => draft.Json)]) }.ToJsonString());

    public Task<Outcome> SaveSingle(AssetDraft draft) =>
        Ask(HttpMethod.Post, "", new JsonObject { ["entity"] = draft.Json }.ToJsonString());

    public Task<Outcome> SavePartially(AssetDraft target, AssetDraft draft) =>
        Ask(HttpMethod.Put, ByName(target), new JsonObject { ["entity"] = draft.Json }.ToJsonString());

    public Task<Outcome> SaveText(string json) => Ask(HttpMethod.Post, "/bulk", json);

    public Task<Outcome> Delete(params AssetDraft[] assets) =>
        Ask(HttpMethod.Delete, $"/bulk?{string.Join('&', assets.Select(asset => $"guid={asset.Guid}"))}", json: null);

    public Task<Outcome> DeleteByGuid(string guid) => Ask(HttpMethod.Delete, $"/guid/{guid}", json: null);

    public Task<Outcome> DeleteByName(AssetDraft asset) => Ask(HttpMethod.Delete, ByName(asset), json: null);

    /// <summary>Deletes assets by guid, in a given way: SOFT, HARD or PURGE.</summary>
    public Task<Outcome> DeleteAs(string deleteType, params AssetDraft[] assets) =>
        Ask(HttpMethod.Delete, $"/bulk?deleteType={deleteType}&{string.Join('&', assets.Select(asset => $"guid={asset.Guid}"))}", json: null);

    /// <summary>Deletes assets by a list of names.</summary>
    public Task<Outcome> DeleteListed(string deleteType, params AssetDraft[] assets) =>
        Ask(HttpMethod.Delete, $"/bulk/uniqueAttribute?deleteType={deleteType}", new JsonArray([.. assets.Select(asset => asset.Reference)]).ToJsonString());

    /// <summary>Restores assets by guid.</summary>
    public Task<Outcome> Restore(params AssetDraft[] assets) =>
        Ask(HttpMethod.Post, $"/restore/bulk?{string.Join('&', assets.Select(asset => $"guid={asset.Guid}"))}", json: null);

    /// <summary>Purges archived assets as Apache Atlas's administrators do.</summary>
    public Task<Outcome> PurgeArchived(params AssetDraft[] assets) =>
        AskAt(HttpMethod.Put, "/api/atlas/admin/purge", new JsonArray([.. assets.Select(asset => JsonValue.Create(asset.Guid))]).ToJsonString());

    /// <summary>Begins to delete a connection and waits until that has ended.</summary>
    public async Task<(JsonElement Job, List<ToldEvent> Events)> DeleteConnection(AssetDraft connection, string deleteType)
    {
        var mark = await Head();
        var body = new JsonObject { ["kind"] = "delete-connection", ["connection"] = connection.QualifiedName, ["deleteType"] = deleteType };
        var job = (await SendAsync(HttpMethod.Post, "/api/jobs", body.ToJsonString())).Success();
        while (job.GetProperty("status").GetString() == "RUNNING")
        {
            await Task.Delay(20, Token);
            job = (await SendAsync(HttpMethod.Get, $"/api/jobs/{job.GetProperty("id").GetString()}", json: null)).Success();
        }

        var told = new List<ToldEvent>();
        for (var (after, head) = (mark, long.MaxValue); after < head;)
        {
            var page = (await Feed($"after={after}&limit=5000")).Success();
            told.AddRange(page.GetProperty("events").EnumerateArray().Select(Read).Where(one =>
                job.TryGetProperty("id", out var id) && one.Message.GetProperty("headers").TryGetProperty("x-cartulary-job", out var own) && own.GetString() == id.GetString()));
            (after, head) = (page.GetProperty("next").GetInt64(), page.GetProperty("head").GetInt64());
        }

        return (job, told);
    }

    /// <summary>Reads an asset as it was at a version.</summary>
    public Task<HttpReply> GetVersion(AssetDraft asset, long version) => SendAsync(HttpMethod.Get, $"{Prefix}/guid/{asset.Guid}?version={version}", json: null);

    /// <summary>Asks at an address of its own.</summary>
    public Task<HttpReply> Send(HttpMethod method, string path, string? json) => SendAsync(method, path, json);

    /// <summary>Saves an asset as a given of the scenario, and gives it back with its guid.</summary>
    public async Task<AssetDraft> Have(AssetDraft draft)
    {
        var outcome = await Save(draft.Json["guid"] is null ? draft.ByGuid("-1") : draft);
        outcome.ShouldSucceed();
        return draft.Known(draft.Json["guid"] is { } guid && !((string)guid!).StartsWith('-') ? (string)guid! : outcome.GuidOf((string?)draft.Json["guid"] ?? "-1"));
    }

    public async Task<JsonElement> Get(AssetDraft asset) =>
        (await SendAsync(HttpMethod.Get, $"{Prefix}/guid/{asset.Guid}", json: null)).Success().GetProperty("entity");

    /// <summary>The guids at the other ends of a relationship attribute, as a read gives them.</summary>
    public async Task<List<string>> Ends(AssetDraft asset, string end) =>
        (await Get(asset)).GetProperty("relationshipAttributes").TryGetProperty(end, out var value) ? ToldEvent.GuidsIn(value) : [];

    /// <summary>A bulk save with parameters and headers.</summary>
    public Task<Outcome> SaveWith(string query, AssetDraft[] drafts, params KeyValuePair<string, string>[] headers) =>
        Ask(HttpMethod.Post, $"/bulk?{query}", new JsonObject { ["entities"] = new JsonArray([.. drafts.Select(draft => draft.Json)]) }.ToJsonString(), headers);

    /// <summary>A save of one asset with headers.</summary>
    public Task<Outcome> SaveSingleWith(AssetDraft draft, params KeyValuePair<string, string>[] headers) =>
        Ask(HttpMethod.Post, "", new JsonObject { ["entity"] = draft.Json }.ToJsonString(), headers);

    /// <summary>Archives one asset with parameters and headers.</summary>
    public Task<Outcome> DeleteWith(AssetDraft asset, string query, params KeyValuePair<string, string>[] headers) =>
        Ask(HttpMethod.Delete, $"/guid/{asset.Guid}?{query}", json: null, headers);

    /// <summary>A partial update with parameters and headers.</summary>
    public Task<Outcome> SavePartiallyWith(AssetDraft target, AssetDraft draft, string query, params KeyValuePair<string, string>[] headers) =>
        Ask(HttpMethod.Put, $"{ByName(target)}&{query}", new JsonObject { ["entity"] = draft.Json }.ToJsonString(), headers);

    /// <summary>Reads one asset with headers.</summary>
    public Task<HttpReply> GetWith(AssetDraft asset, params KeyValuePair<string, string>[] headers) =>
        CatalogHttp.SendAsync(client, HttpMethod.Get, $"{Prefix}/guid/{asset.Guid}", json: null, headers, Token);

    /// <summary>A call about one part of an asset, such as its labels.</summary>
    public Task<Outcome> Change(HttpMethod method, AssetDraft asset, string part, string? json = null, params KeyValuePair<string, string>[] headers) =>
        Ask(method, $"/guid/{asset.Guid}/{part}", json, headers);

    /// <summary>The same by the asset's name.</summary>
    public Task<Outcome> ChangeByName(HttpMethod method, AssetDraft asset, string part, string json) =>
        Ask(method, ByName(asset).Replace("?", $"/{part}?", StringComparison.Ordinal), json);

    /// <summary>What a call about an asset's history answers.</summary>
    public async Task<JsonElement> History(AssetDraft asset, string call) =>
        (await SendAsync(HttpMethod.Get, $"{Prefix}/guid/{asset.Guid}/{call}", json: null)).Success();

    public Task<HttpReply> GetByName(AssetDraft asset) => SendAsync(HttpMethod.Get, Prefix + ByName(asset), json: null);

    public Task<HttpReply> Feed(string query) => SendAsync(HttpMethod.Get, $"/api/events?{query}", json: null);

    /// <summary>
    /// Asks for types, below <c>/api/meta/types</c> or, for Apache Atlas's clients, <c>/api/atlas/v2/types</c>. In the text each
    /// <c>~</c> stands for what makes names the scenario's own.
    /// </summary>
    public Task<HttpReply> Types(string method, string path, string? json = null, bool asAtlas = false) => SendAsync(
        new HttpMethod(method), $"{(asAtlas ? "/api/atlas/v2" : "/api/meta")}/types{Own(path)}", json is null ? null : Own(json));

    /// <summary>A name of types with what makes it the scenario's own in place of <c>~</c>.</summary>
    public string Own(string text) => text.Replace("~", $"_{Scenario}", StringComparison.Ordinal);

    /// <summary>Defines a tag, under the name that is given.</summary>
    public Task<HttpReply> DefineTag(string name) =>
        SendAsync(HttpMethod.Post, "/api/atlas/v2/types/typedefs", new JsonObject { ["classificationDefs"] = new JsonArray(new JsonObject { ["name"] = name }) }.ToJsonString());

    /// <summary>Removes a type definition.</summary>
    public Task<HttpReply> RemoveType(string name) => SendAsync(HttpMethod.Delete, $"/api/atlas/v2/types/typedef/name/{Uri.EscapeDataString(name)}", json: null);

    /// <summary>The last sequence so far.</summary>
    public async Task<long> Head() => (await Feed("after=latest")).Success().GetProperty("head").GetInt64();

    private static string ByName(AssetDraft asset) =>
        $"/uniqueAttribute/type/{asset.TypeName}?attr:qualifiedName={Uri.EscapeDataString(asset.QualifiedName)}";

    private Task<HttpReply> SendAsync(HttpMethod method, string path, string? json) => CatalogHttp.SendAsync(client, method, path, json, [], Token);

    /// <summary>A call in the form of Apache Atlas's glossary API.</summary>
    public Task<Outcome> AskGlossary(HttpMethod method, string path, JsonNode? body) => AskAt(method, $"/api/meta/glossary{path}", body?.ToJsonString());

    /// <summary>A call about one relationship, in the form of Apache Atlas.</summary>
    public Task<Outcome> AskRelationship(HttpMethod method, string path, JsonNode? body, params KeyValuePair<string, string>[] headers) =>
        AskAt(method, $"/api/meta/relationship{path}", body?.ToJsonString(), headers);

    private Task<Outcome> Ask(HttpMethod method, string path, string? json, params KeyValuePair<string, string>[] headers) =>
        AskAt(method, Prefix + path, json, headers);

    private async Task<Outcome> AskAt(HttpMethod method, string path, string? json, params KeyValuePair<string, string>[] headers)
    {
        var request = $"{Scenario}-{Interlocked.Increment(ref _requests)}";
        var mark = await Head();
        var reply = await CatalogHttp.SendAsync(client, method, path, json, [new(Header, request), .. headers], Token);
        return new Outcome(reply, await EventsOf(request, mark));
    }

    /// <summary>The events of a request that has been answered. What others save from then on is not looked through.</summary>
    private async Task<List<ToldEvent>> EventsOf(string request, long after)
    {
        var told = new List<ToldEvent>();
        for (long? head = null; head is null || after < head;)
        {
            var page = (await Feed($"after={after}&limit=5000")).Success();
            told.AddRange(page.GetProperty("events").EnumerateArray().Where(item => IsOf(item, request)).Select(Read));
            after = page.GetProperty("next").GetInt64();
            head ??= page.GetProperty("head").GetInt64();
        }

        return told;
    }

    private static bool IsOf(JsonElement item, string request) =>
        item.GetProperty("envelope").GetProperty("message").GetProperty("headers").TryGetProperty(Header, out var value) && value.GetString() == request;

    /// <summary>One event of a page.</summary>
    public ToldEvent Read(JsonElement item)
    {
        var envelope = item.GetProperty("envelope");
        var message = envelope.GetProperty("message");
        var name = message.GetProperty("entity").GetProperty("displayText").GetString()!.Replace($"-{Scenario}", "", StringComparison.Ordinal);
        return new ToldEvent(item.GetProperty("seq").GetInt64(), envelope, $"{message.GetProperty("operationType").GetString()!.Replace("ENTITY_", "", StringComparison.Ordinal)} {name}");
    }
}
