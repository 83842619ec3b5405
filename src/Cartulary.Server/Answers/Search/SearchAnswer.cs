using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Query.Search.Dsl;

namespace Cartulary.Server.Answers.Search;

/// <summary>The answer of a search in the form of Atlan's <c>indexsearch</c>.</summary>
/// <param name="Search">The search.</param>
/// <param name="Page">What it found.</param>
/// <param name="Shown">What is told of the assets.</param>
/// <param name="ShowsScores">Whether the scores are told.</param>
internal sealed record SearchAnswer(DslSearch Search, AssetPage Page, Shown Shown, bool ShowsScores)
{
    /// <summary>Writes it as an object. The number of assets is that of all pages, and exact.</summary>
    public static void Write(Utf8JsonWriter writer, SearchAnswer answer)
    {
        var page = answer.Page;
        writer.WriteStartObject();
        writer.WriteString("queryType"u8, "INDEX"u8);
        writer.WriteNumber("approximateCount"u8, page.Result.Total);
        FoundAsset.WriteAll(writer, page, answer.Shown);
        if (answer.ShowsScores)
        {
            writer.WriteStartObject("searchScore"u8);
            foreach (var hit in page.Hits)
            {
                writer.WriteNumber(hit.Hit.Guid.ToString("D"), hit.Hit.Score);
            }

            writer.WriteEndObject();
        }

        if (!answer.Search.Aggregations.IsEmpty)
        {
            writer.WriteStartObject("aggregations"u8);
            AggregationAnswer.WriteMembers(writer, answer.Search.Aggregations, page.Result.Aggregations, page);
            writer.WriteEndObject();
        }

        if (!answer.Search.Request.Sort.IsEmpty && !page.Result.Hits.IsEmpty)
        {
            WriteSearchAfter(writer, answer.Search.Keys, page.Result.Hits[^1].SortValues);
        }

        writer.WriteEndObject();
    }

    /// <summary>The values after which the next page begins.</summary>
    private static void WriteSearchAfter(Utf8JsonWriter writer, ImmutableArray<SearchSort?> keys, ImmutableArray<string?> values)
    {
        writer.WriteStartArray("searchAfter"u8);
        var next = 0;
        foreach (var key in keys)
        {
            WriteValue(writer, key?.Field is null ? SearchFieldKind.Decimal : key.Field.Kind, key is null ? null : values[next++]);
        }

        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, SearchFieldKind kind, string? value)
    {
        switch (kind)
        {
            case var _ when value is null:
                writer.WriteNullValue();
                break;
            case SearchFieldKind.Integer:
                writer.WriteNumberValue(long.Parse(value, CultureInfo.InvariantCulture));
                break;
            case SearchFieldKind.Decimal:
                writer.WriteNumberValue(double.Parse(value, CultureInfo.InvariantCulture));
                break;
            case SearchFieldKind.Boolean:
                writer.WriteBooleanValue(value == "true");
                break;
            default:
                writer.WriteStringValue(value);
                break;
        }
    }
}
