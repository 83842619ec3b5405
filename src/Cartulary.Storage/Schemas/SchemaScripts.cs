namespace Cartulary.Storage.Schemas;

/// <summary>The numbered scripts that make up a store's schema; they are embedded in this assembly.</summary>
internal static class SchemaScripts
{
    /// <summary>The texts of the scripts in a folder, by number; the first has number 1, and none may be missing.</summary>
    public static string[] In(string folder)
    {
        var prefix = $"Cartulary.Storage.{folder}.Schema.";
        var assembly = typeof(SchemaScripts).Assembly;
        var names = Array.FindAll(
            assembly.GetManifestResourceNames(),
            name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal));
        Array.Sort(names, StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            if (!names[i].AsSpan(prefix.Length).StartsWith($"{i + 1:0000}-", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"The schema scripts must be numbered without gaps: {names[i]}.");
            }
        }

        return Array.ConvertAll(names, Read);
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(SchemaScripts).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
