using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>
/// A JSON object of a search, whose members are taken one by one; what nobody takes is refused in the end, so that nothing is
/// passed over in silence. A member that is null counts as not given.
/// </summary>
internal sealed class DslObject
{
    private readonly DslScope _scope;
    private readonly JsonElement _json;
    private readonly string _what;
    private readonly HashSet<string> _taken = [];

    private DslObject(DslScope scope, JsonElement json, string path, string what)
    {
        _scope = scope;
        _json = json;
        Path = path;
        _what = what;
    }

    /// <summary>Where it stands.</summary>
    public string Path { get; }

    /// <summary>Opens an object; null with a problem when the value is none.</summary>
    /// <param name="scope">Takes the problems.</param>
    /// <param name="json">The value.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="what">What it is, for messages.</param>
    public static DslObject? Open(DslScope scope, JsonElement json, string path, string what)
    {
        if (json.ValueKind == JsonValueKind.Object)
        {
            return new DslObject(scope, json, path, what);
        }

        scope.Refuse(path, $"{what} must be an object");
        return null;
    }

    /// <summary>The names of all its members.</summary>
    public IEnumerable<string> Names => _json.EnumerateObject().Select(member => member.Name);

    /// <summary>Where a member stands.</summary>
    public string At(string name) => $"{Path}.{name}";

    /// <summary>Takes a member; false when it is not given.</summary>
    public bool TryTake(string name, out JsonElement value)
    {
        _taken.Add(name);
        return _json.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    /// <summary>Takes a member that must be there.</summary>
    public bool TryNeed(string name, out JsonElement value)
    {
        if (TryTake(name, out value))
        {
            return true;
        }

        _scope.Refuse(At(name), $"{_what} needs {name}");
        return false;
    }

    /// <summary>The one member that is not taken yet: its name is a field's. Null with a problem when there is none or several.</summary>
    public JsonProperty? TakeField()
    {
        var members = _json.EnumerateObject().Where(member => !_taken.Contains(member.Name)).ToList();
        if (members.Count != 1)
        {
            _scope.Refuse(Path, $"{_what} needs exactly one field, not {members.Count}");
            _taken.UnionWith(members.Select(member => member.Name));
            return null;
        }

        _taken.Add(members[0].Name);
        return members[0];
    }

    /// <summary>A text; null when it is not given, or with a problem when it is something else.</summary>
    public string? Text(string name)
    {
        if (!TryTake(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        _scope.Refuse(At(name), $"{name} must be a text");
        return null;
    }

    /// <summary>A boolean, also as text; the default when it is not given.</summary>
    public bool Flag(string name, bool @default)
    {
        if (!TryTake(name, out var value))
        {
            return @default;
        }

        if (DslValue.Boolean(value) is { } flag)
        {
            return flag;
        }

        _scope.Refuse(At(name), $"{name} must be true or false");
        return @default;
    }

    /// <summary>A whole number of a range, also as text; the default when it is not given.</summary>
    public int Whole(string name, int @default, int min, int max)
    {
        if (!TryTake(name, out var value))
        {
            return @default;
        }

        if (DslValue.Number(value) is { } number && number == Math.Floor(number) && number >= min && number <= max)
        {
            return (int)number;
        }

        _scope.Refuse(At(name), $"{name} must be a whole number from {min} to {max}");
        return @default;
    }

    /// <summary>A number from zero on; the default when it is not given.</summary>
    public double Factor(string name, double @default)
    {
        if (!TryTake(name, out var value))
        {
            return @default;
        }

        if (DslValue.Number(value) is >= 0 and <= float.MaxValue and var number)
        {
            return number;
        }

        _scope.Refuse(At(name), $"{name} must be a number from 0 on");
        return @default;
    }

    /// <summary>Takes members that say nothing about the answer.</summary>
    public void Pass(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _taken.Add(name);
        }
    }

    /// <summary>Takes a member that may only have one value here, which is that when it is not given.</summary>
    public void Only(string name, params ReadOnlySpan<string> allowed)
    {
        if (!TryTake(name, out var value))
        {
            return;
        }

        var given = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        foreach (var one in allowed)
        {
            if (string.Equals(one, given, StringComparison.OrdinalIgnoreCase))
            {
                return;
            }
        }

        _scope.Refuse(At(name), $"{name} of {_what} cannot be {(given.Length > 50 ? "that" : given)} here");
    }

    /// <summary>Refuses what was not taken.</summary>
    public void End()
    {
        foreach (var member in _json.EnumerateObject().Where(member => !_taken.Contains(member.Name)))
        {
            _scope.Refuse(At(member.Name), $"{_what} does not take {member.Name}");
        }
    }
}
