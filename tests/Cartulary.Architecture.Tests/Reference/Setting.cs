using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Cartulary.Architecture.Tests.Reference;

/// <summary>One setting, as the code has it.</summary>
/// <param name="Section">Its section; empty for the top level.</param>
/// <param name="Property">The property that holds it.</param>
/// <param name="Default">The value it has when nobody gives one.</param>
/// <param name="Meaning">What its comment says.</param>
internal sealed partial record Setting(string Section, PropertyInfo Property, object? Default, string Meaning)
{
    private static readonly Assembly Server = Assembly.Load("Cartulary.Server");

    /// <summary>How it is written in a settings file and on the command line.</summary>
    public string Name => Section.Length == 0 ? Property.Name : $"{Section}:{Property.Name}";

    /// <summary>How it is written as an environment variable.</summary>
    public string Variable => Name.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Its range, if it has one.</summary>
    public RangeAttribute? Range => Property.GetCustomAttribute<RangeAttribute>();

    /// <summary>The words it may be, if only some are allowed.</summary>
    public string[] Choices =>
        Property.GetCustomAttribute<RegularExpressionAttribute>() is { } pattern && Words().IsMatch(pattern.Pattern) ? pattern.Pattern.Split('|') : [];

    /// <summary>Every setting: by section in the order of their names, the top level first, then as declared.</summary>
    public static IReadOnlyList<Setting> All()
    {
        var comments = XDocument.Load(Path.ChangeExtension(Server.Location, ".xml")).Descendants("member")
            .ToDictionary(member => (string)member.Attribute("name")!, StringComparer.Ordinal);
        return
        [
            .. from type in Server.GetTypes()
               where type.Namespace == "Cartulary.Server.Hosting" && type.Name.EndsWith("Options", StringComparison.Ordinal)
               let section = SectionOf(type)
               orderby section
               let defaults = Activator.CreateInstance(type)
               from property in type.GetProperties()
               select new Setting(section, property, property.GetValue(defaults), Text(comments[$"P:{type.FullName}.{property.Name}"])),
        ];
    }

    /// <summary>The kind of value, for people.</summary>
    public string Kind() => (Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType) switch
    {
        var type when type == typeof(bool) => "true or false",
        var type when type == typeof(int) || type == typeof(long) => "whole number",
        var type when type == typeof(double) => "number",
        var type when type == typeof(string) => "text",
        var type when type.IsArray || typeof(System.Collections.IEnumerable).IsAssignableFrom(type) => "list",
        var type => type.Name,
    };

    /// <summary>The default, for people.</summary>
    public string DefaultText() => Default switch
    {
        null or "" => "",
        string text => $"`{text}`",
        bool flag => flag ? "`true`" : "`false`",
        System.Collections.IEnumerable list => string.Join(", ", list.Cast<object>().Select(item => $"`{item}`")),
        var number => string.Create(CultureInfo.InvariantCulture, $"{number:#,0.#####}"),
    };

    /// <summary>What values are allowed, for people.</summary>
    public string RangeText() => Range is { } range
        ? string.Create(CultureInfo.InvariantCulture, $"{range.Minimum:#,0.#####} to {range.Maximum:#,0.#####}")
        : string.Join(", ", Choices.Select(choice => $"`{choice}`"));

    private static string SectionOf(Type options) => options.Name switch
    {
        "ServerOptions" => "",
        "JobOptions" => "Jobs",
        "LimitOptions" => "Limits",
        "SecretOptions" => "Secrets",
        "WebhookOptions" => "Webhooks",
        var name => name[..^"Options".Length],
    };

    private static string Text(XElement member)
    {
        var text = Spaces().Replace(member.Element("summary")!.Value, " ").Trim();
        return PlainDefault().Replace(text, "");
    }

    [GeneratedRegex(@"^\w+(\|\w+)*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Words();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    /// <summary>A last sentence that says no more than the column beside it.</summary>
    [GeneratedRegex(@" The default is [\w,/:.-]+( \([^)]*\))?\.$", RegexOptions.ExplicitCapture)]
    private static partial Regex PlainDefault();
}
