using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Save.Read;

namespace Cartulary.Core.Save.Normalize;

/// <summary>
/// Reads labels and custom attributes. Labels and the keys of custom attributes have at most 50 characters, all letters,
/// digits, minus or underscore of ASCII; values of custom attributes have at most 500 (Apache Atlas, "Labels" and "User-defined properties").
/// </summary>
internal static class AnnotationReader
{
    private const int LongestName = 50;
    private const int LongestValue = 500;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public static ImmutableArray<string>? ReadLabels(PlanningScope scope, RequestField field, string path, string? guid)
    {
        var reader = CheckedJson.Read(field.Json.Span);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            scope.Report(ErrorCodes.BadRequest, path, "labels must be an array of texts", guid);
            return null;
        }

        var labels = new SortedSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                scope.Report(ErrorCodes.BadRequest, path, "labels must be an array of texts", guid);
                reader.Skip();
                continue;
            }

            var label = reader.GetString()!;
            CheckName(scope, label, path, guid, "label", ErrorCodes.LabelLength, ErrorCodes.LabelCharacters);
            labels.Add(label);
        }

        return [.. labels];
    }

    public static ImmutableSortedDictionary<string, string>? ReadCustomAttributes(PlanningScope scope, RequestField field, string path, string? guid)
    {
        var reader = CheckedJson.Read(field.Json.Span);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            scope.Report(ErrorCodes.BadRequest, path, "customAttributes must be an object of texts", guid);
            return null;
        }

        var custom = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (!seen.Add(key))
            {
                scope.Report(ErrorCodes.BadRequest, $"{path}.{key}", "the key is given twice", guid);
            }

            CheckName(scope, key, path, guid, "key of a custom attribute", ErrorCodes.CustomAttributeKeyLength, ErrorCodes.CustomAttributeKeyCharacters);
            if (ReadCustomValue(scope, ref reader, $"{path}.{key}", guid) is { } value)
            {
                custom[key] = value;
            }
        }

        return custom.ToImmutable();
    }

    private static string? ReadCustomValue(PlanningScope scope, ref Utf8JsonReader reader, string path, string? guid)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            scope.Report(ErrorCodes.BadRequest, path, "the value of a custom attribute must be a text", guid);
            reader.Skip();
            return null;
        }

        var value = reader.TokenType == JsonTokenType.String ? reader.GetString()! : System.Text.Encoding.UTF8.GetString(reader.ValueSpan);
        if (value.Length > LongestValue)
        {
            scope.Report(ErrorCodes.CustomAttributeValueLength, path, $"the value of a custom attribute may have {LongestValue} characters", guid);
        }

        return value;
    }

    private static void CheckName(PlanningScope scope, string name, string path, string? guid, string what, ErrorCode length, ErrorCode characters)
    {
        if (name.Length is 0 or > LongestName)
        {
            scope.Report(length, path, $"a {what} must have 1 to {LongestName} characters", guid);
        }
        else if (name.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            scope.Report(characters, path, $"a {what} may hold letters, digits, - and _ only: {name}", guid);
        }
    }
}
