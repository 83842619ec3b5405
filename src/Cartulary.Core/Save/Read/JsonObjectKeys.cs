using System.Text.Json;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Read;

/// <summary>Reads the keys of objects as shared strings and notices those given twice. Reused over a whole request.</summary>
internal sealed class JsonObjectKeys(NameTable names)
{
    private readonly Stack<HashSet<string>> _free = new();

    /// <summary>Starts an object; give the set back with <see cref="Leave"/>.</summary>
    public HashSet<string> Enter() => _free.TryPop(out var seen) ? seen : new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Ends an object.</summary>
    public void Leave(HashSet<string> seen)
    {
        seen.Clear();
        _free.Push(seen);
    }

    /// <summary>The key at the reader's token.</summary>
    public string Read(ref Utf8JsonReader reader) =>
        (reader.ValueIsEscaped ? null : names.Find(reader.ValueSpan)) ?? reader.GetString()!;

    /// <summary>The shared string for a known name, or null.</summary>
    public string? Find(ReadOnlySpan<byte> utf8) => names.Find(utf8);
}
