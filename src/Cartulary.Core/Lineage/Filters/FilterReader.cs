using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Types;

namespace Cartulary.Core.Lineage.Filters;

/// <summary>
/// Reads the filters of a request: <c>{"condition":"AND"|"OR","criterion":[…]}</c>, whose members are such groups again or
/// <c>{"attributeName":…,"operator":…,"attributeValue":…}</c>. What is wrong is said with where it stands.
/// </summary>
/// <param name="registry">The types.</param>
/// <param name="most">Most conditions in all filters of the request.</param>
/// <param name="now">The time by which ranges with a name are meant.</param>
/// <param name="problems">What is wrong so far.</param>
internal sealed class FilterReader(TypeRegistry registry, int most, DateTimeOffset now, ProblemList problems)
{
    private int _conditions;

    /// <summary>A filter of assets; null when there is none.</summary>
    public LineageFilter<FilteredAsset>? OfAssets(JsonElement? json, string path) =>
        Read(json, path, name => FilterFields.OfAsset(registry, name));

    /// <summary>A filter of edges; null when there is none.</summary>
    public LineageFilter<LineageEdge>? OfEdges(JsonElement? json, string path) =>
        Read(json, path, name => FilterFields.OfEdge(registry, name));

    private LineageFilter<T>? Read<T>(JsonElement? json, string path, Func<string, FilterField<T>?> find) =>
        json is { ValueKind: not JsonValueKind.Null } filter ? ReadFilter(filter, path, find) : null;

    private LineageFilter<T>? ReadFilter<T>(JsonElement json, string path, Func<string, FilterField<T>?> find)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Refuse<T>(path, "a filter must be an object");
        }

        return Given(json, "criterion") is { } members ? ReadGroup(json, members, path, find)
            : Given(json, "attributeName") is { } name ? ReadCondition(json, name, path, find)
            : new LineageFilter<T>.Group([], Any: false);
    }

    private LineageFilter<T>? ReadGroup<T>(JsonElement json, JsonElement members, string path, Func<string, FilterField<T>?> find)
    {
        var condition = Given(json, "condition") is not { } given ? "AND" : given.ValueKind == JsonValueKind.String ? given.GetString()!.ToUpperInvariant() : "";
        if (condition is not ("AND" or "OR"))
        {
            Refuse<T>($"{path}.condition", "condition must be AND or OR");
        }

        if (members.ValueKind != JsonValueKind.Array)
        {
            return Refuse<T>($"{path}.criterion", "criterion must be a list");
        }

        var filters = ImmutableArray.CreateBuilder<LineageFilter<T>>();
        var index = 0;
        foreach (var member in members.EnumerateArray())
        {
            if (ReadFilter(member, $"{path}.criterion[{index++}]", find) is { } filter)
            {
                filters.Add(filter);
            }
        }

        return new LineageFilter<T>.Group(filters.DrainToImmutable(), condition == "OR");
    }

    private LineageFilter<T>? ReadCondition<T>(JsonElement json, JsonElement name, string path, Func<string, FilterField<T>?> find)
    {
        if (++_conditions > most)
        {
            return _conditions == most + 1 ? Refuse<T>(path, $"the filters have more than {most} conditions") : null;
        }

        var field = name.ValueKind == JsonValueKind.String ? find(name.GetString()!) : null;
        if (field is null)
        {
            problems.Add(new Problem(ErrorCodes.AttributeNotFound, $"{path}.attributeName", $"there is no attribute {name} by which can be filtered"));
        }

        var given = Given(json, "operator");
        var found = given is { ValueKind: JsonValueKind.String } text ? FilterOperator.Find(text.GetString()!) : null;
        if (found is null)
        {
            Refuse<T>($"{path}.operator", $"operator must be one of {FilterOperator.Names}, not {given?.ToString() ?? "absent"}");
        }

        return field is not null && found is not null && Operand(json, field.Name, field.Kinds, found, $"{path}.attributeValue") is { } operand
            ? new LineageFilter<T>.Condition(field, found, operand)
            : null;
    }

    private FilterOperand? Operand(JsonElement json, string name, FilterKinds kinds, FilterOperator comparison, string path)
    {
        if (comparison.Takes == FilterOperandKind.Nothing)
        {
            return FilterOperand.None;
        }

        if (Given(json, "attributeValue") is not { } value || Texts(value) is not { } texts)
        {
            return Wrong(path, $"{comparison.Name} needs an attributeValue: a text, a number, true or false, or a list of those");
        }

        switch (comparison.Takes)
        {
            case FilterOperandKind.Range:
                return texts is [var range] && kinds.HasFlag(FilterKinds.Time) && FilterRange.Parse(range, now) is var (from, to)
                    ? new FilterOperand(range, texts, from, to)
                    : Wrong(path, $"timerange is for attributes that are times, and needs two times with a comma between them, or {FilterRange.Names}");
            case FilterOperandKind.Several:
                ImmutableArray<string> list = value.ValueKind == JsonValueKind.String ? Split(texts[0]) : texts;
                return list.FirstOrDefault(text => !Fits(text, kinds)) is { } unfit ? Unfit(name, unfit, path) : new FilterOperand("", list);
            default:
                return texts is not [var text] ? Wrong(path, $"{comparison.Name} takes one value")
                    : comparison.Takes == FilterOperandKind.Value && !Fits(text, kinds) ? Unfit(name, text, path)
                    : new FilterOperand(text, texts);
        }
    }

    /// <summary>Several values in one text: a list in JSON, or with commas between them.</summary>
    private static ImmutableArray<string> Split(string text)
    {
        if (text.StartsWith('['))
        {
            try
            {
                using var list = JsonDocument.Parse(text);
                return Texts(list.RootElement) ?? [text];
            }
            catch (JsonException)
            {
                return [text];
            }
        }

        return [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
    }

    private static ImmutableArray<string>? Texts(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return [value.GetString()!];
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return [value.GetRawText()];
            case JsonValueKind.Array when value.EnumerateArray().All(one => one.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False):
                return [.. value.EnumerateArray().Select(one => one.ToString())];
            default:
                return null;
        }
    }

    private static bool Fits(string text, FilterKinds kinds) =>
        Enum.GetValues<FilterKinds>().Any(kind => kinds.HasFlag(kind) && FilterOperand.Fits(text, kind));

    private static JsonElement? Given(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private FilterOperand? Unfit(string name, string text, string path) => Wrong(path, $"{name} cannot be compared with {text}");

    private FilterOperand? Wrong(string path, string message)
    {
        Refuse<FilteredAsset>(path, message);
        return null;
    }

    private LineageFilter<T>? Refuse<T>(string path, string message)
    {
        problems.Add(new Problem(ErrorCodes.BadRequest, path, message));
        return null;
    }
}
