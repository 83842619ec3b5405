using System.Globalization;
using Cartulary.Core.Query;
using Cartulary.Server.Http;

namespace Cartulary.Server.Endpoints.Assets;

/// <summary>Reads which moment of the past a query asks for; what is wrong goes to the query's problems.</summary>
internal static class PastQuery
{
    private const string Version = "version";
    private const string Time = "asOf";
    private const string Sequence = "asOfSequence";

    /// <summary>The moment of <c>version</c>, <c>asOf</c> or <c>asOfSequence</c>, and which of them it was; now when none is given.</summary>
    public static (Moment Moment, string Parameter) Read(QueryReader query)
    {
        (string Name, string? Text)[] all = [(Version, query.Text(Version)), (Time, query.Text(Time)), (Sequence, query.Text(Sequence))];
        var given = Array.FindAll(all, parameter => parameter.Text is not null);
        if (given.Length > 1)
        {
            query.Refuse(given[1].Name, $"{given[0].Name} and {given[1].Name} exclude each other");
        }

        return given is [var (name, text), ..] ? (Parse(query, name, text!), name) : (Moment.Now, "");
    }

    /// <summary>The same for several assets, which have no version in common.</summary>
    public static (Moment Moment, string Parameter) ReadForMany(QueryReader query)
    {
        if (query.Text(Version) is not null)
        {
            query.Refuse(Version, "version names a state of one asset; several are read with asOf");
        }

        return Read(query);
    }

    /// <summary>A moment given as a version or a time; null when it is absent.</summary>
    public static Moment? Bound(QueryReader query, string name) => query.Text(name) switch
    {
        null => null,
        var text when Number(text) is { } version => new Moment.AtVersion(version),
        var text when Moment.TryParseTime(text, out var time) => new Moment.AtTime(time),
        var text => Refused(query, name, $"{name} must be a version or a time in ISO 8601, not {text}"),
    };

    /// <summary>A version from 1 on, or null when it is absent.</summary>
    public static long? Below(QueryReader query, string name)
    {
        var text = query.Text(name);
        var version = text is null ? null : Number(text);
        if (text is not null && version is null or 0)
        {
            query.Refuse(name, $"{name} must be a version from 1 on, not {text}");
        }

        return version;
    }

    private static Moment Parse(QueryReader query, string name, string text)
    {
        if (name == Time)
        {
            return Moment.TryParseTime(text, out var time)
                ? new Moment.AtTime(time)
                : Refused(query, name, $"{name} must be milliseconds since 1970 or ISO 8601, not {text}");
        }

        return Number(text) switch
        {
            null => Refused(query, name, $"{name} must be a whole number, not {text}"),
            { } number => name == Version ? new Moment.AtVersion(number) : new Moment.AtSequence(number),
        };
    }

    private static Moment Refused(QueryReader query, string name, string message)
    {
        query.Refuse(name, message);
        return Moment.Now;
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
