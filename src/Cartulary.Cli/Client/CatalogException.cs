using System.Collections.Immutable;
using System.Net;
using System.Text.Json;

namespace Cartulary.Cli.Client;

/// <summary>The server refused a request or could not do it.</summary>
internal sealed class CatalogException : Exception
{
    private CatalogException(HttpStatusCode status, string code, string message, ImmutableArray<CatalogProblem> problems)
        : base(message)
    {
        Status = status;
        Code = code;
        Problems = problems;
    }

    /// <summary>The status of the answer.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>The server's code for the refusal; empty when the answer had none.</summary>
    public string Code { get; }

    /// <summary>Everything that is wrong with the request; may be empty.</summary>
    public ImmutableArray<CatalogProblem> Problems { get; }

    /// <summary>Whether the key is missing, unknown or may not do this.</summary>
    public bool IsDenied => Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;

    /// <summary>Whether the same request may succeed a little later.</summary>
    public bool IsTransient => Status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway
        or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>What an answer other than 200 says. Anything that is not JSON is taken as its message.</summary>
    public static CatalogException From(HttpStatusCode status, string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object)
            {
                return new(status, root.Text("errorCode") ?? "", root.Text("errorMessage") ?? Unexplained(status), ReadProblems(root));
            }
        }
        catch (JsonException)
        {
            // A proxy in between answers in HTML or plain text.
        }

        return new(status, "", body.Length is > 0 and <= 500 ? $"{Unexplained(status)}: {body}" : Unexplained(status), []);
    }

    private static string Unexplained(HttpStatusCode status) => $"the server answered {(int)status} {status}";

    private static ImmutableArray<CatalogProblem> ReadProblems(JsonElement root) =>
        [.. root.Items("problems").Select(item =>
            new CatalogProblem(item.Text("code") ?? "", item.Text("path") ?? "", item.Text("message") ?? ""))];
}
