using System.Net.Http.Headers;
using System.Text;

namespace Cartulary.Server.Auth;

/// <summary>
/// Finds the key in an Authorization header: Bearer, or Basic with the key as the password of any user, or as the user where
/// there is no password.
/// </summary>
internal static class Credentials
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The key, or null when the header has none.</summary>
    public static string? KeyOf(string? authorization)
    {
        if (!AuthenticationHeaderValue.TryParse(authorization, out var header))
        {
            return BearerText(authorization);
        }

        return header.Scheme.ToUpperInvariant() switch
        {
            "BEARER" => NotEmpty(header.Parameter),
            "BASIC" => Password(header.Parameter),
            _ => null,
        };
    }

    // A key may be any text, also one that the header's grammar does not allow.
    private static string? BearerText(string? authorization) =>
        authorization?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) == true ? NotEmpty(authorization["Bearer ".Length..].Trim()) : null;

    private static string? Password(string? parameter)
    {
        var bytes = new byte[parameter?.Length ?? 0];
        if (!Convert.TryFromBase64String(parameter ?? "", bytes, out var count))
        {
            return null;
        }

        try
        {
            var text = Strict.GetString(bytes, 0, count);
            return text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? NotEmpty(text[(colon + 1)..]) ?? NotEmpty(text[..colon]) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
