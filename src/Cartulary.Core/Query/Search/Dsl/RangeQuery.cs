using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>The range query.</summary>
internal static class RangeQuery
{
    // All of them are read by the one parser of times, whose forms do not contradict each other.
    private static readonly string[] Formats =
    [
        "epoch_millis", "strict_date_optional_time", "date_optional_time", "strict_date_optional_time_nanos", "strict_date_time", "date_time",
        "strict_date", "date", "strict_date_time_no_millis", "date_time_no_millis", "yyyy-MM-dd", "yyyy-MM", "yyyy", "uuuu-MM-dd",
        "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssZ", "yyyy-MM-dd'T'HH:mm:ss.SSS", "yyyy-MM-dd'T'HH:mm:ss.SSSZ", "yyyy-MM-dd'T'HH:mm:ss.SSSX",
    ];

    /// <summary>Reads one.</summary>
    public static SearchExpression? Read(DslScope scope, JsonElement json, string path)
    {
        if (DslObject.Open(scope, json, path, "range") is not { } outer || outer.TakeField() is not { } member
            || DslObject.Open(scope, member.Value, outer.At(member.Name), "range") is not { } options)
        {
            return null;
        }

        var before = scope.Problems.Count;
        var field = scope.Field(member.Name, options.Path);
        options.Pass("_name");
        options.Only("relation", "intersects", "within", "contains");
        var boost = options.Factor("boost", 1);
        var offset = Offset(scope, options);
        CheckFormat(scope, options);
        var ends = Ends(scope, options);
        options.End();
        if (scope.Problems.Count > before)
        {
            return null;
        }

        return field is null ? new SearchExpression.Nothing() : QueryReader.Boosted(FieldValue.Range(scope, field, ends, offset), boost);
    }

    /// <summary>Takes the ends of a range.</summary>
    public static RangeEnds Ends(DslScope scope, DslObject options)
    {
        var includesLower = options.Flag("include_lower", @default: true);
        var includesUpper = options.Flag("include_upper", @default: true);
        return new RangeEnds(
            End(scope, options, ("gte", true), ("gt", false), ("from", includesLower)),
            End(scope, options, ("lte", true), ("lt", false), ("to", includesUpper)),
            options.Path);
    }

    private static RangeEnd? End(DslScope scope, DslObject options, params ReadOnlySpan<(string Name, bool IsInclusive)> forms)
    {
        RangeEnd? end = null;
        foreach (var (name, isInclusive) in forms)
        {
            if (!options.TryTake(name, out var value))
            {
                continue;
            }

            if (end is not null)
            {
                scope.Refuse(options.At(name), $"a range has one bound on each side, and {end.Path} says another");
            }

            if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
            {
                scope.Refuse(options.At(name), "a bound must be a text or a number");
            }

            end = new RangeEnd(DslValue.Scalar(value) ?? "", isInclusive, options.At(name));
        }

        return end;
    }

    private static TimeSpan Offset(DslScope scope, DslObject options)
    {
        var offset = TimeSpan.Zero;
        if (options.Text("time_zone") is { } zone && !DateText.TryOffset(zone, out offset))
        {
            scope.Refuse(options.At("time_zone"), $"time zones are offsets such as +01:00 here, not {zone}");
        }

        return offset;
    }

    private static void CheckFormat(DslScope scope, DslObject options)
    {
        if (options.Text("format") is { } format && format.Split("||").FirstOrDefault(one => !Formats.Contains(one)) is { } unknown)
        {
            scope.Refuse(options.At("format"), $"times of the format {unknown} are not supported");
        }
    }
}
