using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Server.Http;

namespace Cartulary.Server.Endpoints.Service;

/// <summary>A page of a list, filtered, ordered and cut as its query says.</summary>
/// <param name="Total">How many records the list has.</param>
/// <param name="Filtered">How many fit the filter.</param>
/// <param name="Records">Those of the page.</param>
internal sealed record ServicePage(int Total, int Filtered, ImmutableArray<JsonObject> Records)
{
    private const int LimitDefault = 20;
    private const int LimitMax = 1_000;

    /// <summary>The page that a query asks for; what is wrong is noted there.</summary>
    /// <param name="query">The query.</param>
    /// <param name="records">The whole list.</param>
    /// <param name="always">The members that records have whatever <c>columns</c> says.</param>
    public static ServicePage Of(QueryReader query, IReadOnlyCollection<JsonObject> records, params ReadOnlySpan<string> always)
    {
        query.Flag("count");
        var fits = ServiceFilter.Read(query);
        var limit = query.Number("limit", LimitDefault, 0, LimitMax);
        var offset = query.Number("offset", 0, 0, int.MaxValue);
        var columns = query.List("columns");
        List<JsonObject> filtered = [.. Ordered(records.Where(fits), query.Text("sort"))];
        var page = filtered.Skip(offset).Take(limit);
        ImmutableArray<string> kept = [.. always, .. columns];
        return new(records.Count, filtered.Count, [.. columns.IsEmpty ? page : page.Select(record => Only(record, kept))]);
    }

    /// <summary>Writes it as clients expect a list.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("totalRecord"u8, Total);
        writer.WriteNumber("filterRecord"u8, Filtered);
        writer.WriteStartArray("records"u8);
        foreach (var record in Records)
        {
            record.WriteTo(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>By a member, or downwards when it has a minus sign; a member that no record has leaves the order alone.</summary>
    private static IEnumerable<JsonObject> Ordered(IEnumerable<JsonObject> records, string? sort)
    {
        if (string.IsNullOrEmpty(sort))
        {
            return records;
        }

        var member = sort.TrimStart('-');
        return sort[0] == '-'
            ? records.OrderByDescending(record => record[member]?.ToString(), StringComparer.Ordinal)
            : records.OrderBy(record => record[member]?.ToString(), StringComparer.Ordinal);
    }

    private static JsonObject Only(JsonObject record, ImmutableArray<string> members) =>
        new(record.Where(member => members.Contains(member.Key)).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
}
