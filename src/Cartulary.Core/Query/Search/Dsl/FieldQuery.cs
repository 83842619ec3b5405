using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>A query about one field: <c>{"FIELD": VALUE}</c>, or <c>{"FIELD": {"value": VALUE, …}}</c> with options.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Field">The field; null where nothing has values, or with a problem.</param>
/// <param name="Value">The value; undefined where it was not given, with a problem.</param>
/// <param name="ValuePath">Where the value stands.</param>
/// <param name="Options">The options, without those that were taken; null for the short form.</param>
internal sealed record FieldQuery(string Name, SearchField? Field, JsonElement Value, string ValuePath, DslObject? Options)
{
    /// <summary>The value's text; null with a problem when it is no text, number or boolean.</summary>
    public string? Text(DslScope scope)
    {
        if (Value.ValueKind == JsonValueKind.Undefined)
        {
            return null;
        }

        if (DslValue.Scalar(Value) is { } text)
        {
            return text;
        }

        scope.Refuse(ValuePath, "the value must be a text, a number, true or false");
        return null;
    }

    /// <summary>The factor by which the score counts; also takes the query's name.</summary>
    public double Boost()
    {
        Options?.Pass("_name");
        return Options?.Factor("boost", 1) ?? 1;
    }

    /// <summary>Reads one.</summary>
    /// <param name="scope">Takes the problems.</param>
    /// <param name="json">The query.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="valueNames">The option that holds the value; the first one is today's name.</param>
    public static FieldQuery? Read(DslScope scope, JsonElement json, string path, string kind, params ReadOnlySpan<string> valueNames)
    {
        if (DslObject.Open(scope, json, path, kind) is not { } outer || outer.TakeField() is not { } member)
        {
            return null;
        }

        var at = outer.At(member.Name);
        var field = scope.Field(member.Name, at);
        if (member.Value.ValueKind != JsonValueKind.Object)
        {
            return new FieldQuery(member.Name, field, member.Value, at, null);
        }

        var options = DslObject.Open(scope, member.Value, at, kind)!;
        foreach (var name in valueNames)
        {
            if (options.TryTake(name, out var value))
            {
                return new FieldQuery(member.Name, field, value, options.At(name), options);
            }
        }

        scope.Refuse(options.At(valueNames[0]), $"{kind} needs {valueNames[0]}");
        return new FieldQuery(member.Name, field, default, options.At(valueNames[0]), options);
    }
}
