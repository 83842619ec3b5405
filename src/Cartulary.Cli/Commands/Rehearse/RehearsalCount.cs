using System.Buffers;
using System.Text;
using System.Text.Json;
using Cartulary.Cli.Client;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Rehearse;

/// <summary>Counts of events, added up over several answers of the server.</summary>
internal sealed class RehearsalCount
{
    private const int MostShown = 20;
    private static readonly string[] Parts = ["operations", "types", "attributes", "actors"];
    private readonly Dictionary<string, Dictionary<string, long>> _counts = Parts.ToDictionary(part => part, _ => new Dictionary<string, long>(StringComparer.Ordinal), StringComparer.Ordinal);
    private long? _first;
    private long _last;
    private long _matched;

    /// <summary>Adds an answer.</summary>
    public void Add(JsonElement page)
    {
        _first ??= page.Number("after") ?? 0;
        _last = page.Number("next") ?? _last;
        _matched += page.Number("matched") ?? 0;
        foreach (var part in Parts)
        {
            foreach (var member in page.Members(part))
            {
                _counts[part][member.Name] = _counts[part].GetValueOrDefault(member.Name) + member.Value.GetInt64();
            }
        }
    }

    /// <summary>For people: the sum, then each part, the largest numbers first.</summary>
    public IEnumerable<TextLine> Lines()
    {
        var examined = _last - (_first ?? 0);
        yield return TextLine.Of($"{ValueText.Count(_matched)} of {ValueText.Count(examined)} events", Tone.Strong)
            .With($"  #{(_first ?? 0) + 1} to #{_last}", Tone.Faint);
        foreach (var part in Parts.Where(part => _counts[part].Count > 0))
        {
            yield return TextLine.Of(part);
            foreach (var (name, count) in Sorted(part).Take(MostShown))
            {
                yield return TextLine.Of($"  {ValueText.Count(count),12}  {ValueText.Printable(name)}");
            }

            if (_counts[part].Count > MostShown)
            {
                yield return TextLine.Of($"  … and {ValueText.Count(_counts[part].Count - MostShown)} more", Tone.Faint);
            }
        }
    }

    /// <summary>For programs.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("after"u8, _first ?? 0);
            writer.WriteNumber("next"u8, _last);
            writer.WriteNumber("matched"u8, _matched);
            foreach (var part in Parts)
            {
                writer.WriteStartObject(part);
                foreach (var (name, count) in Sorted(part))
                {
                    writer.WriteNumber(name, count);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private IOrderedEnumerable<KeyValuePair<string, long>> Sorted(string part) =>
        _counts[part].OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal);
}
