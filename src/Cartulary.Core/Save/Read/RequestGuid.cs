using System.Diagnostics.CodeAnalysis;

namespace Cartulary.Core.Save.Read;

/// <summary>
/// A guid as a request writes it: a real one, or one that begins with a minus sign and stands for an asset within this
/// request only. Equality is by text for local guids and by value for real ones.
/// </summary>
public readonly record struct RequestGuid
{
    private RequestGuid(string text, Guid? real)
    {
        Text = text;
        Real = real;
    }

    /// <summary>The text as given; real guids in lower case.</summary>
    public string Text { get; }

    /// <summary>The real guid, or null for a local one.</summary>
    public Guid? Real { get; }

    /// <summary>A real guid.</summary>
    public static RequestGuid From(Guid guid) => new(guid.ToString("D"), guid);

    /// <summary>Reads a guid; false when the text is neither a real guid in its usual 36 characters nor a local one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RequestGuid guid)
    {
        guid = default;
        if (string.IsNullOrEmpty(text) || text.Length > 100)
        {
            return false;
        }

        if (text[0] == '-')
        {
            guid = new RequestGuid(text, null);
            return true;
        }

        if (!TryParseReal(text, out var real))
        {
            return false;
        }

        guid = From(real);
        return true;
    }

    /// <summary>Reads a real guid in its usual 36 characters, in any case; no other spelling of it.</summary>
    public static bool TryParseReal([NotNullWhen(true)] string? text, out Guid guid) =>
        Guid.TryParseExact(text, "D", out guid) && guid.ToString("D").Equals(text, StringComparison.OrdinalIgnoreCase);
}
