using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cartulary.Core.Types;

/// <summary>An attribute of a set of custom metadata, with what its options say of where it applies and which texts it takes.</summary>
public sealed class BusinessAttribute
{
    private readonly Lazy<Regex?> _pattern;

    internal BusinessAttribute(BusinessMetadataType set, AssetAttribute attribute)
    {
        Set = set;
        Attribute = attribute;
        ApplicableEntityTypes = NamesIn(Option("applicableEntityTypes"), attribute);
        MaxStrLength = LengthIn(Option("maxStrLength"), attribute);
        _pattern = new Lazy<Regex?>(() => ValidPattern is { } pattern ? PatternOf(pattern) : null);
    }

    /// <summary>The set that declares it.</summary>
    public BusinessMetadataType Set { get; }

    /// <summary>The attribute itself: its number, type and default.</summary>
    public AssetAttribute Attribute { get; }

    /// <summary>A number that stands for the attribute in stored values.</summary>
    public int Id => Attribute.Id;

    /// <summary>The attribute's name, which may be one that the server made up.</summary>
    public string Name => Attribute.Name;

    /// <summary>The name for people.</summary>
    public string DisplayName => Attribute.Definition.DisplayName ?? Attribute.Name;

    /// <summary>The type of its values: an array when it takes several.</summary>
    public DataType Type => Attribute.Type;

    /// <summary>The asset types whose assets may have it, subtypes included; empty for none.</summary>
    public ImmutableArray<string> ApplicableEntityTypes { get; }

    /// <summary>Longest text of a value, in UTF-16 code units; null when the option is not given.</summary>
    public int? MaxStrLength { get; }

    /// <summary>The regular expression that a whole text must match; null for none.</summary>
    public string? ValidPattern => Option("validPattern") is { Length: > 0 } pattern ? pattern : null;

    /// <summary>True when it takes no new values.</summary>
    public bool IsArchived => bool.TryParse(Option("isArchived"), out var archived) && archived;

    /// <summary>Whether assets of a type may have it.</summary>
    public bool AppliesTo(EntityType type) => ApplicableEntityTypes.Any(type.Is);

    /// <summary>Whether a text is short enough and matches the pattern; the time it takes grows with the text only.</summary>
    public bool Allows(string text) => !(text.Length > MaxStrLength) && _pattern.Value?.IsMatch(text) != false;

    /// <summary>An option as it was given, or null.</summary>
    public string? Option(string name) => Attribute.Definition.Options?.GetValueOrDefault(name);

    /// <inheritdoc/>
    public override string ToString() => $"{Set.Name}.{Name}";

    /// <summary>The names in an option that is a JSON array as text; none when it is not given.</summary>
    /// <exception cref="InvalidTypeException">It is something else.</exception>
    private static ImmutableArray<string> NamesIn(string? option, AssetAttribute attribute)
    {
        try
        {
            return string.IsNullOrWhiteSpace(option) ? [] : JsonSerializer.Deserialize(option, TypeDefJson.Default.ImmutableArrayString);
        }
        catch (JsonException)
        {
            throw new InvalidTypeException($"{attribute}: the option applicableEntityTypes must be a JSON array of names, as text.");
        }
    }

    private static int? LengthIn(string? option, AssetAttribute attribute) =>
        string.IsNullOrWhiteSpace(option) ? null
        : int.TryParse(option, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length
        : throw new InvalidTypeException($"{attribute}: the option maxStrLength must be a number, as text.");

    /// <summary>The expression around a whole text. It never goes back in the text, so that no pattern can keep the server busy.</summary>
    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    /// <exception cref="NotSupportedException">It can only be matched by going back.</exception>
    internal static Regex PatternOf(string pattern) => new($"^(?:{pattern})\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
