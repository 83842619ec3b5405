using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Exchange;

/// <summary>
/// What there is of an export that is not whole: its lines in <c>FILE.part</c>, and beside them in <c>FILE.part.json</c> of which
/// moment they are, so that they can be gone on with.
/// </summary>
internal sealed class ExportPart
{
    private readonly string _moments;

    private ExportPart(string file)
    {
        Path = $"{file}.part";
        _moments = $"{file}.part.json";
    }

    /// <summary>Where its lines are.</summary>
    public string Path { get; }

    /// <summary>The moment that it shows; null where it cannot be gone on with.</summary>
    public string? Moment { get; private set; }

    /// <summary>What it holds.</summary>
    public ExportChoice? Choice { get; private set; }

    /// <summary>How many lines there are.</summary>
    public long Lines { get; private set; }

    /// <summary>A new one, in place of an earlier one.</summary>
    public static ExportPart Begin(string file)
    {
        var part = new ExportPart(file);
        File.Create(part.Path).Dispose();
        File.Delete(part._moments);
        return part;
    }

    /// <summary>The one that was left, without what is not a whole line; null when there is none that can be gone on with.</summary>
    public static async Task<ExportPart?> FindAsync(string file, CancellationToken cancellationToken)
    {
        var part = new ExportPart(file);
        if (!File.Exists(part.Path) || !File.Exists(part._moments))
        {
            return null;
        }

        try
        {
            var json = JsonElement.Parse(await File.ReadAllTextAsync(part._moments, cancellationToken));
            (part.Moment, part.Choice) = (json.Text("moment"), ExportChoice.Read(json));
        }
        catch (JsonException)
        {
            return null;
        }

        await using var stream = File.Open(part.Path, FileMode.Open, FileAccess.ReadWrite);
        (part.Lines, var length) = await MeasureAsync(stream, cancellationToken);
        stream.SetLength(length);
        return part.Moment is null ? null : part;
    }

    /// <summary>Takes down of which moment the lines are, before the first of them comes.</summary>
    public async Task KeepMomentAsync(string? moment, ExportChoice choice, CancellationToken cancellationToken)
    {
        if (Moment is null && moment is not null)
        {
            (Moment, Choice) = (moment, choice);
            await using var stream = File.Create(_moments);
            await using var writer = new Utf8JsonWriter(stream);
            writer.WriteStartObject();
            writer.WriteString("moment"u8, moment);
            choice.Write(writer);
            writer.WriteEndObject();
            await writer.FlushAsync(cancellationToken);
        }
    }

    /// <summary>Opens it to write after what is there. Nothing is held back, so that what has arrived outlives this program.</summary>
    public Stream Append() => new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0, useAsync: true);

    /// <summary>Gives the lines, which are whole now, their name.</summary>
    public void Finish(string file)
    {
        File.Move(Path, file, overwrite: true);
        File.Delete(_moments);
    }

    /// <summary>How many lines there are, and how many bytes they take. What a machine that failed has left is no line: it ends them.</summary>
    private static async Task<(long Lines, long Length)> MeasureAsync(Stream stream, CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 1 << 16, leaveOpen: true));
        var (lines, length) = (0L, 0L);
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                var line = rest.Slice(0, end);
                if (!IsLine(line))
                {
                    await reader.CompleteAsync();
                    return (lines, length);
                }

                (lines, length) = (lines + 1, length + line.Length + 1);
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
            {
                await reader.CompleteAsync();
                return (lines, length);
            }
        }
    }

    private static bool IsLine(ReadOnlySequence<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
