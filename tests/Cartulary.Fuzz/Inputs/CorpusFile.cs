namespace Cartulary.Fuzz.Inputs;

/// <summary>Kept inputs, one a line: the door, a tab, the bytes escaped.</summary>
internal static class CorpusFile
{
    /// <summary>The inputs beside the program.</summary>
    public static List<FuzzInput> Read() =>
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Corpus"), "*.txt").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Select(Parse)];

    public static async Task WriteAsync(string path, IEnumerable<FuzzInput> inputs, CancellationToken cancellationToken) =>
        await File.WriteAllLinesAsync(path, inputs.Select(input => $"{input.Door}\t{EscapedBytes.Write(input.Bytes)}"), cancellationToken);

    private static FuzzInput Parse(string line) => line.Split('\t') is [var door, var bytes]
        ? new FuzzInput(door, EscapedBytes.Read(bytes))
        : throw new FormatException($"No input: {line}");
}
