using System.Collections.Immutable;
using System.Globalization;
using Cartulary.Core.Errors;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Server.Hosting;
using Cartulary.Server.Http;

namespace Cartulary.Server.Endpoints.Events;

/// <summary>What a reader of the feed asks for.</summary>
/// <param name="Start">Where to begin.</param>
/// <param name="Query">The filters; the position in it counts only where <paramref name="Start"/> gives one.</param>
/// <param name="Wait">How long to wait for a first match.</param>
/// <param name="Log">The log the reader believes to be reading, or null.</param>
internal sealed record FeedRequest(FeedStart Start, FeedQuery Query, TimeSpan Wait, string? Log)
{
    private static readonly ImmutableArray<string> Operations =
    [
        "ENTITY_CREATE", "ENTITY_UPDATE", "ENTITY_DELETE",
        "CLASSIFICATION_ADD", "CLASSIFICATION_UPDATE", "CLASSIFICATION_DELETE", "BUSINESS_ATTRIBUTE_UPDATE",
    ];

    /// <summary>What of the request gives the position.</summary>
    public string PositionName { get; init; } = "after";

    /// <summary>Reads a request; what is wrong goes to the query's problems.</summary>
    public static FeedRequest Read(QueryReader query, TypeRegistry registry, FeedOptions options)
    {
        var (start, after) = ReadStart(query);
        var filter = new FeedQuery(after, query.Number("limit", options.LimitDefault, min: 1, options.LimitMax))
        {
            Operations = ReadOperations(query),
            TypeNames = ReadTypes(query, registry),
            Guids = query.Guids("guid"),
            QualifiedNamePrefix = query.Text("qualifiedNamePrefix") is { Length: > 0 } prefix ? prefix : null,
            IgnoreAttributes = query.List("ignoreAttributes"),
            ExcludeActors = query.Whole("excludeActor"),
        };
        return new FeedRequest(start, filter, ReadWait(query, options.WaitSecondsMax), query.Text("log"));
    }

    /// <summary>The query with its position, on a log as it is.</summary>
    public FeedQuery From(CatalogHead head) => Start switch
    {
        FeedStart.Oldest => Query with { After = head.Oldest - 1 },
        FeedStart.Latest => Query with { After = head.Sequence },
        _ => Query,
    };

    /// <summary>The types to read a request with: those that are known here, unless it names one that another server may have been given.</summary>
    public static async ValueTask<TypeRegistry> TypesForAsync(
        QueryReader query, TypeRegistrySource types, ICatalogStore store, CancellationToken cancellationToken) =>
        query.List("typeName").All(name => types.Newest.FindEntity(name) is not null) ? types.Newest : await types.SeeAsync(store, cancellationToken);

    /// <summary>Reads the types whose assets are wanted.</summary>
    public static ImmutableArray<string> ReadTypes(QueryReader query, TypeRegistry registry)
    {
        var wanted = query.List("typeName");
        foreach (var name in wanted.Where(name => registry.FindEntity(name) is null))
        {
            query.Refuse(ErrorCodes.UnknownType, "typeName", $"Type ENTITY with name {name} does not exist");
        }

        return wanted;
    }

    private static (FeedStart Start, long After) ReadStart(QueryReader query)
    {
        switch (query.Text("after"))
        {
            case null:
                return (FeedStart.Oldest, 0);
            case var text when text.Equals("latest", StringComparison.OrdinalIgnoreCase):
                return (FeedStart.Latest, 0);
            case var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var after):
                return (FeedStart.After, after);
            case var text:
                query.Refuse("after", $"after must be a sequence or latest, not {text}");
                return default;
        }
    }

    private static TimeSpan ReadWait(QueryReader query, int max)
    {
        if (query.Text("wait") is not { } text)
        {
            return TimeSpan.Zero;
        }

        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || !double.IsFinite(seconds))
        {
            query.Refuse("wait", $"wait must be a number of seconds, not {text}");
            return TimeSpan.Zero;
        }

        return TimeSpan.FromSeconds(Math.Min(seconds, max));
    }

    private static ImmutableArray<string> ReadOperations(QueryReader query)
    {
        ImmutableArray<string> wanted = [.. query.List("operation").Select(text => text.ToUpperInvariant()).Distinct(StringComparer.Ordinal)];
        foreach (var text in wanted.Where(text => !Operations.Contains(text)))
        {
            query.Refuse("operation", $"{text} is no operation; there are {string.Join(", ", Operations)}");
        }

        return wanted;
    }
}

/// <summary>Where a reading of the feed begins.</summary>
internal enum FeedStart
{
    /// <summary>With the oldest event that is kept.</summary>
    Oldest,

    /// <summary>With the next event to come.</summary>
    Latest,

    /// <summary>After a sequence that the reader gives.</summary>
    After,
}
