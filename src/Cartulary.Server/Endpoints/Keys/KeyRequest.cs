using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Server.Auth;
using Cartulary.Server.Http;

namespace Cartulary.Server.Endpoints.Keys;

/// <summary>What a request for a new key says.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Role">What its holder may do.</param>
internal sealed record KeyRequest(string Name, string Role)
{
    /// <summary>Longest name, in UTF-16 code units.</summary>
    public const int NameLength = 100;

    /// <summary>
    /// Reads <c>{"name":…,"role":…}</c>; null with all that is wrong. Members that are not known are refused: whoever asks for
    /// a limit on a key must not get one without it.
    /// </summary>
    public static KeyRequest? Read(ReadOnlyMemory<byte> body, out ImmutableArray<Problem> problems)
    {
        var found = new ProblemList();
        var request = JsonObjectBody.Parse(body, found) is { } json ? Read(json, found) : null;
        problems = found.ToImmutable();
        return problems.IsEmpty ? request : null;
    }

    private static KeyRequest Read(JsonElement json, ProblemList problems)
    {
        foreach (var member in json.EnumerateObject().Where(member => member.Name is not ("name" or "role")))
        {
            problems.Add(new Problem(ErrorCodes.InvalidParameters, member.Name, $"invalid parameters: a key has no {member.Name}"));
        }

        var name = JsonObjectBody.Text(json, "name") ?? "";
        if (name.Length is 0 or > NameLength || name.Any(char.IsControl) || name != name.Trim())
        {
            problems.Add(new Problem(
                ErrorCodes.InvalidParameters,
                "name",
                $"invalid parameters: name must be a text of 1 to {NameLength} characters, without control characters and without spaces at its ends"));
        }

        var role = JsonObjectBody.Text(json, "role") ?? "";
        if (!KeyRoles.All.Contains(role))
        {
            problems.Add(new Problem(ErrorCodes.InvalidParameters, "role", $"invalid parameters: role must be one of {string.Join(", ", KeyRoles.All)}"));
        }

        return new KeyRequest(name, role);
    }
}
