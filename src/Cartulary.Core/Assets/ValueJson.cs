using System.Globalization;
using System.Text.Json;
using Cartulary.Core.Types;

namespace Cartulary.Core.Assets;

/// <summary>Writes canonical values as JSON. The same value always gives the same text.</summary>
public static class ValueJson
{
    /// <summary>Writes one value; structs as <c>{"typeName","attributes"}</c>, dates as epoch milliseconds.</summary>
    public static void Write(Utf8JsonWriter writer, CanonicalValue value, TypeRegistry registry)
    {
        var reader = new CanonicalReader(value.Span);
        Write(writer, ref reader, registry);
    }

    private static void Write(Utf8JsonWriter writer, ref CanonicalReader reader, TypeRegistry registry)
    {
        switch (reader.Tag)
        {
            case CanonicalTag.String:
                writer.WriteStringValue(reader.ReadTextBytes());
                break;
            case CanonicalTag.True or CanonicalTag.False:
                writer.WriteBooleanValue(reader.ReadByte() == (byte)CanonicalTag.True);
                break;
            case CanonicalTag.Integer:
                writer.WriteNumberValue(reader.ReadInteger());
                break;
            case CanonicalTag.Date:
                writer.WriteNumberValue(reader.ReadDate());
                break;
            case CanonicalTag.Double:
                writer.WriteRawValue(reader.ReadDouble().ToString("R", CultureInfo.InvariantCulture));
                break;
            case CanonicalTag.BigInteger or CanonicalTag.BigDecimal:
                reader.ReadByte();
                writer.WriteRawValue(reader.ReadBlock());
                break;
            case CanonicalTag.Array:
                WriteArray(writer, ref reader, registry);
                break;
            case CanonicalTag.Map:
                WriteMap(writer, ref reader, registry);
                break;
            case CanonicalTag.Struct:
                WriteStruct(writer, ref reader, registry);
                break;
            case var tag:
                throw new InvalidDataException($"A stored value starts with the unknown tag {tag}.");
        }
    }

    private static void WriteArray(Utf8JsonWriter writer, ref CanonicalReader reader, TypeRegistry registry)
    {
        reader.ReadByte();
        var count = reader.ReadCount();
        writer.WriteStartArray();
        for (var i = 0; i < count; i++)
        {
            Write(writer, ref reader, registry);
        }

        writer.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter writer, ref CanonicalReader reader, TypeRegistry registry)
    {
        reader.ReadByte();
        var count = reader.ReadCount();
        writer.WriteStartObject();
        for (var i = 0; i < count; i++)
        {
            writer.WritePropertyName(KeyText(ref reader));
            Write(writer, ref reader, registry);
        }

        writer.WriteEndObject();
    }

    private static void WriteStruct(Utf8JsonWriter writer, ref CanonicalReader reader, TypeRegistry registry)
    {
        reader.ReadByte();
        writer.WriteStartObject();
        writer.WriteString("typeName"u8, registry.Struct(reader.ReadCount()).Name);
        writer.WriteStartObject("attributes"u8);
        var count = reader.ReadCount();
        for (var i = 0; i < count; i++)
        {
            writer.WritePropertyName(registry.Attribute(reader.ReadCount()).EncodedName);
            Write(writer, ref reader, registry);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string KeyText(ref CanonicalReader reader) => reader.Tag switch
    {
        CanonicalTag.String => reader.ReadText(),
        CanonicalTag.Integer => reader.ReadInteger().ToString(CultureInfo.InvariantCulture),
        CanonicalTag.Date => reader.ReadDate().ToString(CultureInfo.InvariantCulture),
        CanonicalTag.Double => reader.ReadDouble().ToString("R", CultureInfo.InvariantCulture),
        CanonicalTag.True or CanonicalTag.False => reader.ReadByte() == (byte)CanonicalTag.True ? "true" : "false",
        CanonicalTag.BigInteger or CanonicalTag.BigDecimal => NumberText(ref reader),
        var tag => throw new InvalidDataException($"A stored map key starts with the tag {tag}."),
    };

    private static string NumberText(ref CanonicalReader reader)
    {
        reader.ReadByte();
        return System.Text.Encoding.ASCII.GetString(reader.ReadBlock());
    }
}
