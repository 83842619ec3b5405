namespace Cartulary.Architecture.Tests;

/// <summary>The files of the working copy that the tests were built from.</summary>
internal static class WorkingCopy
{
    private static readonly string[] Folders = ["src", "tests", "bench", "docs", "eng"];

    private static readonly string[] Texts = [".cs", ".csproj", ".props", ".targets", ".md", ".sql", ".json", ".http", ".css", ".js"];

    /// <summary>Every text file that people write, with its path relative to the root; build output is left out.</summary>
    public static IEnumerable<(string Path, string Text)> TextFiles()
    {
        var root = Root();
        return Folders
            .Select(folder => Path.Combine(root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(file => Texts.Contains(Path.GetExtension(file)) && !IsOutput(Path.GetRelativePath(root, file)))
            .Select(file => (Path.GetRelativePath(root, file), File.ReadAllText(file)));
    }

    private static bool IsOutput(string path) =>
        path.EndsWith("packages.lock.json", StringComparison.Ordinal)
        || path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules");

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
