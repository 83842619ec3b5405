using System.Text.Json;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Output;

/// <summary>A stored asset as people read it.</summary>
internal static class AssetText
{
    private const int MostRelatedShown = 10;

    /// <summary>What it is, its attributes that have a value, and its relationships.</summary>
    public static IEnumerable<TextLine> Of(AssetDocument document)
    {
        var (entity, header) = (document.Entity, document.Header);
        yield return TextLine.Of(header.TypeName + " ")
            .With(ValueText.Printable(header.Name), Tone.Strong)
            .With(entity.Text("status") is { } status ? $"  {status}" : "", header.IsLive ? Tone.Added : Tone.Removed);
        yield return TextLine.Of($"  {header.Guid}", Tone.Faint);
        yield return TextLine.Of($"  {ValueText.Printable(header.QualifiedName)}", Tone.Faint);
        foreach (var line in History(entity).Concat(Attributes(entity))
            .Concat(document.Relationships.SelectMany(Relationship)).Concat(document.LeftOut.Select(LeftOut)))
        {
            yield return line;
        }
    }

    private static IEnumerable<TextLine> History(JsonElement entity)
    {
        foreach (var (verb, time, user) in new[] { ("created", "createTime", "createdBy"), ("updated", "updateTime", "updatedBy") })
        {
            if (entity.Number(time) is { } milliseconds)
            {
                yield return TextLine.Of($"  {verb} {ValueText.Time(milliseconds)} by {entity.Text(user) ?? "nobody known"}", Tone.Faint);
            }
        }
    }

    private static IEnumerable<TextLine> Attributes(JsonElement entity)
    {
        var attributes = entity.Members("attributes")
            .Where(member => member.Name is not ("name" or "qualifiedName") && HasValue(member.Value))
            .OrderBy(member => member.Name, StringComparer.Ordinal)
            .ToList();
        var width = attributes.Select(member => member.Name.Length).DefaultIfEmpty().Max();
        return attributes.Select(member =>
            TextLine.Of($"  {ValueText.Printable(member.Name).PadRight(width)}  {ValueText.Of(member.Value)}"));
    }

    private static IEnumerable<TextLine> Relationship(JsonProperty end)
    {
        var related = end.Value.ValueKind switch
        {
            JsonValueKind.Array => [.. end.Value.EnumerateArray().Select(AssetHeader.Read)],
            JsonValueKind.Object => new List<AssetHeader> { AssetHeader.Read(end.Value) },
            _ => [],
        };
        if (related.Count == 0)
        {
            yield break;
        }

        yield return TextLine.Of($"  {end.Name} ").With($"({ValueText.Count(related.Count)})", Tone.Faint);
        foreach (var asset in related.Take(MostRelatedShown))
        {
            yield return TextLine.Of($"    {ValueText.Printable(asset.Name)}", asset.IsLive ? Tone.Plain : Tone.Removed)
                .With($"  {asset.TypeName} {asset.Guid}{(asset.IsLive ? "" : " archived")}", Tone.Faint);
        }

        if (related.Count > MostRelatedShown)
        {
            yield return TextLine.Of($"    … and {ValueText.Count(related.Count - MostRelatedShown)} more", Tone.Faint);
        }
    }

    private static TextLine LeftOut(string end) => TextLine.Of($"  {ValueText.Printable(end)} ").With("(too many to list)", Tone.Faint);

    private static bool HasValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => false,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        _ => true,
    };
}
