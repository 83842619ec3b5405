using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cartulary.Storage.Commits;

/// <summary>The JSON columns of both databases.</summary>
[JsonSerializable(typeof(ImmutableSortedDictionary<string, string>))]
[JsonSerializable(typeof(ImmutableSortedDictionary<string, int>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(Dictionary<string, int>))]
[JsonSerializable(typeof(ImmutableArray<string>))]
internal sealed partial class StoredJson : JsonSerializerContext
{
    /// <summary>Writes a request's headers.</summary>
    public static byte[] Write(ImmutableSortedDictionary<string, string> headers) =>
        JsonSerializer.SerializeToUtf8Bytes(headers, Default.ImmutableSortedDictionaryStringString);

    /// <summary>Writes the numbers of attributes.</summary>
    public static byte[] Write(ImmutableSortedDictionary<string, int> numbers) =>
        JsonSerializer.SerializeToUtf8Bytes(numbers, Default.ImmutableSortedDictionaryStringInt32);

    /// <summary>Writes a list of names.</summary>
    public static byte[] Write(ImmutableArray<string> names) => JsonSerializer.SerializeToUtf8Bytes(names, Default.ImmutableArrayString);

    /// <summary>Reads what <see cref="Write(ImmutableArray{string})"/> wrote.</summary>
    public static ImmutableArray<string> ReadNames(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Default.ImmutableArrayString);

    /// <summary>Reads what <see cref="Write(ImmutableSortedDictionary{string, string})"/> wrote.</summary>
    public static ImmutableSortedDictionary<string, string> ReadHeaders(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Default.DictionaryStringString)!.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Reads what <see cref="Write(ImmutableSortedDictionary{string, int})"/> wrote.</summary>
    public static ImmutableSortedDictionary<string, int> ReadNumbers(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Default.DictionaryStringInt32)!.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
