using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Server.Answers.Search;

/// <summary>Values of an asset by the names that searches know them by.</summary>
internal static class SourceValue
{
    private static readonly string[] Forms = [".keyword", ".text", ".stemmed", ".date"];

    /// <summary>The attribute of custom metadata that is called <c>SET.ATTRIBUTE</c>, or null.</summary>
    public static BusinessAttribute? FindMetadata(TypeRegistry registry, string name) =>
        name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? registry.FindBusinessMetadata(name[..dot])?.Attribute(name[(dot + 1)..]) : null;

    /// <summary>Writes a member with the value, if the asset has one of that name.</summary>
    public static void Write(Utf8JsonWriter writer, string name, StoredAsset asset, TypeRegistry registry)
    {
        var type = registry.Entity(asset.TypeId);
        var plain = Array.Find(Forms, form => name.EndsWith(form, StringComparison.Ordinal)) is { } form ? name[..^form.Length] : name;
        if (type.Attribute(plain) is { } attribute)
        {
            WriteValue(writer, name, asset.State.Find(attribute.Id), registry);
        }
        else if (FindMetadata(registry, name) is { } metadata)
        {
            WriteValue(writer, name, asset.State.CustomMetadata.Where(one => one.AttributeId == metadata.Id).Select(one => (CanonicalValue?)one.Value).FirstOrDefault(), registry);
        }
        else
        {
            WriteOwn(writer, name, plain, asset, type, registry);
        }
    }

    /// <summary>Writes the value of an attribute by itself; null when the asset has none.</summary>
    public static void WriteAlone(Utf8JsonWriter writer, string name, StoredAsset asset, TypeRegistry registry)
    {
        if (registry.Entity(asset.TypeId).Attribute(name) is { } attribute && asset.State.Find(attribute.Id) is { } value)
        {
            ValueJson.Write(writer, value, registry);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static void WriteOwn(Utf8JsonWriter writer, string name, string plain, StoredAsset asset, EntityType type, TypeRegistry registry)
    {
        switch (plain)
        {
            case "typeName" or "__typeName":
                writer.WriteString(name, type.Name);
                break;
            case "superTypeNames" or "__superTypeNames":
                writer.WriteStartArray(name);
                foreach (var super in type.SuperTypeNames)
                {
                    writer.WriteStringValue(super);
                }

                writer.WriteEndArray();
                break;
            case "guid" or "__guid":
                writer.WriteString(name, asset.Guid);
                break;
            case "status" or "__state":
                writer.WriteString(name, AssetNames.Status(asset.Status));
                break;
            case "createTime" or "__timestamp":
                writer.WriteNumber(name, asset.Created.Time);
                break;
            case "updateTime" or "__modificationTimestamp":
                writer.WriteNumber(name, asset.Updated.Time);
                break;
            case "createdBy" or "__createdBy":
                writer.WriteString(name, asset.Created.Actor);
                break;
            case "updatedBy" or "__modifiedBy":
                writer.WriteString(name, asset.Updated.Actor);
                break;
            case "classificationNames" or "__traitNames" or "__classificationNames":
                TagJson.WriteNames(writer, System.Text.Encoding.UTF8.GetBytes(name), asset.State.Tags.Where(tag => tag.Source == asset.Guid), registry);
                break;
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, string name, CanonicalValue? value, TypeRegistry registry)
    {
        if (value is { } present)
        {
            writer.WritePropertyName(name);
            ValueJson.Write(writer, present, registry);
        }
    }
}
