using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Query.Search.Atlas;

namespace Cartulary.Server.Answers.Search;

/// <summary>The answer of a search in the form of Apache Atlas.</summary>
/// <param name="QueryType">The kind of the search.</param>
/// <param name="QueryText">What was searched for; null when it was no text.</param>
/// <param name="Page">What was found.</param>
/// <param name="Shown">What is told of the assets.</param>
internal sealed record AtlasSearchAnswer(string QueryType, string? QueryText, AssetPage Page, Shown Shown)
{
    /// <summary>What Apache Atlas tells of each asset beside its names.</summary>
    public static ImmutableArray<string> UsualAttributes { get; } = ["owner", "description", "displayName", "createTime"];

    /// <summary>Writes it as an object.</summary>
    public static void Write(Utf8JsonWriter writer, AtlasSearchAnswer answer)
    {
        writer.WriteStartObject();
        answer.WriteMembers(writer);
        writer.WriteEndObject();
    }

    /// <summary>Writes it with the assets a second time, each with its score, as searches for texts are answered.</summary>
    public static void WriteWithScores(Utf8JsonWriter writer, AtlasSearchAnswer answer)
    {
        writer.WriteStartObject();
        answer.WriteMembers(writer);
        var metadata = answer.Shown.MetadataNames(answer.Page.Registry);
        writer.WriteStartArray("fullTextResult"u8);
        foreach (var hit in answer.Page.Hits)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("entity"u8);
            FoundAsset.Write(writer, hit, answer.Shown, metadata);
            writer.WriteNumber("score"u8, hit.Hit.Score);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Writes it as part of a quick search, with how many assets of each type there are.</summary>
    public static void WriteQuick(Utf8JsonWriter writer, AtlasSearchAnswer answer)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("searchResults"u8);
        Write(writer, answer);
        writer.WriteStartObject("aggregationMetrics"u8);
        foreach (var buckets in answer.Page.Result.Aggregations.OfType<SearchAggregate.Buckets>())
        {
            // Buckets are named in lower case; people want the types' own names.
            var names = answer.Page.Registry.Entities.ToLookup(type => SearchWords.Fold(type.Name), type => type.Name, StringComparer.Ordinal);
            writer.WriteStartArray(buckets.Of.Name);
            foreach (var bucket in buckets.List)
            {
                writer.WriteStartObject();
                writer.WriteString("name"u8, names[bucket.Key].FirstOrDefault() ?? bucket.Key);
                writer.WriteNumber("count"u8, bucket.Count);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Writes it as rows of values.</summary>
    public static void WriteRows(Utf8JsonWriter writer, (AtlasSearchAnswer Answer, TypeQuery Query) rows)
    {
        var (answer, query) = rows;
        writer.WriteStartObject();
        answer.WriteHead(writer);
        writer.WriteStartObject("attributes"u8);
        writer.WriteStartArray("name"u8);
        foreach (var column in query.Select)
        {
            writer.WriteStringValue(column.Name);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("values"u8);
        foreach (var hit in answer.Page.Hits)
        {
            writer.WriteStartArray();
            foreach (var column in query.Select)
            {
                SourceValue.WriteAlone(writer, TypeQueryPlanner.Plain(column.Attribute, query.Source), hit.View.Asset, answer.Page.Registry);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteMembers(Utf8JsonWriter writer)
    {
        WriteHead(writer);
        FoundAsset.WriteAll(writer, Page, Shown);
    }

    private void WriteHead(Utf8JsonWriter writer)
    {
        writer.WriteString("queryType"u8, QueryType);
        if (QueryText is not null)
        {
            writer.WriteString("queryText"u8, QueryText);
        }

        writer.WriteNumber("approximateCount"u8, Page.Result.Total);
    }
}
