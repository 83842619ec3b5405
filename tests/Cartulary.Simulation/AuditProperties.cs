using System.Globalization;
using System.Text;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Query.Audit;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Save;
using Cartulary.Testing;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Cartulary.Simulation;

/// <summary>The audit tells what the feed tells, entry by entry, whatever is asked and however little one search may look at.</summary>
public sealed class AuditProperties
{
    private const int Runs = 15;
    private static readonly string[] Words = ["user", "action", "typeName", "entityId", "entityQualifiedName"];

    private static readonly DateTimeOffset Founded = DateTimeOffset.UnixEpoch.AddYears(55);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task The_entries_are_the_events() => Gen.UInt.Array[60, 600].SampleAsync(rolls => CompareAsync(rolls), iter: Runs, threads: 1, print: Rolls.Print);

    [Fact]
    public Task A_search_gives_what_a_model_gives_or_is_refused_and_never_ends_too_early() =>
        Gen.UInt.Array[100, 800].SampleAsync(rolls => SearchAsync(rolls), iter: Runs, threads: 1, print: Rolls.Print);

    [Theory]
    [InlineData("""[{"created":{"order":"asc"}},{"typeName":{"order":"desc"}}]""", true)]
    [InlineData("""[{"created":{"order":"asc"}}]""", false)]
    public async Task Entries_of_one_time_are_put_in_order_by_all_of_them_or_not_at_all(string sort, bool isRefused)
    {
        await using var catalog = await TestCatalog.CreateAsync(new FakeTimeProvider(Founded));
        await catalog.SaveAsync("""{"entities":[{"typeName":"Column","attributes":{"qualifiedName":"a","name":"a"}}]}""");
        await catalog.SaveAsync("""{"entities":[{"typeName":"Table","attributes":{"qualifiedName":"b","name":"b"}}]}""");
        using var audit = new AuditReader(catalog.Store, catalog.Types, new AuditLimits { ScannedEvents = 1 });

        var (page, problem) = await audit.SearchAsync(Read($$$"""{"dsl":{"size":1,"query":{"match_all":{} },"sort":{{{sort}}} } }"""), Cancel);

        (page is null, problem?.Code).ShouldBe((isRefused, isRefused ? ErrorCodes.AuditTooWide : null));
    }

    private static async Task CompareAsync(uint[] rolls)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await FillAsync(catalog, new Dice(rolls), rolls.Length / 20);
        using var audit = new AuditReader(catalog.Store, catalog.Types, new AuditLimits());

        var entries = await AllAsync(audit);

