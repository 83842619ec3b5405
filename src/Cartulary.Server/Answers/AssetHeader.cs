using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;
using Cartulary.Server.Http;

namespace Cartulary.Server.Answers;

/// <summary>The short form of an asset, in the answers of saves and of header reads.</summary>
/// <param name="Guid">Its guid.</param>
/// <param name="Type">Its type.</param>
/// <param name="Registry">The types its values belong to.</param>
/// <param name="Status">Whether it is in use.</param>
/// <param name="Created">Who created it and when.</param>
/// <param name="Updated">Who changed it last and when.</param>
/// <param name="State">Its state.</param>
internal sealed record AssetHeader(
    Guid Guid, EntityType Type, TypeRegistry Registry, AssetStatus Status, CommitStamp Created, CommitStamp Updated, AssetState State)
{
    /// <summary>True to show its names only: for assets that a save touched through a relationship.</summary>
    public bool NamesOnly { get; init; }

    /// <summary>Names of attributes that are shown beside the usual ones.</summary>
    public ImmutableArray<string> AlsoShown { get; init; } = [];

    /// <summary>The kind of deletion, for assets that a call archived; null for others.</summary>
    public string? DeleteHandler { get; init; }

    /// <summary>The header of a stored asset.</summary>
    public static AssetHeader Of(StoredAsset asset, EntityType type, TypeRegistry registry) =>
        new(asset.Guid, type, registry, asset.Status, asset.Created, asset.Updated, asset.State);

    /// <summary>Writes it as an object.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("typeName"u8, Type.EncodedName);
        WriteAttributes(writer);
        writer.WriteString("guid"u8, Guid);
        writer.WriteString("status"u8, AssetNames.Status(Status));
        if (AssetNames.DisplayText(State, Type) is { } text)
        {
            writer.WriteString("displayText"u8, text);
        }

        writer.WriteBoolean("isIncomplete"u8, false);
        AssetParts.WriteStamps(writer, Created, Updated);
        JsonTexts.Write(writer, "superTypeNames"u8, Type.SuperTypeNames);
        if (!State.Labels.IsEmpty)
        {
            JsonTexts.Write(writer, "labels"u8, State.Labels);
        }

        // Clients fail on null here; an empty list is what they expect of an asset without tags.
        TagJson.WriteNames(writer, "classificationNames"u8, State.Tags, Registry);
        TagJson.WriteList(writer, "classifications"u8, State.Tags, Status, Registry);
        JsonTexts.Write(writer, "meaningNames"u8, []);
        JsonTexts.Write(writer, "meanings"u8, []);
        if (DeleteHandler is not null)
        {
            writer.WriteString("deleteHandler"u8, DeleteHandler);
        }

        writer.WriteEndObject();
    }

    private void WriteAttributes(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("attributes"u8);
        foreach (var (id, value) in State.Attributes)
        {
            var attribute = Registry.Attribute(id);
            if (IsShown(attribute))
            {
                writer.WritePropertyName(attribute.EncodedName);
                ValueJson.Write(writer, value, Registry);
            }
        }

        writer.WriteEndObject();
    }

    private bool IsShown(AssetAttribute attribute) => NamesOnly
        ? attribute.Name is "name" or "qualifiedName"
        : attribute.IsInNotifications || attribute.Type is PrimitiveType or EnumType || AlsoShown.Contains(attribute.Name);
}
