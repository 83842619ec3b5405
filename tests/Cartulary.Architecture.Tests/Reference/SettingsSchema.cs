using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cartulary.Architecture.Tests.Reference;

/// <summary>The JSON schema of <c>appsettings.json</c>, for editors that complete and check.</summary>
internal static class SettingsSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it.</summary>
    public static string Of(IReadOnlyList<Setting> settings)
    {
        var properties = new JsonObject { ["$schema"] = new JsonObject { ["type"] = "string" } };
        foreach (var section in settings.GroupBy(setting => setting.Section, StringComparer.Ordinal))
        {
            var own = section.Select(setting => KeyValuePair.Create(setting.Property.Name, (JsonNode?)Schema(setting)));
            if (section.Key.Length > 0)
            {
                properties[section.Key] = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = new JsonObject(own) };
                continue;
            }

            foreach (var (name, schema) in own)
            {
                properties[name] = schema;
            }
        }

        foreach (var section in (ReadOnlySpan<string>)["Logging", "Kestrel"])
        {
            properties[section] = new JsonObject { ["type"] = "object", ["description"] = $"The section {section} of ASP.NET Core." };
        }

        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Settings of Cartulary",
            ["type"] = "object",
            ["properties"] = properties,
        }.ToJsonString(Indented);
    }

    private static JsonObject Schema(Setting setting)
    {
        var schema = new JsonObject { ["type"] = TypeOf(setting.Kind()), ["description"] = setting.Meaning };
        if (setting.Range is { } range)
        {
            schema["minimum"] = JsonSerializer.SerializeToNode(range.Minimum);
            schema["maximum"] = JsonSerializer.SerializeToNode(range.Maximum);
        }

        if (setting.Choices is { Length: > 0 } choices)
        {
            schema["enum"] = JsonSerializer.SerializeToNode(choices);
        }

        if (setting.Default is not null)
        {
            schema["default"] = JsonSerializer.SerializeToNode(setting.Default, setting.Property.PropertyType);
        }

        return schema;
    }

    private static string TypeOf(string kind) => kind switch
    {
        "true or false" => "boolean",
        "whole number" => "integer",
        "number" => "number",
        "list" => "array",
        _ => "string",
    };
}
