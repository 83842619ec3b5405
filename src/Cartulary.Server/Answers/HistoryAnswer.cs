using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Query;
using Cartulary.Core.Types;
using Cartulary.Server.Http;

namespace Cartulary.Server.Answers;

/// <summary>An asset's versions, their differences, and who changed what last.</summary>
internal static class HistoryAnswer
{
    /// <summary>Writes a page of versions.</summary>
    public static void WriteVersions(Utf8JsonWriter writer, VersionPage page)
    {
        WriteStart(writer, page.Asset, page.Type);
        writer.WriteStartArray("versions"u8);
        foreach (var version in page.Versions)
        {
            WriteVersion(writer, version);
        }

        writer.WriteEndArray();
        WriteEnd(writer, page.Next);
    }

    /// <summary>Writes a difference: the two states it is between, and the details as events have them.</summary>
    public static void WriteDifference(Utf8JsonWriter writer, AssetDifference difference)
    {
        WriteStart(writer, difference.To, difference.Type);
        WriteState(writer, "from"u8, difference.From);
        WriteState(writer, "to"u8, difference.To);
        writer.WriteBoolean("differs"u8, !difference.IsEmpty);
        difference.WriteDetails(writer);
        writer.WriteEndObject();
    }

    /// <summary>Writes who changed what last.</summary>
    public static void WriteBlame(Utf8JsonWriter writer, Blame blame)
    {
        WriteStart(writer, blame.Asset, blame.Type);
        writer.WriteNumber("version"u8, blame.Asset.Version);
        WriteBlamed(writer, "attributes"u8, blame.Attributes);
        WriteBlamed(writer, "relationshipAttributes"u8, blame.Relationships);
        WriteBlamed(writer, "status"u8, blame.Status);
        WriteBlamed(writer, "labels"u8, blame.Labels);
        WriteBlamed(writer, "customAttributes"u8, blame.CustomAttributes);
        WriteBlamed(writer, "tags"u8, blame.Tags);
        WriteBlamed(writer, "businessAttributes"u8, blame.CustomMetadata);
        WriteEnd(writer, blame.Next);
    }

    private static void WriteStart(Utf8JsonWriter writer, StoredAsset asset, EntityType type)
    {
        writer.WriteStartObject();
        writer.WriteString("guid"u8, asset.Guid);
        writer.WriteString("typeName"u8, type.EncodedName);
        if (AssetNames.DisplayText(asset.State, type) is { } text)
        {
            writer.WriteString("displayText"u8, text);
        }
    }

    private static void WriteEnd(Utf8JsonWriter writer, long? next)
    {
        if (next is { } before)
        {
            writer.WriteNumber("next"u8, before);
        }

        writer.WriteEndObject();
    }

    private static void WriteVersion(Utf8JsonWriter writer, VersionChange version)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version"u8, version.Version);
        writer.WriteNumber("time"u8, version.Time);
        writer.WriteString("actor"u8, version.Actor);
        writer.WriteString("saveId"u8, version.SaveId);
        JsonTexts.Write(writer, "operations"u8, [.. version.Events.Select(change => OperationTypes.Of(change.Kind))]);
        writer.WriteStartArray("sequences"u8);
        foreach (var change in version.Events)
        {
            writer.WriteNumberValue(change.Sequence);
        }

        writer.WriteEndArray();
        JsonTexts.Write(writer, "attributes"u8, Names(version, change => change.Attributes));
        JsonTexts.Write(writer, "relationshipAttributes"u8, Names(version, change => change.Relationships));
        writer.WriteBoolean("status"u8, version.Events.Any(change => change.Status));
        writer.WriteBoolean("labels"u8, version.Events.Any(change => change.Labels));
        writer.WriteBoolean("customAttributes"u8, version.Events.Any(change => change.CustomAttributes));
        JsonTexts.Write(writer, "tags"u8, Names(version, change => change.Tags));
        JsonTexts.Write(writer, "businessAttributes"u8, Names(version, change => change.CustomMetadata));
        writer.WriteEndObject();
    }

    private static ImmutableArray<string> Names(VersionChange version, Func<EventChange, ImmutableArray<string>> names) =>
        [.. version.Events.SelectMany(change => names(change)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static void WriteState(Utf8JsonWriter writer, ReadOnlySpan<byte> name, StoredAsset asset)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("version"u8, asset.Version);
        writer.WriteNumber("time"u8, asset.Updated.Time);
        writer.WriteString("actor"u8, asset.Updated.Actor);
        writer.WriteEndObject();
    }

    private static void WriteBlamed(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ImmutableSortedDictionary<string, BlamedChange> changes)
    {
        writer.WriteStartObject(name);
        foreach (var (part, change) in changes)
        {
            writer.WritePropertyName(part);
            WriteBlamed(writer, change);
        }

        writer.WriteEndObject();
    }

    private static void WriteBlamed(Utf8JsonWriter writer, ReadOnlySpan<byte> name, BlamedChange? change)
    {
        if (change is not null)
        {
            writer.WritePropertyName(name);
            WriteBlamed(writer, change);
        }
    }

    private static void WriteBlamed(Utf8JsonWriter writer, BlamedChange change)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version"u8, change.Version);
        writer.WriteNumber("time"u8, change.Time);
        writer.WriteString("actor"u8, change.Actor);
        writer.WriteString("saveId"u8, change.SaveId);
        writer.WriteNumber("sequence"u8, change.Sequence);
        writer.WriteEndObject();
    }
}
