using System.Text;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Cartulary.Cli.Sources.Postgres;

/// <summary>
/// Understands how people name a PostgreSQL database: a URL, <c>key=value</c> pairs as psql takes them, or nothing, which
/// leaves it to the environment. No message repeats what it was given, since that may hold a password.
/// </summary>
internal static class PostgresAddress
{
    private static readonly Dictionary<string, string> Keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["host"] = "Host",
        ["hostaddr"] = "Host",
        ["port"] = "Port",
        ["dbname"] = "Database",
        ["user"] = "Username",
        ["password"] = "Password",
        ["passfile"] = "Passfile",
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password",
        ["connect_timeout"] = "Timeout",
        ["options"] = "Options",
        ["client_encoding"] = "Client Encoding",
        ["application_name"] = "Application Name",
        ["target_session_attrs"] = "Target Session Attributes",
    };

    /// <summary>The address of a database. What it does not say is taken from PGHOST, PGPORT, PGDATABASE, PGUSER and PGPASSWORD.</summary>
    /// <param name="text">What the user gave, or null.</param>
    /// <param name="password">A password that wins over any other, or null.</param>
    /// <param name="environment">The environment.</param>
    /// <exception cref="FormatException">It is not understood, or says too little.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string? text, string? password, IConfiguration environment)
    {
        var address = new NpgsqlConnectionStringBuilder
        {
            Pooling = false,
            ApplicationName = "cartulary crawl",
            Timeout = 15,
            CommandTimeout = 0,
            TcpKeepAlive = true,
        };
        var pairs = Pairs(text ?? "").ToList();
        foreach (var (keyword, value) in pairs)
        {
            Set(address, keyword, value);
        }

        address.Host ??= environment["PGHOST"] ?? "localhost";
        address.Username ??= environment["PGUSER"] ?? environment["USER"];
        address.Database ??= environment["PGDATABASE"] ?? address.Username;
        address.Password = password ?? address.Password ?? environment["PGPASSWORD"];
        if (!pairs.Exists(pair => pair.Keyword.Equals("port", StringComparison.OrdinalIgnoreCase)) && environment["PGPORT"] is { Length: > 0 } port)
        {
            Set(address, "port", port);
        }

        return address.Database is { Length: > 0 } ? address : throw new FormatException("no database is named");
    }

    private static IEnumerable<(string Keyword, string Value)> Pairs(string text) =>
        text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal) ? UrlPairs(text) : WordPairs(text);

    private static void Set(NpgsqlConnectionStringBuilder address, string keyword, string value)
    {
        if (!Keywords.TryGetValue(keyword, out var name))
        {
            throw new FormatException($"\"{keyword}\" is not a parameter of a connection that is known here");
        }

        try
        {
            address[name] = name == "SSL Mode" || name == "Target Session Attributes" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }
        catch (Exception mistake) when (mistake is ArgumentException or FormatException or OverflowException or KeyNotFoundException)
        {
            throw new FormatException($"the value of {keyword} is not understood", mistake);
        }
    }

    // By hand, since a host may be left out or be a list, which System.Uri refuses.
    private static IEnumerable<(string Keyword, string Value)> UrlPairs(string url)
    {
        var rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var (path, query) = Cut(rest, '?');
        var (authority, database) = Cut(path, '/');
        var at = authority.LastIndexOf('@');
        var (user, password) = Cut(at < 0 ? "" : authority[..at], ':');
        var place = authority[(at + 1)..];
        var colon = place.LastIndexOf(':');
        var hasPort = colon >= 0 && colon > place.LastIndexOf(']');
        var pairs = new List<(string, string)>
        {
            ("user", Decoded(user)), ("password", Decoded(password)), ("dbname", Decoded(database)),
            ("host", Decoded((hasPort ? place[..colon] : place).Trim('[', ']'))), ("port", hasPort ? place[(colon + 1)..] : ""),
        };
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (keyword, value) = Cut(pair, '=');
            pairs.Add((Decoded(keyword), Decoded(value)));
        }

        return pairs.Where(pair => pair.Item2.Length > 0);
    }

    private static (string Before, string After) Cut(string text, char at) =>
        text.IndexOf(at) is >= 0 and var place ? (text[..place], text[(place + 1)..]) : (text, "");

    private static string Decoded(string text) => Uri.UnescapeDataString(text);

    private static List<(string Keyword, string Value)> WordPairs(string text)
    {
        var pairs = new List<(string, string)>();
        for (var position = 0; SkipSpace(text, ref position);)
        {
            var equals = text.IndexOf('=', position);
            if (equals < 0)
            {
                throw new FormatException("a database is named by a URL (postgres://user@host/database) or by pairs (host=… dbname=…)");
            }

            var keyword = text[position..equals].Trim();
            position = equals + 1;
            SkipSpace(text, ref position);
            pairs.Add((keyword, ReadWord(text, ref position)));
        }

        return pairs;
    }

    // A value with spaces stands in single quotes; a backslash makes the next character one of the value.
    private static string ReadWord(string text, ref int position)
    {
        var value = new StringBuilder();
        var isQuoted = position < text.Length && text[position] == '\'';
        for (position += isQuoted ? 1 : 0; position < text.Length && (isQuoted ? text[position] != '\'' : !char.IsWhiteSpace(text[position])); position++)
        {
            position += text[position] == '\\' && position + 1 < text.Length ? 1 : 0;
            value.Append(text[position]);
        }

        if (isQuoted && position++ >= text.Length)
        {
            throw new FormatException("a quotation mark is not closed");
        }

        return value.ToString();
    }

    private static bool SkipSpace(string text, ref int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        return position < text.Length;
    }
}
