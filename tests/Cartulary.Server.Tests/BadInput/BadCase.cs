using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Cartulary.Server.Tests.BadInput;

/// <summary>One request that is wrong, and how it is to be refused.</summary>
/// <param name="Name">What is wrong, in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The error code; null where the web server refuses without a body.</param>
/// <param name="Paths">The places of the problems, in order; one that ends with * only begins so. Empty where none is told.</param>
/// <param name="Request">The whole request, as bytes.</param>
internal sealed partial record BadCase(string Name, int Status, string? Code, string[] Paths, byte[] Request)
{
    /// <summary>For paths: any will do.</summary>
    public const string Anywhere = "*";

    /// <summary>The cases of a file beside this one.</summary>
    public static List<BadCase> Read(string theme, IReadOnlyDictionary<string, string> names) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "BadInput", "Cases", $"{theme}.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(" |").Select(cell => cell.StartsWith(' ') ? cell[1..] : cell).ToArray())
            .Select(cells => theme switch
            {
                "values" => OfValue(cells, names),
                "bodies" => Of(cells[0], cells[1], cells[2], Post("/api/meta/entity/bulk", cells[3], names)),
                "calls" => OfCall(cells, names),
                _ => Of(cells[0], cells[1], Anywhere, Bytes(cells[2].Replace("⏎", "\r\n", StringComparison.Ordinal), names)),
            })];

    private static BadCase Of(string name, string answer, string paths, byte[] request)
    {
        var words = answer.Split(' ');
        return new BadCase(
            name, int.Parse(words[0], CultureInfo.InvariantCulture), words[1] == "-" ? null : words[1], paths.Split(", ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), request);
    }

    private static BadCase OfValue(string[] cells, IReadOnlyDictionary<string, string> names)
    {
        var (attribute, value) = (cells[0], cells[1]);
        var others = string.Concat(new[] { "name", "qualifiedName" }.Where(name => name != attribute).Select(name => $"\"{name}\":\"x\","));
        var body = $$$"""{"entities":[{"typeName":"Everything","attributes":{{{{others}}}"{{{attribute}}}":{{{value}}}}}]}""";
        var below = cells.Length > 3 ? cells[3] : "";
        return Of($"{attribute} {value}", cells[2], $"entities[0].attributes.{attribute}{below}", Post("/api/meta/entity/bulk", body, names));
    }

    private static BadCase OfCall(string[] cells, IReadOnlyDictionary<string, string> names)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Host"] = "cartulary",
            ["Connection"] = "close",
            ["Content-Type"] = "application/json",
            ["Authorization"] = $"Bearer {Hosting.Host.Key}",
        };
        if (cells.ElementAtOrDefault(4)?.Split(':', 2) is [var name, var value])
        {
            headers[name.Trim()] = value.Trim();
        }

        var body = Bytes(cells.ElementAtOrDefault(5) ?? "", names);
        if (cells.Length > 5)
        {
            headers["Content-Length"] = body.Length.ToString(CultureInfo.InvariantCulture);
        }

        var head = string.Concat(headers.Where(header => header.Value.Length > 0).Select(header => $"{header.Key}: {header.Value}\r\n"));
        return Of(cells[0], cells[1], cells[2], [.. Bytes($"{cells[3].Trim()} HTTP/1.1\r\n{head}\r\n", names), .. body]);
    }

    private static byte[] Post(string path, string body, IReadOnlyDictionary<string, string> names)
    {
        var bytes = Bytes(body, names);
        var head = $"POST {path} HTTP/1.1\r\nHost: cartulary\r\nConnection: close\r\nAuthorization: Bearer {Hosting.Host.Key}\r\nContent-Type: application/json\r\nContent-Length: {bytes.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. bytes];
    }

    /// <summary>The bytes of a text in which ‹…› stands for bytes, for a repetition, or for a name.</summary>
    private static byte[] Bytes(string text, IReadOnlyDictionary<string, string> names)
    {
        var bytes = new List<byte>();
        var at = 0;
        foreach (Match piece in Piece().Matches(text))
        {
            bytes.AddRange(Encoding.UTF8.GetBytes(text[at..piece.Index]));
            at = piece.Index + piece.Length;
            bytes.AddRange(Meaning(piece.Groups["inner"].Value, names));
        }

        bytes.AddRange(Encoding.UTF8.GetBytes(text[at..]));
        return [.. bytes];
    }

    private static byte[] Meaning(string inner, IReadOnlyDictionary<string, string> names)
    {
        if (Hexadecimal().IsMatch(inner))
        {
            return [.. inner.Split(' ').Select(two => byte.Parse(two, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))];
        }

        var star = inner.IndexOf('*', StringComparison.Ordinal);
        var text = star > 0
            ? string.Concat(Enumerable.Repeat(inner[(star + 1)..], int.Parse(inner[..star], CultureInfo.InvariantCulture)))
            : names[inner];
        return Encoding.UTF8.GetBytes(text);
    }

    [GeneratedRegex("‹(?<inner>[^›]*)›", RegexOptions.ExplicitCapture)]
    private static partial Regex Piece();

    [GeneratedRegex("^[0-9A-F]{2}( [0-9A-F]{2})*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Hexadecimal();
}