        var events = await catalog.EventsAsync(0);
        var told = events.SelectMany(Expected).ToList();
        entries.Reverse();
        entries.Select(Line).ShouldBe(told);
        entries.Select(row => row.Entry.Key).Distinct().Count().ShouldBe(entries.Count);
    }

    private static async Task SearchAsync(uint[] rolls)
    {
        var dice = new Dice(rolls);
        await using var catalog = await TestCatalog.CreateAsync(dice.Flip() ? new FakeTimeProvider(Founded) : TimeProvider.System);
        await FillAsync(catalog, dice, dice.Between(1, 12));
        using var audit = new AuditReader(catalog.Store, catalog.Types, new AuditLimits());
        var all = await AllAsync(audit);
        for (var i = 0; i < 12; i++)
        {
            var json = RandomDsl(dice, all);
            var request = Read(json);
            var expected = Model(all, json);
            var whole = (await audit.SearchAsync(request, Cancel)).Page!;
            whole.Rows.Select(row => row.Entry.Key).ShouldBe(expected.Skip(request.From).Take(request.Size), json);
            (whole.Total, whole.IsExact).ShouldBe((expected.Count, true), json);
            using var bounded = new AuditReader(catalog.Store, catalog.Types, new AuditLimits { ScannedEvents = dice.Between(1, all.Count) });

            var (page, problem) = await bounded.SearchAsync(request, Cancel);

            if (page is null)
            {
                problem!.Code.ShouldBe(ErrorCodes.AuditTooWide, json);
                continue;
            }

            page.Rows.Select(row => row.Entry.Key).ShouldBe(expected.Skip(request.From).Take(request.Size), json);
            (page.IsExact ? page.Total == expected.Count : page.Total <= expected.Count && page.Rows.Length == request.Size).ShouldBeTrue(json);
        }
    }

    /// <summary>What a search means: all entries, those that match, in their order.</summary>
    private static List<string> Model(List<AuditRow> all, string json)
    {
        using var document = JsonDocument.Parse(json);
        var dsl = document.RootElement.GetProperty("dsl");
        var held = all.Where(row => row.Present is not null).Select(row => row.Entry.QualifiedName).ToHashSet();
        var matching = all.Where(row => Matches(dsl.GetProperty("query"), row, held)).Select(row => row.Entry);
        var keys = dsl.TryGetProperty("sort", out var sort) ? sort.EnumerateArray().Select(key => key.EnumerateObject().Single()).ToList() : [];
        var order = matching.OrderBy(_ => 0);
        var oldestFirst = false;
        foreach (var (name, isDescending) in keys.Select(key => (key.Name, key.Value.GetProperty("order").GetString() == "desc")).Reverse())
        {
            oldestFirst = name is "created" or "timestamp" ? !isDescending : oldestFirst;
        }

        foreach (var key in keys)
        {
            var isDescending = key.Value.GetProperty("order").GetString() == "desc";
            order = (key.Name is "created" or "timestamp", isDescending) switch
            {
                (true, false) => order.ThenBy(entry => entry.Time),
                (true, true) => order.ThenByDescending(entry => entry.Time),
                (false, false) => order.ThenBy(entry => Text(entry, key.Name), StringComparer.Ordinal),
                (false, true) => order.ThenByDescending(entry => Text(entry, key.Name), StringComparer.Ordinal),
            };
        }

        order = oldestFirst ? order.ThenBy(entry => entry.Sequence) : order.ThenByDescending(entry => entry.Sequence);
        return [.. order.ThenBy(entry => entry.Part).Select(entry => entry.Key)];
    }

    private static bool Matches(JsonElement query, AuditRow row, HashSet<string> held)
    {
        var kind = query.EnumerateObject().Single();
        if (kind.Name == "bool")
        {
            bool All(string list, bool matches) => !kind.Value.TryGetProperty(list, out var parts) || parts.EnumerateArray().All(part => Matches(part, row, held) == matches);
            var needsSome = kind.Value.TryGetProperty("should", out var some) && !kind.Value.TryGetProperty("must", out _) && !kind.Value.TryGetProperty("filter", out _);
            return All("must", matches: true) && All("filter", matches: true) && All("must_not", matches: false)
                && (!needsSome || some.EnumerateArray().Any(part => Matches(part, row, held)));
        }

        var (name, said) = kind.Value.EnumerateObject().Select(member => (member.Name, member.Value)).Single();
        if (kind.Name == "range")
        {
            var bound = said.EnumerateObject().Single();
            var time = long.Parse(bound.Value.ToString().Split("||")[0], CultureInfo.InvariantCulture);
            return bound.Name switch
            {
                "gt" => row.Entry.Time > time,
                "gte" => row.Entry.Time >= time,
                "lt" => row.Entry.Time < time,
                _ => row.Entry.Time <= time,
            };
        }

        // A name means who has it now, and only when nobody has, those who had it at their end.
        var isTaken = name == "entityQualifiedName" && row.Present is null && held.Contains(row.Entry.QualifiedName);
        var text = isTaken ? "" : Text(row.Entry, name);
        return kind.Name switch
        {
            "term" => text == said.GetString(),
            "terms" => said.EnumerateArray().Any(one => text == one.GetString()),
            _ => text.StartsWith(said.GetString()!, StringComparison.Ordinal),
        };
    }

    private static string Text(AuditEntry entry, string field) => field switch
    {
        "user" => entry.User,
        "action" => entry.Action,
        "typeName" => entry.TypeName,
        "entityId" => entry.Asset.Guid.ToString("D"),
        _ => entry.QualifiedName,
    };

    private static string RandomDsl(Dice dice, List<AuditRow> all)
    {
        var keys = dice.Some(["created", "timestamp", .. Words]).Take(2).Select(key => $"{{\"{key}\":{{\"order\":\"{(dice.Flip() ? "asc" : "desc")}\"}}}}");
        var sort = dice.OneIn(3) ? "" : $",\"sort\":[{string.Join(',', keys)}]";
        return $"{{\"dsl\":{{\"from\":{Number(dice.Below(8))},\"size\":{Number(dice.Between(1, 9))}{sort},\"query\":{RandomQuery(dice, all, 0)}}}}}";
    }

    private static string RandomQuery(Dice dice, List<AuditRow> all, int depth)
    {
        var entry = dice.Pick(all).Entry;
        var word = dice.Pick(Words);
        var value = JsonSerializer.Serialize(Text(entry, word));
        return (depth > 1 ? dice.Below(5) : dice.Below(8)) switch
        {
            0 => $"{{\"term\":{{\"{word}\":{value}}}}}",
            1 => $"{{\"terms\":{{\"{word}\":[{value},\"other\"]}}}}",
            2 => $"{{\"range\":{{\"created\":{{\"{dice.Pick(["gt", "gte"])}\":{Moment(dice, entry.Time)}}}}}}}",
            3 => $"{{\"range\":{{\"timestamp\":{{\"{dice.Pick(["lt", "lte"])}\":{Moment(dice, entry.Time)}}}}}}}",
            4 => $"{{\"prefix\":{{\"{word}\":{value[..^1][..Math.Min(4, value.Length - 1)]}\"}}}}",
            _ => $"{{\"bool\":{{{string.Join(',', dice.Some(["must", "filter", "should", "must_not"]).Select(list => $"\"{list}\":[{RandomQuery(dice, all, depth + 1)}]"))}}}}}",
        };
    }

    private static string Moment(Dice dice, long time) => dice.Flip() ? Number(time) : $"\"{Number(time)}||+1d-1d\"";

    private static SearchRequest Read(string json)
    {
        var problems = new ProblemList();
        using var document = JsonDocument.Parse(json);
        var request = new AuditRequestReader(new AuditLimits(), now: 0, problems).Read(document.RootElement, asset: null);
        problems.ToImmutable().ShouldBeEmpty(json);
        return request;
    }

    private static async Task<List<AuditRow>> AllAsync(AuditReader audit) => [.. (await audit.SearchAsync(Read("""{"dsl":{"size":10000,"query":{"match_all":{}}}}"""), Cancel)).Page!.Rows];

    /// <summary>The lines of the entries of an event, as its envelope tells it.</summary>
    private static IEnumerable<string> Expected(JsonElement message)
    {
        var operation = message.GetProperty("operationType").GetString()!;
        var entity = message.GetProperty("entity");
        var details = message.GetProperty("mutatedDetails");
        var guid = entity.GetProperty("guid").GetString()!;
        var head = $"{message.GetProperty("sequence").GetRawText()} {guid} {entity.GetProperty("updatedBy").GetString()} {message.GetProperty("eventTime").GetRawText()} {entity.GetProperty("typeName").GetString()}";
        return operation switch
        {
            "ENTITY_CREATE" or "ENTITY_UPDATE" or "ENTITY_DELETE" => Terms(details, operation == "ENTITY_CREATE" ? "relationshipAttributes" : "addedRelationshipAttributes").Select(term => $"{head} TERM_ADD {term}")
                .Concat(Terms(details, "removedRelationshipAttributes").Select(term => $"{head} TERM_DELETE {term}"))
                .Prepend($"{head} {operation} {details.GetRawText()}").Reverse(),
            "BUSINESS_ATTRIBUTE_UPDATE" => details.EnumerateObject().Select(set => $"{head} {operation} {{\"typeName\":\"{set.Name}\",\"attributes\":{set.Value.GetRawText()}}}").Reverse(),
            _ => details.EnumerateArray().Reverse()
                .Select(tag => $"{head} {(tag.GetProperty("entityGuid").GetString() == guid ? "" : "PROPAGATED_")}{operation} {tag.GetRawText()}"),
        };
    }

    /// <summary>The terms among the partners that an event tells of.</summary>
    private static IEnumerable<string> Terms(JsonElement details, string member) =>
        details.TryGetProperty(member, out var ends) && ends.TryGetProperty("meanings", out var terms)
            ? terms.EnumerateArray().Select(term =>
                $"{{\"typeName\":\"{term.GetProperty("typeName").GetString()}\",\"guid\":\"{term.GetProperty("guid").GetString()}\",\"attributes\":{term.GetProperty("uniqueAttributes").GetRawText()}}}")
            : [];

    private static string Line(AuditRow row)
    {
        var entry = row.Entry;
        return string.Create(
            CultureInfo.InvariantCulture, $"{entry.Sequence} {entry.Asset.Guid} {entry.User} {entry.Time} {entry.TypeName} {entry.Action} {Encoding.UTF8.GetString(row.Detail.Span)}");
    }

    private static async Task FillAsync(TestCatalog catalog, Dice dice, int steps)
    {
        var tagging = new RandomTagging(catalog, dice);
        await tagging.BeginAsync();
        var founded = (SaveOutcome.Committed)await catalog.SaveAsync(RandomSaves.Foundation);
        List<Guid> terms = [.. founded.Summary.GuidAssignments.Select(assignment => assignment.Value)];
        var saves = new RandomSaves(dice, "me");
        for (var step = 0; step < steps; step++)
        {
            await tagging.NextAsync();
            await catalog.TrySaveAsync(saves.Next(terms));
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
