using System.Runtime.CompilerServices;
using System.Text;

namespace Cartulary.Testing;

/// <summary>
/// Compares a text with an approved file in the folder <c>Approved</c> beside the test. When they differ, what was received is
/// written beside it as <c>*.received.*</c>: look at it, and put it in the approved file's place if the change is meant.
/// </summary>
public static class ApprovedFile
{
    /// <summary>Fails the test unless the text is the approved one; the kind of line ends does not count.</summary>
    /// <param name="received">The text.</param>
    /// <param name="name">The file's name, for example <c>create.json</c>.</param>
    /// <param name="testFile">The test's source file; filled in by the compiler.</param>
    public static void Match(string received, string name, [CallerFilePath] string testFile = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(testFile)!, "Approved");
        var approvedPath = Path.Combine(folder, name);
        var receivedPath = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(name)}.received{Path.GetExtension(name)}");
        var actual = Lines(received);
        var expected = File.Exists(approvedPath) ? Lines(File.ReadAllText(approvedPath)) : [];
        if (actual.SequenceEqual(expected, StringComparer.Ordinal))
        {
            File.Delete(receivedPath);
            return;
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(receivedPath, $"{string.Join('\n', actual)}\n");
        Assert.Fail(Difference(expected, actual, approvedPath, receivedPath));
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private static string Difference(string[] expected, string[] actual, string approvedPath, string receivedPath)
    {
        var line = 0;
        while (line < expected.Length && line < actual.Length && expected[line] == actual[line])
        {
            line++;
        }

        return new StringBuilder()
            .Append("Not as approved, from line ").Append(line + 1).Append(" of ").AppendLine(approvedPath)
            .Append("  approved: ").AppendLine(line < expected.Length ? expected[line] : "(end)")
            .Append("  received: ").AppendLine(line < actual.Length ? actual[line] : "(end)")
            .Append("  all of what was received: ").Append(receivedPath)
            .ToString();
    }
}
