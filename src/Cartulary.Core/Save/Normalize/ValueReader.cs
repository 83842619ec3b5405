using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Normalize;

/// <summary>
/// Reads one JSON value as a value of a type, in canonical form. Every accepted spelling of a value gives the same bytes;
/// null and empty give no value at all.
/// </summary>
internal sealed partial class ValueReader
{
    private const int LongestShown = 60;

    private readonly CanonicalWriter _writer = new();
    private readonly List<string> _path = [];
    private readonly Action<ErrorCode, string, string> _report;
    private ValueLimits _limits;
    private int _mistakes;

    /// <summary>Creates a reader that reports mistakes with a code, a path below the value (may be empty) and a text.</summary>
    public ValueReader(Action<ErrorCode, string, string> report) => _report = report;

    /// <summary>Reads one value; for callers that read only one.</summary>
    public static CanonicalValue? Read(ReadOnlySpan<byte> json, DataType type, ValueLimits limits, Action<string, string> report) =>
        new ValueReader((_, path, message) => report(path, message)).Read(json, type, limits);

    /// <summary>The canonical value, or null when the JSON stands for no value or was reported as wrong.</summary>
    public CanonicalValue? Read(ReadOnlySpan<byte> json, DataType type, ValueLimits limits)
    {
        _limits = limits;
        _writer.Truncate(0);
        _path.Clear();
        var reader = CheckedJson.Read(json);
        reader.Read();
        return ReadValue(ref reader, type, isElement: false) ? _writer.ToValue() : null;
    }

    /// <summary>Writes the value at the reader's token; false when there is none. Leaves the reader on the value's last token.</summary>
    private bool ReadValue(ref Utf8JsonReader reader, DataType type, bool isElement)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return false;
        }

        return type switch
        {
            PrimitiveType primitive => ReadPrimitive(ref reader, primitive, isElement),
            EnumType enumType => ReadEnum(ref reader, enumType),
            ArrayType array => ReadArray(ref reader, array),
            MapType map => ReadMap(ref reader, map),
            StructType structType => ReadStruct(ref reader, structType),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such kind of type."),
        };
    }

    private bool ReadPrimitive(ref Utf8JsonReader reader, PrimitiveType type, bool isElement)
    {
        if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            return Invalid(ref reader, type);
        }

        return type.Kind switch
        {
            PrimitiveKind.String => ReadText(ref reader, isElement),
            PrimitiveKind.Boolean => ReadBoolean(ref reader, type),
            _ => ReadNumber(ref reader, type),
        };
    }

    /// <summary>An empty text is no value, except as an element of a collection, where it is one like any other.</summary>
    private bool ReadText(ref Utf8JsonReader reader, bool isElement)
    {
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False || reader.TokenType == JsonTokenType.Number)
        {
            return TextWithinLimit(reader.ValueSpan) && WriteText(reader.ValueSpan);
        }

        if (reader.ValueSpan.IsEmpty && !isElement)
        {
            return false;
        }

        if (!reader.ValueIsEscaped)
        {
            return TextWithinLimit(reader.ValueSpan) && WriteText(reader.ValueSpan);
        }

        var rented = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            return TryUnescape(ref reader, rented, out var length)
                ? TextWithinLimit(rented.AsSpan(0, length)) && WriteText(rented.AsSpan(0, length))
                : Report(ErrorCodes.BadRequest, "the text holds half of a surrogate pair");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private bool WriteText(ReadOnlySpan<byte> utf8)
    {
        _writer.WriteString(utf8);
        return true;
    }

    private bool TextWithinLimit(ReadOnlySpan<byte> utf8) =>
        utf8.Length <= _limits.TextLength
        || Encoding.UTF8.GetCharCount(utf8) <= _limits.TextLength
        || Report(ErrorCodes.InvalidValue, $"the text is longer than {_limits.TextLength.ToString(CultureInfo.InvariantCulture)} characters");

    private bool ReadBoolean(ref Utf8JsonReader reader, PrimitiveType type)
    {
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            _writer.WriteBoolean(reader.TokenType == JsonTokenType.True);
            return true;
        }

        if (reader.TokenType == JsonTokenType.String
            && TryText(ref reader, out var text)
            && (text.Equals(bool.TrueString, StringComparison.OrdinalIgnoreCase) || text.Equals(bool.FalseString, StringComparison.OrdinalIgnoreCase)))
        {
            _writer.WriteBoolean(text.Length == bool.TrueString.Length);
            return true;
        }

        return Invalid(ref reader, type);
    }

    private bool ReadEnum(ref Utf8JsonReader reader, EnumType type)
    {
        if (reader.TokenType == JsonTokenType.String && TryText(ref reader, out var text))
        {
            if (text.Length == 0)
            {
                return false;
            }

            if (type.Contains(text))
            {
                _writer.WriteString(text);
                return true;
            }
        }

        return Invalid(ref reader, type);
    }

    /// <summary>The text of a string token; false when it holds half of a surrogate pair.</summary>
    private static bool TryText(ref Utf8JsonReader reader, out string text)
    {
        try
        {
            text = reader.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }

    private static bool TryUnescape(ref Utf8JsonReader reader, Span<byte> target, out int length)
    {
        try
        {
            length = reader.CopyString(target);
            return true;
        }
        catch (InvalidOperationException)
        {
            length = 0;
            return false;
        }
    }

    private bool Invalid(ref Utf8JsonReader reader, DataType type)
    {
        var shown = reader.TokenType switch
        {
            JsonTokenType.StartArray => "[…]",
            JsonTokenType.StartObject => "{…}",
            _ => ProblemList.Shorten(Encoding.UTF8.GetString(reader.ValueSpan), LongestShown),
        };
        reader.Skip();
        return Report(ErrorCodes.InvalidAttributes, $"{shown}: invalid value for type {type.Name}");
    }

    private bool Report(ErrorCode code, string message)
    {
        _mistakes++;
        _report(code, string.Concat(_path), message);
        return false;
    }
}
