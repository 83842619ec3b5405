using System.Collections.Immutable;
using System.Globalization;
using Cartulary.Core.Save.Read;
using Cartulary.Testing;

namespace Cartulary.Simulation;

/// <summary>
/// Random saves on a small world of shared assets: tables and columns under them, terms of two glossaries, processes. Every
/// body is a bulk save of one to three assets, or an archiving.
/// </summary>
internal sealed class RandomSaves(Dice dice, string owner)
{
    private const int Tables = 4;
    private const int Columns = 12;
    private const int Terms = 5;
    private const int Processes = 4;

    /// <summary>What everything else refers to: saved once, first. Terms have to be created by somebody, since their names are made.</summary>
    public static string Foundation { get; } = $"{{\"entities\":[{string.Join(",", Founders())}]}}";

    /// <summary>The next body of a bulk save.</summary>
    /// <param name="terms">The guids of the glossaries, then those of the terms.</param>
    public string Next(IReadOnlyList<Guid> terms) =>
        $"{{\"entities\":[{string.Join(",", Enumerable.Range(0, dice.Between(1, 3)).Select(_ => One(terms)))}]}}";

    /// <summary>An asset to archive.</summary>
    /// <param name="terms">The guids of the glossaries, then those of the terms.</param>
    public AssetSelector ToArchive(IReadOnlyList<Guid> terms) => dice.Below(6) switch
    {
        0 => Named("Table", Name("table", Tables)),
        1 => Named("Process", Name("process", Processes)),
        2 => new AssetSelector.ByGuid(terms[dice.Between(2, terms.Count - 1)]),
        _ => Named("Column", Name("column", Columns)),
    };

    /// <summary>A request to archive, purge or restore one to three assets.</summary>
    /// <param name="terms">The guids of the glossaries, then those of the terms.</param>
    public SaveRequest ToEnd(IReadOnlyList<Guid> terms)
    {
        ImmutableArray<AssetSelector> targets = [.. Enumerable.Range(0, dice.Between(1, 3)).Select(_ => ToArchive(terms))];
        var kind = dice.Below(12);
        if (kind < 3)
        {
            return SaveRequest.Restore(targets) with { PassesOverUnknownNames = true };
        }

        // Terms are made once, so few of them are purged, and a glossary with all its terms is only archived.
        if (kind == 3)
        {
            return SaveRequest.Delete([new AssetSelector.ByGuid(terms[dice.Below(2)])]);
        }

        var keepsTerms = targets.Any(target => target is AssetSelector.ByGuid) && !dice.OneIn(6);
        return SaveRequest.DeleteKnown(targets, kind switch
        {
            4 when !keepsTerms => DeletionKind.Remove,
            5 or 6 when !keepsTerms => DeletionKind.Purge,
            7 when !keepsTerms => DeletionKind.PurgeArchived,
            _ => DeletionKind.Archive,
        });
    }

    private static AssetSelector.ByUniqueAttribute Named(string typeName, string name) => new(typeName, "qualifiedName", name);

    private static IEnumerable<string> Founders() =>
    [
        "{\"typeName\":\"AtlasGlossary\",\"guid\":\"-1\",\"attributes\":{\"name\":\"first\",\"qualifiedName\":\"-\"}}",
        "{\"typeName\":\"AtlasGlossary\",\"guid\":\"-2\",\"attributes\":{\"name\":\"second\",\"qualifiedName\":\"-\"}}",
        .. Enumerable.Range(0, Terms).Select(n => $"{{\"typeName\":\"AtlasGlossaryTerm\",\"guid\":\"-t{n}\",\"attributes\":{{\"name\":\"term {n}\",\"qualifiedName\":\"-\",\"anchor\":{{\"guid\":\"-{(n % 2) + 1}\"}}}}}}"),
        .. Enumerable.Range(0, Tables).Select(n => Entity("Table", $"table{n}")),
        .. Enumerable.Range(0, Columns).Select(n => Entity("Column", $"column{n}", $"\"table\":{Reference("Table", $"table{n % Tables}")}")),
    ];

