using System.Text.Json;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Output;

/// <summary>A receipt as people read it: a heading, then one line for each thing that changed, before and after.</summary>
internal static class ReceiptText
{
    private const int LongestValue = 160;
    private static readonly string[] Values = ["status", "labels", "customAttributes"];

    /// <summary>The lines; none for an asset that stays as it is and of which nothing was passed over.</summary>
    public static IEnumerable<TextLine> Of(JsonElement receipt)
    {
        var notes = Notes(receipt).ToList();
        return IsNoOp(receipt) && notes.Count == 0 ? [] : [Heading(receipt), .. Changes(receipt).Concat(notes).Select(line => line.Indented(4))];
    }

    /// <summary>Whether the asset stays as it is.</summary>
    public static bool IsNoOp(JsonElement receipt) => receipt.Text("verdict") == "NOOP";

    private static TextLine Heading(JsonElement receipt)
    {
        var (mark, tone) = receipt.Text("verdict") switch
        {
            "CREATE" => ("+ ", Tone.Added),
            "UPDATE" => ("~ ", Tone.Changed),
            "DELETE" => ("- ", Tone.Removed),
            _ => ("= ", Tone.Faint),
        };
        var qualifiedName = receipt.Text("qualifiedName") ?? "";
        var name = qualifiedName.Length > 0 ? qualifiedName[(qualifiedName.LastIndexOf('/') + 1)..] : receipt.Text("guid") ?? "";
        return TextLine.Of(mark + receipt.Text("typeName") + " ", tone)
            .With(ValueText.Printable(name), Tone.Strong)
            .With($"  {ValueText.Printable(qualifiedName)}{(receipt.Member("related") is null ? "" : "  (related)")}", Tone.Faint);
    }

    private static IEnumerable<TextLine> Changes(JsonElement receipt)
    {
        if (receipt.Member("changes") is not { } changes)
        {
            return [];
        }

        var isNew = receipt.Text("verdict") == "CREATE";
        return
        [
            .. isNew ? Created(changes) : Attributes(changes),
            .. Values.Where(name => !isNew || name != "status").SelectMany(name => changes.Member(name) is { } change
                ? DifferenceText.Of(name, name.Length, change.Member("before"), change.Member("after"))
                : []),
            .. Edges(changes, "addedRelationshipAttributes", "+ ", Tone.Added),
            .. Edges(changes, "removedRelationshipAttributes", "- ", Tone.Removed),
            .. Edges(changes.Member("updatedRelationshipAttributes") ?? default, "after", "~ ", Tone.Changed),
        ];
    }

    private static IEnumerable<TextLine> Created(JsonElement changes)
    {
        var attributes = changes.Members("attributes").Where(attribute => attribute.Name is not ("name" or "qualifiedName")).ToList();
        var width = Width(attributes);
        return attributes.Select(attribute => TextLine.Of(ValueText.Printable(attribute.Name).PadRight(width) + "  ")
            .With(Shortened(ValueText.Of(attribute.Value.Member("after"))), Tone.Added));
    }

    private static IEnumerable<TextLine> Attributes(JsonElement changes)
    {
        var attributes = changes.Members("attributes").ToList();
        var width = Width(attributes);
        return attributes.SelectMany(attribute => DifferenceText.Of(attribute.Name, width, attribute.Value.Member("before"), attribute.Value.Member("after")));
    }

    private static IEnumerable<TextLine> Edges(JsonElement changes, string list, string mark, Tone tone) =>
        from end in changes.Members(list)
        from reference in changes.Member(list)!.Value.Items(end.Name)
        let other = AssetHeader.Read(reference)
        select TextLine.Of($"{mark}{end.Name} ", tone)
            .With(ValueText.Printable(other.Name.Length > 0 ? other.Name : other.Guid), tone)
            .With($"  {other.TypeName}", Tone.Faint);

    private static IEnumerable<TextLine> Notes(JsonElement receipt) =>
        receipt.Items("unknown").Select(name => TextLine.Of($"{receipt.Text("typeName")} has no attribute {ValueText.Printable(name.GetString() ?? "")}: passed over", Tone.Changed));

    private static int Width(IEnumerable<JsonProperty> attributes) => attributes.Select(attribute => attribute.Name.Length).DefaultIfEmpty().Max();

    private static string Shortened(string text) => text.Length <= LongestValue ? text : string.Concat(text.AsSpan(0, LongestValue - 1), "…");
}
