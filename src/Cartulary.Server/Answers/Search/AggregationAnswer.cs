using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Query.Search.Dsl;

namespace Cartulary.Server.Answers.Search;

/// <summary>The results of aggregations, in the form of Elasticsearch.</summary>
internal static class AggregationAnswer
{
    /// <summary>Writes the results of one level as members of an object that is open.</summary>
    public static void WriteMembers(
        Utf8JsonWriter writer, ImmutableArray<AggregationPlan> plans, ImmutableArray<SearchAggregate> results, AssetPage page)
    {
        foreach (var plan in plans)
        {
            writer.WriteStartObject(plan.Name);
            WriteOne(writer, plan, results, page);
            writer.WriteEndObject();
        }
    }

    private static void WriteOne(Utf8JsonWriter writer, AggregationPlan plan, ImmutableArray<SearchAggregate> results, AssetPage page)
    {
        switch (plan.Kind)
        {
            case AggregationKind.Terms:
                writer.WriteNumber("doc_count_error_upper_bound"u8, 0);
                writer.WriteNumber("sum_other_doc_count"u8, plan.First < 0 ? 0 : ((SearchAggregate.Buckets)results[plan.First]).OtherCount);
                WriteBuckets(writer, plan, results, page);
                break;
            case AggregationKind.DateHistogram:
                WriteBuckets(writer, plan, results, page);
                break;
            case AggregationKind.Single:
                WriteBucket(writer, plan, Only(results, plan.First), page);
                break;
            case AggregationKind.Named:
                writer.WriteStartObject("buckets"u8);
                for (var index = 0; index < plan.Keys.Length; index++)
                {
                    writer.WriteStartObject(plan.Keys[index]);
                    WriteBucket(writer, plan, Only(results, plan.First + index), page);
                    writer.WriteEndObject();
                }

                writer.WriteEndObject();
                break;
            case AggregationKind.Listed or AggregationKind.Ranges:
                WriteList(writer, plan, results, page);
                break;
            case AggregationKind.Stats:
                WriteStats(writer, plan, results);
                break;
            case AggregationKind.Hits:
                WriteHits(writer, plan, (SearchAggregate.Top)results[plan.First], page);
                break;
            default:
                WriteNumber(writer, plan, results);
                break;
        }
    }

    /// <summary>The one bucket of a filter, which is empty where nothing was in it.</summary>
    private static SearchBucket Only(ImmutableArray<SearchAggregate> results, int place) => ((SearchAggregate.Buckets)results[place]).List[0];

    private static void WriteBuckets(Utf8JsonWriter writer, AggregationPlan plan, ImmutableArray<SearchAggregate> results, AssetPage page)
    {
        writer.WriteStartArray("buckets"u8);
        foreach (var bucket in plan.First < 0 ? [] : ((SearchAggregate.Buckets)results[plan.First]).List)
        {
            writer.WriteStartObject();
            WriteKey(writer, plan.Field!, bucket.Key);
            WriteBucket(writer, plan, bucket, page);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteList(Utf8JsonWriter writer, AggregationPlan plan, ImmutableArray<SearchAggregate> results, AssetPage page)
    {
        writer.WriteStartArray("buckets"u8);
        for (var index = 0; index < plan.Keys.Length; index++)
        {
            writer.WriteStartObject();
            if (plan.Kind == AggregationKind.Ranges)
            {
                writer.WriteString("key"u8, plan.Keys[index]);
                WriteBound(writer, "from", plan.Bounds[index].From, plan.Field!.IsDate);
                WriteBound(writer, "to", plan.Bounds[index].To, plan.Field!.IsDate);
            }

            WriteBucket(writer, plan, Only(results, plan.First + index), page);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteBound(Utf8JsonWriter writer, string name, double? bound, bool isDate)
    {
        if (bound is not { } value)
        {
            return;
        }

        writer.WriteNumber(name, value);
        if (isDate)
        {
            writer.WriteString($"{name}_as_string", DateText.Show((long)value));
        }
    }

    private static void WriteBucket(Utf8JsonWriter writer, AggregationPlan plan, SearchBucket bucket, AssetPage page)
    {
        writer.WriteNumber("doc_count"u8, bucket.Count);
        WriteMembers(writer, plan.Inner, bucket.Inner, page);
    }

    private static void WriteKey(Utf8JsonWriter writer, SearchField field, string key)
    {
        switch (field.Kind)
        {
            case SearchFieldKind.Integer:
                var whole = long.Parse(key, CultureInfo.InvariantCulture);
                writer.WriteNumber("key"u8, whole);
                if (field.IsDate)
                {
                    writer.WriteString("key_as_string"u8, DateText.Show(whole));
                }

                break;
            case SearchFieldKind.Decimal:
                writer.WriteNumber("key"u8, double.Parse(key, CultureInfo.InvariantCulture));
                break;
            case SearchFieldKind.Boolean:
                writer.WriteNumber("key"u8, key == "true" ? 1 : 0);
                writer.WriteString("key_as_string"u8, key);
                break;
            default:
                writer.WriteString("key"u8, key);
                break;
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, AggregationPlan plan, ImmutableArray<SearchAggregate> results)
    {
        var value = plan.First < 0 ? null : ((SearchAggregate.Number)results[plan.First]).Value;
        WriteNumber(writer, "value", plan.Kind == AggregationKind.Count ? value ?? 0 : value);
        if (value is { } time && plan is { Kind: AggregationKind.Number, Field.IsDate: true })
        {
            writer.WriteString("value_as_string"u8, DateText.Show((long)time));
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static void WriteStats(Utf8JsonWriter writer, AggregationPlan plan, ImmutableArray<SearchAggregate> results)
    {
        var names = new[] { "count", "min", "max", "avg", "sum" };
        for (var index = 0; index < names.Length; index++)
        {
            var value = plan.First < 0 ? null : ((SearchAggregate.Number)results[plan.First + index]).Value;
            WriteNumber(writer, names[index], names[index] is "count" or "sum" ? value ?? 0 : value);
        }
    }

    private static void WriteHits(Utf8JsonWriter writer, AggregationPlan plan, SearchAggregate.Top top, AssetPage page)
    {
        writer.WriteStartObject("hits"u8);
        writer.WriteStartObject("total"u8);
        writer.WriteNumber("value"u8, top.Total);
        writer.WriteString("relation"u8, "eq"u8);
        writer.WriteEndObject();
        WriteNumber(writer, "max_score", top.Hits.IsEmpty ? null : top.Hits.Max(hit => hit.Score));
        writer.WriteStartArray("hits"u8);
        foreach (var hit in top.Hits)
        {
            if (page.Seen.TryGetValue(hit.Asset, out var asset))
            {
                writer.WriteStartObject();
                writer.WriteString("_index"u8, "assets"u8);
                writer.WriteString("_id"u8, hit.Guid);
                WriteNumber(writer, "_score", hit.Score);
                writer.WriteStartObject("_source"u8);
                foreach (var name in plan.Sources.IsEmpty ? page.Registry.Entity(asset.TypeId).Attributes.Select(attribute => attribute.Name) : plan.Sources)
                {
                    SourceValue.Write(writer, name, asset, page.Registry);
                }

                writer.WriteEndObject();
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
