using System.Text;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query.Search;

/// <summary>
/// The text of a tag for searches by places (pyatlan, "tagged_with_value"): its name, then each attribute's name before its values.
/// The attributes of structs stand in the reverse order of their names, and with their names even where they have no value: what such
/// searches rely on is that a source tag's value stands between the names <c>tagAttachmentValue</c> and <c>tagAttachmentKey</c>, and
/// before <c>sourceTagQualifiedName</c>.
/// </summary>
internal static class TagText
{
    /// <summary>The text of a tag.</summary>
    public static string Of(AssetTag tag, TypeRegistry registry)
    {
        var text = new StringBuilder(registry.Classification(tag.TypeId).Name);
        foreach (var (id, value) in tag.Attributes)
        {
            Append(text, registry.Attribute(id).Name);
            var reader = new CanonicalReader(value.Span);
            AppendValue(text, ref reader, registry);
        }

        return text.ToString();
    }

    private static void AppendValue(StringBuilder text, ref CanonicalReader reader, TypeRegistry registry)
    {
        if (reader.Tag == CanonicalTag.Array)
        {
            reader.ReadByte();
            for (var count = reader.ReadCount(); count > 0; count--)
            {
                AppendValue(text, ref reader, registry);
            }
        }
        else if (reader.Tag == CanonicalTag.Struct)
        {
            AppendStruct(text, ref reader, registry);
        }
        else
        {
            DocumentValues.Leaves(ref reader).ForEach(leaf => Append(text, leaf));
        }
    }

    private static void AppendStruct(StringBuilder text, ref CanonicalReader reader, TypeRegistry registry)
    {
        reader.ReadByte();
        var type = registry.Struct(reader.ReadCount());
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            var name = registry.Attribute(reader.ReadCount()).Name;
            var inner = new StringBuilder();
            AppendValue(inner, ref reader, registry);
            values[name] = inner.ToString();
        }

        foreach (var name in type.Attributes.Select(attribute => attribute.Name).OrderDescending(StringComparer.Ordinal))
        {
            Append(text, name);
            text.Append(values.GetValueOrDefault(name, ""));
        }
    }

    private static void Append(StringBuilder text, string part) => text.Append(' ').Append(part);
}
