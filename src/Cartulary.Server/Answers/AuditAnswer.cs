using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Query.Audit;
using Cartulary.Core.Query.Search;

namespace Cartulary.Server.Answers;

/// <summary>Entries of the audit (Atlan, "Audit search"; Apache Atlas, "EntityAuditEventV2").</summary>
internal static class AuditAnswer
{
    /// <summary>Writes a page of a search.</summary>
    public static void WritePage(Utf8JsonWriter writer, AuditPage page, ImmutableArray<string> attributes)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("entityAudits"u8);
        WriteRows(writer, page, attributes);
        writer.WriteEndArray();
        writer.WriteStartObject("linkedEntities"u8);
        writer.WriteEndObject();
        if (!page.Aggregations.IsEmpty)
        {
            writer.WriteStartObject("aggregations"u8);
            foreach (var aggregation in page.Aggregations)
            {
                WriteBuckets(writer, aggregation);
            }

            writer.WriteEndObject();
        }

        writer.WriteNumber("count"u8, page.Rows.Length);
        writer.WriteNumber("totalCount"u8, page.Total);
        writer.WriteString("totalCountRelation"u8, page.IsExact ? "eq"u8 : "gte"u8);
        writer.WriteEndObject();
    }

    /// <summary>Writes the entries as a list.</summary>
    public static void WriteList(Utf8JsonWriter writer, AuditPage page)
    {
        writer.WriteStartArray();
        WriteRows(writer, page, []);
        writer.WriteEndArray();
    }

    private static void WriteRows(Utf8JsonWriter writer, AuditPage page, ImmutableArray<string> attributes)
    {
        foreach (var row in page.Rows)
        {
            writer.WriteStartObject();
            WriteRow(writer, row);
            if (row.Present is { } asset)
            {
                var type = page.Registry.Entity(asset.TypeId);
                writer.WritePropertyName("entityDetail"u8);
                (AssetHeader.Of(asset, type, page.Registry) with { AlsoShown = attributes }).Write(writer);
            }

            writer.WriteEndObject();
        }
    }

    private static void WriteRow(Utf8JsonWriter writer, AuditRow row)
    {
        var entry = row.Entry;
        writer.WriteString("entityQualifiedName"u8, entry.QualifiedName);
        writer.WriteString("typeName"u8, entry.TypeName);
        writer.WriteString("entityId"u8, entry.Asset.Guid);
        writer.WriteNumber("timestamp"u8, entry.Time);
        writer.WriteNumber("created"u8, entry.Time);
        writer.WriteString("user"u8, entry.User);
        writer.WriteString("action"u8, entry.Action);
        writer.WriteString("eventKey"u8, entry.Key);
        writer.WriteNumber("sequence"u8, entry.Sequence);
        writer.WritePropertyName("detail"u8);
        writer.WriteRawValue(row.Detail.Span, skipInputValidation: true);
        if (!row.PreviousDetail.IsEmpty)
        {
            writer.WritePropertyName("previousDetail"u8);
            writer.WriteRawValue(row.PreviousDetail.Span, skipInputValidation: true);
        }

        writer.WriteStartObject("headers"u8);
        foreach (var (name, value) in row.Headers)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteBuckets(Utf8JsonWriter writer, SearchAggregate.Buckets aggregation)
    {
        writer.WriteStartObject(aggregation.Of.Name);
        writer.WriteNumber("doc_count_error_upper_bound"u8, 0);
        writer.WriteNumber("sum_other_doc_count"u8, aggregation.OtherCount);
        writer.WriteStartArray("buckets"u8);
        foreach (var bucket in aggregation.List)
        {
            writer.WriteStartObject();
            writer.WriteString("key"u8, bucket.Key);
            writer.WriteNumber("doc_count"u8, bucket.Count);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
