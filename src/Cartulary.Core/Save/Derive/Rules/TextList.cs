using Cartulary.Core.Assets;

namespace Cartulary.Core.Save.Derive.Rules;

/// <summary>Sets of texts as canonical values.</summary>
internal static class TextList
{
    /// <summary>The texts of a set.</summary>
    public static List<string> Read(CanonicalValue value)
    {
        var reader = new CanonicalReader(value.Span);
        reader.ReadByte();
        var count = reader.ReadCount();
        var texts = new List<string>(count);
        for (var place = 0; place < count; place++)
        {
            texts.Add(reader.ReadText());
        }

        return texts;
    }

    /// <summary>The set of some texts; null when there are none.</summary>
    public static CanonicalValue? Of(IEnumerable<string> texts)
    {
        var members = texts.Distinct(StringComparer.Ordinal).Select(CanonicalValue.FromText).Order().ToList();
        if (members.Count == 0)
        {
            return null;
        }

        var writer = new CanonicalWriter();
        writer.WriteArrayStart(members.Count);
        foreach (var member in members)
        {
            writer.WriteValue(member);
        }

        return writer.ToValue();
    }
}
