using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Lineage;
using Cartulary.Core.Query;
using Cartulary.Core.Save.Read;

namespace Cartulary.Server.Endpoints.Lineage;

/// <summary>
/// Reads the members of a request about lineage and collects all that is wrong. Members that nobody asks for are passed over, and
/// null is as good as absent.
/// </summary>
/// <param name="json">The body.</param>
/// <param name="problems">What is wrong so far.</param>
internal sealed class LineageBody(JsonElement json, ProblemList problems)
{
    /// <summary>The body as it was sent.</summary>
    public JsonElement Json => json;

    /// <summary>A member; null when it is absent or null.</summary>
    public JsonElement? Member(string name) => json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A switch; off when it is absent.</summary>
    public bool Flag(string name, bool @default = false) => Member(name) switch
    {
        null => @default,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => Refuse(name, $"{name} must be true or false"),
    };

    /// <summary>A whole number of a range; the default when it is absent, and a mistake when there is no default.</summary>
    public int Number(string name, int? @default, int min, int max) =>
        Member(name) is { } value ? Number(value, name, min, max) : @default ?? Missing(name);

    /// <summary>Texts; none when they are absent.</summary>
    public ImmutableArray<string> Texts(string name)
    {
        if (Member(name) is not { } list)
        {
            return [];
        }

        if (list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
        {
            return [.. list.EnumerateArray().Select(item => item.GetString()!)];
        }

        Refuse(name, $"{name} must be a list of texts");
        return [];
    }

    /// <summary>The asset that <c>guid</c> names; null with a problem when it names none.</summary>
    public AssetSelector? Start()
    {
        if (Member("guid") is not { } given)
        {
            Refuse("guid", "guid is missing");
            return null;
        }

        if (given.ValueKind == JsonValueKind.String && RequestGuid.TryParseReal(given.GetString()!, out var guid))
        {
            return new AssetSelector.ByGuid(guid);
        }

        problems.Add(new Problem(ErrorCodes.GuidNotFound, "guid", $"Given instance guid {given} is invalid/not found"));
        return null;
    }

    /// <summary>A direction; a mistake when it is absent and there is no default.</summary>
    public LineageDirection Direction(LineageDirection? @default, bool takesBoth, string path = "direction")
    {
        var given = Member("direction");
        if (given is null && @default is { } usual)
        {
            return usual;
        }

        var direction = given is { ValueKind: JsonValueKind.String } text ? LineageWords.Direction(text.GetString()!) : null;
        if (direction is { } known && (takesBoth || known != LineageDirection.Both))
        {
            return known;
        }

        Refuse(path, $"direction must be {(takesBoth ? "INPUT, OUTPUT or BOTH" : "INPUT or OUTPUT")}");
        return LineageDirection.Both;
    }

    /// <summary>The filters.</summary>
    public LineageFilters Filters() => new(Member("entityFilters"), Member("entityTraversalFilters"), Member("relationshipTraversalFilters"));

    /// <summary>What is to be told of each asset.</summary>
    public LineageWishes Wishes() => new(Texts("attributes"), Texts("relationAttributes"))
    {
        Meanings = !Flag("excludeMeanings"),
        Classifications = !Flag("excludeClassifications"),
    };

    /// <summary>The moment of <c>asOf</c>; now when it is absent.</summary>
    public Moment Moment()
    {
        if (Member("asOf") is not { } given)
        {
            return Core.Query.Moment.Now;
        }

        if (Core.Query.Moment.TryParseTime(given.ToString(), out var time))
        {
            return new Moment.AtTime(time);
        }

        Refuse("asOf", $"asOf must be milliseconds since 1970 or ISO 8601, not {given}");
        return Core.Query.Moment.Now;
    }

    /// <summary>Which lineage is meant; that of processes where nothing is said.</summary>
    public LineageKind Kind()
    {
        switch (Member("lineageType")?.ToString() ?? "DatasetProcessLineage")
        {
            case "DatasetProcessLineage":
                return LineageKind.Processes;
            case "ProductAssetLineage":
                return LineageKind.Products;
            case var other:
                Refuse("lineageType", $"lineageType must be DatasetProcessLineage or ProductAssetLineage, not {other}");
                return LineageKind.Processes;
        }
    }

    /// <summary>A number that is there.</summary>
    public int Number(JsonElement value, string path, int min, int max)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= min && number <= max)
        {
            return (int)number;
        }

        Refuse(path, $"{path} must be a whole number from {min} to {max}");
        return min;
    }

    /// <summary>Notes a mistake.</summary>
    public bool Refuse(string path, string message)
    {
        problems.Add(new Problem(ErrorCodes.BadRequest, path, message));
        return false;
    }

    private int Missing(string name)
    {
        Refuse(name, $"{name} is missing");
        return 0;
    }
}
