using System.Text;

namespace Cartulary.Testing;

/// <summary>
/// A file of the working copy that is made from the program, and kept so that its changes are seen in review. A test fails when
/// it is stale; <c>./dev docs</c> runs the same tests with <see cref="WriteVariable"/> set, and they write instead.
/// </summary>
public static class GeneratedFile
{
    /// <summary>The environment variable that makes the tests write.</summary>
    public const string WriteVariable = "CARTULARY_WRITE_DOCS";

    private const int LinesShown = 40;

    /// <summary>The text of a file of the working copy; empty when it is not there.</summary>
    public static string Read(string path) => File.Exists(PathOf(path)) ? File.ReadAllText(PathOf(path)) : "";

    /// <summary>Fails the test, and shows the difference, unless the file holds the text.</summary>
    public static void Match(string path, string text)
    {
        var kept = Lines(Read(path));
        var made = Lines(text);
        if (kept.SequenceEqual(made, StringComparer.Ordinal))
        {
            return;
        }

        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
        {
            File.WriteAllText(PathOf(path), $"{string.Join('\n', made)}\n");
            return;
        }

        Assert.Fail($"{path} is stale; run `./dev docs` if the change is meant.\n{Difference(kept, made)}");
    }

    private static string PathOf(string path) => Path.Combine(Root(), path);

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    /// <summary>What lies between the first and the last line that differ: lines as they are kept, then as they should be.</summary>
    private static string Difference(string[] kept, string[] made)
    {
        var start = 0;
        while (start < Math.Min(kept.Length, made.Length) && kept[start] == made[start])
        {
            start++;
        }

        var end = 0;
        while (end < Math.Min(kept.Length, made.Length) - start && kept[^(end + 1)] == made[^(end + 1)])
        {
            end++;
        }

        var text = new StringBuilder().Append("from line ").Append(start + 1).Append('\n');
        Append(text, '-', kept[start..^end]);
        Append(text, '+', made[start..^end]);
        return text.ToString();
    }

    private static void Append(StringBuilder text, char sign, string[] lines)
    {
        foreach (var line in lines.Take(LinesShown))
        {
            text.Append(sign).Append(' ').Append(line).Append('\n');
        }

        if (lines.Length > LinesShown)
        {
            text.Append(sign).Append(" … and ").Append(lines.Length - LinesShown).Append(" more\n");
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Cartulary.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside a working copy.");
        }

        return folder.FullName;
    }
}
