using System.Text.Json;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Output;

/// <summary>An event as people read it: a heading, then one line for each thing that changed, before and after.</summary>
internal static class EventText
{
    private const string Status = "status";

    private static readonly string[] OtherMembers = [Status, "labels", "customAttributes", "classifications"];

    /// <summary>The heading and the changes.</summary>
    public static IEnumerable<TextLine> Of(FeedEvent told, NameBook names) =>
        [Heading(told), .. Changes(told, names).Select(line => line.Indented(4))];

    /// <summary>Sequence, time, kind of event, type and name.</summary>
    public static TextLine Heading(FeedEvent told)
    {
        var asset = told.Asset;
        return TextLine.Of($"#{told.Sequence}", Tone.Strong)
            .With($"  {ValueText.Time(told.Message.Number("eventTime") ?? 0)}  ", Tone.Faint)
            .With(told.Operation.PadRight(13), ToneOf(told.Operation))
            .With($"  {asset.TypeName} ")
            .With(ValueText.Printable(asset.Name), Tone.Strong)
            .With($"  {ValueText.Printable(asset.QualifiedName)}", Tone.Faint);
    }

    /// <summary>What changed. A creation shows what the asset was created with, apart from what the heading says.</summary>
    public static IEnumerable<TextLine> Changes(FeedEvent told, NameBook names)
    {
        var after = told.Message.Member("mutatedDetails") ?? default;
        var before = told.Message.Member("previousDetails") ?? default;
        return told.Operation switch
        {
            "ENTITY_CREATE" => [.. Created(after), .. Edges(after, names)],
            "CLASSIFICATION_ADD" => [.. Tags(after, "+ ", Tone.Added), .. Cause(told)],
            "CLASSIFICATION_DELETE" => [.. Tags(after, "- ", Tone.Removed), .. Cause(told)],
            "CLASSIFICATION_UPDATE" => [.. Tags(after, "~ ", Tone.Changed), .. Cause(told)],
            "BUSINESS_ATTRIBUTE_UPDATE" => [.. Metadata(after, before), .. Cause(told)],
            _ => [.. Differences(after, before, names), .. Cause(told)],
        };
    }

    /// <summary>What differs between the values after and those before.</summary>
    public static IEnumerable<TextLine> Differences(JsonElement after, JsonElement before, NameBook names) =>
        [
            .. Attributes(after, before),
            .. Members(after, before),
            .. Metadata(after.Member("businessAttributes") ?? default, before.Member("businessAttributes") ?? default),
            .. Edges(after, names),
        ];

    private static Tone ToneOf(string operation) => operation switch
    {
        "ENTITY_CREATE" or "CLASSIFICATION_ADD" => Tone.Added,
        "ENTITY_DELETE" or "CLASSIFICATION_DELETE" => Tone.Removed,
        _ => Tone.Changed,
    };

    private static IEnumerable<TextLine> Created(JsonElement details)
    {
        var attributes = details.Members("attributes")
            .Where(member => member.Name is not ("name" or "qualifiedName") && IsSaid(member.Value))
            .ToList();
        var width = Width(attributes.Select(member => member.Name));
        return attributes.Select(member =>
            TextLine.Of(ValueText.Printable(member.Name).PadRight(width) + "  ").With(Shortened(ValueText.Of(member.Value)), Tone.Added));
    }

    private static IEnumerable<TextLine> Attributes(JsonElement after, JsonElement before)
    {
        var names = after.Members("attributes").Select(member => member.Name)
            .Union(before.Members("attributes").Select(member => member.Name))
            .ToList();
        var width = Width(names);
        return names.SelectMany(name => DifferenceText.Of(
            name, width, before.Member("attributes")?.Member(name), after.Member("attributes")?.Member(name)));
    }

    private static IEnumerable<TextLine> Tags(JsonElement tags, string mark, Tone tone) =>
        tags.ValueKind == JsonValueKind.Array
            ? tags.EnumerateArray().Select(tag => TextLine.Of($"{mark}{ValueText.Printable(tag.Text("typeName") ?? "")}", tone))
            : [];

    private static List<TextLine> Metadata(JsonElement after, JsonElement before)
    {
        if (after.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var parts = after.EnumerateObject()
            .SelectMany(set => set.Value.EnumerateObject().Select(attribute => (Name: $"{set.Name}.{attribute.Name}", Before: before.Member(set.Name)?.Member(attribute.Name), After: (JsonElement?)attribute.Value)))
            .ToList();
        var width = Width(parts.Select(part => part.Name));
        return [.. parts.SelectMany(part => DifferenceText.Of(part.Name, width, part.Before, part.After))];
    }

    // The status is part of many messages; it is news only where the message says what it was before.
    private static IEnumerable<TextLine> Members(JsonElement after, JsonElement before) =>
        from name in OtherMembers
        where IsNamed(before, name) || (name != Status && IsNamed(after, name))
        where ValueText.Of(before.Member(name)) != ValueText.Of(after.Member(name))
        from line in DifferenceText.Of(name, name.Length, before.Member(name), after.Member(name))
        select line;

    private static IEnumerable<TextLine> Edges(JsonElement details, NameBook names) =>
        [
            .. Edges(details, names, "addedRelationshipAttributes", "+ ", Tone.Added),
            .. Edges(details, names, "removedRelationshipAttributes", "- ", Tone.Removed),
            .. Edges(details, names, "updatedRelationshipAttributes", "~ ", Tone.Changed),
        ];

    private static IEnumerable<TextLine> Edges(JsonElement details, NameBook names, string list, string mark, Tone tone) =>
        from end in details.Members(list)
        from reference in details.Member(list)!.Value.Items(end.Name)
        let other = AssetHeader.Read(reference)
        select TextLine.Of($"{mark}{end.Name} ", tone)
            .With(ValueText.Printable(names.Of(other)), tone)
            .With($"  {other.TypeName}", Tone.Faint);

    private static IEnumerable<TextLine> Cause(FeedEvent told)
    {
        if (told.Message.Member("cause") is { } cause)
        {
            var sequence = cause.Number("sequence") is { } number ? $"#{number}" : cause.Text("guid") ?? "another asset";
            var link = cause.Text("relationship") ?? cause.Text("relationshipType") ?? cause.Text("tag");
            yield return TextLine.Of($"because of {sequence}{(link is null ? "" : $" ({link})")}", Tone.Faint);
        }
    }

    private static bool IsNamed(JsonElement details, string name) =>
        details.ValueKind == JsonValueKind.Object && details.TryGetProperty(name, out _);

    private static bool IsSaid(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => false,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        _ => true,
    };

    private static string Shortened(string text) => text.Length <= 160 ? text : string.Concat(text.AsSpan(0, 159), "…");

    private static int Width(IEnumerable<string> names) => names.Select(name => name.Length).DefaultIfEmpty().Max();
}
