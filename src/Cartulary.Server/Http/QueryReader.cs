using System.Collections.Immutable;
using System.Globalization;
using Cartulary.Core.Errors;
using Cartulary.Core.Save.Read;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Cartulary.Server.Http;

/// <summary>
/// Reads the parameters of a query and collects all that is wrong with them. Keys that nobody asks for are passed over; a
/// key that is given twice with different values, where one is meant, is a mistake.
/// </summary>
internal sealed class QueryReader(IQueryCollection query)
{
    private const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
    private readonly ProblemList _problems = new();

    /// <summary>What is wrong so far.</summary>
    public ImmutableArray<Problem> Problems => _problems.ToImmutable();

    /// <summary>The value of a key, or null when it is absent or wrong.</summary>
    public string? Text(string name)
    {
        var text = One(name, query[name]);
        if (text?.Contains('\0', StringComparison.Ordinal) != true)
        {
            return text;
        }

        // The parsers of numbers and booleans would pass over it.
        Refuse(name, $"{name} must not hold a NUL");
        return null;
    }

    /// <summary>A boolean in any case; false when it is absent.</summary>
    public bool Flag(string name)
    {
        if (Text(name) is not { } text)
        {
            return false;
        }

        if (!bool.TryParse(text, out var value))
        {
            Refuse(name, $"{name} must be true or false, not {text}");
        }

        return value;
    }

    /// <summary>A whole number of at least <paramref name="min"/>, cut to <paramref name="max"/>; the default when it is absent.</summary>
    public int Number(string name, int @default, int min, int max)
    {
        if (Text(name) is not { } text)
        {
            return @default;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < min)
        {
            Refuse(name, $"{name} must be a whole number from {min} on, not {text}");
            return @default;
        }

        return (int)Math.Min(value, max);
    }

    /// <summary>A place that a caller goes on after, from 0; 0 when it is absent.</summary>
    public long Place(string name)
    {
        if (Text(name) is not { } text)
        {
            return 0;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            Refuse(name, $"{name} must be a whole number from 0 on, not {text}");
        }

        return value;
    }

    /// <summary>The values of a key that may be repeated and may hold several, separated by commas.</summary>
    public ImmutableArray<string> List(string name) =>
        [.. query[name].SelectMany(text => text!.Split(',', Trimmed)).Distinct(StringComparer.Ordinal)];

    /// <summary>The values of a key that may be repeated, each whole: commas are part of them.</summary>
    public ImmutableArray<string> Whole(string name) => [.. query[name].OfType<string>().Where(text => text.Length > 0).Distinct(StringComparer.Ordinal)];

    /// <summary>Guids that may be repeated and separated by commas, without repeats.</summary>
    public ImmutableArray<Guid> Guids(string name)
    {
        var guids = ImmutableArray.CreateBuilder<Guid>();
        foreach (var text in List(name))
        {
            if (RequestGuid.TryParseReal(text, out var guid))
            {
                guids.Add(guid);
            }
            else
            {
                _problems.Add(new Problem(ErrorCodes.InvalidParameters, name, $"invalid parameters: {text} is not a guid", text));
            }
        }

        return [.. guids.Distinct()];
    }

    /// <summary>The one key that begins with a prefix, without it, and its value; null with a problem when there is not exactly one.</summary>
    public KeyValuePair<string, string>? Prefixed(string prefix)
    {
        var keys = query.Where(pair => pair.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).ToList();
        if (keys.Count != 1)
        {
            Refuse(prefix, $"exactly one parameter {prefix}NAME=VALUE is needed, not {keys.Count}");
            return null;
        }

        var name = keys[0].Key[prefix.Length..];
        return One(keys[0].Key, keys[0].Value) is { Length: > 0 } value && name.Length > 0 ? new(name, value) : Missing(keys[0].Key);
    }

    /// <summary>
    /// The names and values of <c>PREFIX0:NAME=VALUE&amp;PREFIX1:NAME=VALUE…</c>, by their numbers, which may leave some out. A
    /// number with two names is a mistake.
    /// </summary>
    public ImmutableArray<KeyValuePair<string, string>> Numbered(string prefix)
    {
        var found = new SortedDictionary<int, KeyValuePair<string, string>>();
        foreach (var (key, values) in query.Where(pair => pair.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        {
            var colon = key.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || !int.TryParse(key.AsSpan(prefix.Length..colon), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                Refuse(key, $"{key} must be {prefix}NUMBER:NAME");
            }
            else if (One(key, values) is not { Length: > 0 } value || colon == key.Length - 1)
            {
                Missing(key);
            }
            else if (!found.TryAdd(number, new(key[(colon + 1)..], value)))
            {
                Refuse(key, $"{prefix}{number} is given with two names; one is enough to find an asset");
            }
        }

        return [.. found.Values];
    }

    /// <summary>Notes that a parameter is wrong.</summary>
    public void Refuse(string name, string message) => Refuse(ErrorCodes.InvalidParameters, name, $"invalid parameters: {message}");

    /// <summary>Notes a problem of another kind.</summary>
    public void Refuse(ErrorCode code, string name, string message) => _problems.Add(new Problem(code, name, message));

    private KeyValuePair<string, string>? Missing(string name)
    {
        Refuse(name, $"{name} needs a value");
        return null;
    }

    private string? One(string name, StringValues values)
    {
        if (values.Distinct(StringComparer.OrdinalIgnoreCase).Count() > 1)
        {
            Refuse(name, $"{name} is given twice, with different values");
        }

        return values.Count == 0 ? null : values[0];
    }
}