    private static string Entity(string typeName, string name, params string[] attributes) =>
        $"{{\"typeName\":\"{typeName}\",\"attributes\":{{{string.Join(",", attributes.Prepend($"\"name\":\"{name}\"").Prepend($"\"qualifiedName\":\"{name}\""))}}}}}";

    private static string Reference(string typeName, string name) => $"{{\"typeName\":\"{typeName}\",\"uniqueAttributes\":{{\"qualifiedName\":\"{name}\"}}}}";

    private string One(IReadOnlyList<Guid> terms) => dice.Below(10) switch
    {
        0 => Entity("Table", Name("table", Tables), Value("rowCount"), Value("description")),
        1 => Restored("Table", Name("table", Tables)),
        2 => Restored("Column", Name("column", Columns)),
        3 => Process(),
        4 => Linked("Table", Name("table", Tables), "columns", Reference("Column", Name("column", Columns))),
        5 => Linked("Column", Name("column", Columns), "meanings", Meaning(terms)),
        6 => Linked("Table", Name("table", Tables), "meanings", Meaning(terms)),
        7 => Term(terms),
        8 => Annotated("Column", Name("column", Columns)),
        _ => Column(terms),
    };

    private string Column(IReadOnlyList<Guid> terms)
    {
        var parent = dice.OneIn(3) ? [] : new[] { $"\"table\":{Reference("Table", Name("table", Tables))}" };
        var meanings = dice.OneIn(3) ? new[] { $"\"meanings\":[{string.Join(",", Enumerable.Range(0, dice.Below(4)).Select(_ => Meaning(terms)))}]" } : [];
        return Entity("Column", Name("column", Columns), [Value("order"), Value("dataType"), Value("certificateStatus"), .. parent, .. meanings]);
    }

    private string Process()
    {
        var ends = new[] { "inputs", "outputs" }.Select(end => $"\"{end}\":[{string.Join(",", Enumerable.Range(0, dice.Below(3)).Select(_ => Reference("Table", Name("table", Tables))))}]");
        return Entity("Process", Name("process", Processes), [Value("description"), .. ends]).Replace("{\"typeName\"", dice.Flip() ? "{\"status\":\"ACTIVE\",\"typeName\"" : "{\"typeName\"", StringComparison.Ordinal);
    }

    private string Linked(string typeName, string name, string end, string reference) =>
        $"{Entity(typeName, name)[..^1]},\"{(dice.Flip() ? "append" : "remove")}RelationshipAttributes\":{{\"{end}\":[{reference}]}}}}";

    private string Restored(string typeName, string name) => $"{Entity(typeName, name)[..^1]},\"status\":\"ACTIVE\"}}";

    private string Annotated(string typeName, string name) =>
        $"{Entity(typeName, name)[..^1]},\"labels\":[{string.Join(",", dice.Some(["a", "b", "c"]).Select(label => $"\"{label}\""))}],\"customAttributes\":{{\"{owner}\":\"{Number(3)}\"}}}}";

    /// <summary>A change of a term; by guid, since its qualifiedName is made by the server.</summary>
    private string Term(IReadOnlyList<Guid> terms)
    {
        var place = dice.Between(2, terms.Count - 1);
        var end = dice.OneIn(3) ? "seeAlso" : "assignedEntities";
        var partner = end == "seeAlso" ? $"{{\"guid\":\"{terms[place == 2 ? 3 : 2]}\"}}" : Reference("Column", Name("column", Columns));
        var status = dice.OneIn(3) ? "\"status\":\"ACTIVE\"," : "";
        return $"{{{status}\"typeName\":\"AtlasGlossaryTerm\",\"guid\":\"{terms[place]}\",\"attributes\":{{\"name\":\"term {place - 2}\",\"qualifiedName\":\"-\",{Value("description")},\"anchor\":{{\"guid\":\"{terms[dice.Below(2)]}\"}}}},\"{(dice.Flip() ? "append" : "remove")}RelationshipAttributes\":{{\"{end}\":[{partner}]}}}}";
    }

    private string Meaning(IReadOnlyList<Guid> terms)
    {
        var own = dice.Flip() ? $",\"relationshipAttributes\":{{\"typeName\":\"AtlasGlossarySemanticAssignment\",\"attributes\":{{\"confidence\":{(dice.OneIn(4) ? "null" : Number(3))},\"description\":\"d\"}}}}" : "";
        return $"{{\"guid\":\"{terms[dice.Between(2, terms.Count - 1)]}\"{own}}}";
    }

    private string Value(string attribute) => attribute switch
    {
        "rowCount" or "order" => $"\"{attribute}\":{Number(4)}",
        "certificateStatus" => $"\"{attribute}\":{dice.Pick(["null", "\"VERIFIED\"", "\"DRAFT\""])}",
        _ => $"\"{attribute}\":{dice.Pick(["null", "\"\"", "\"x\"", "\"y\""])}",
    };

    private string Name(string prefix, int count) => $"{prefix}{Number(count)}";

    private string Number(int below) => dice.Below(below).ToString(CultureInfo.InvariantCulture);
}
