namespace Cartulary.Cli.Demo;

/// <summary>The SQL scripts of the sample shop, which this program carries.</summary>
internal static class SampleScripts
{
    /// <summary>Makes the shop.</summary>
    public static string Shop => Read("shop");

    /// <summary>Changes the shop as its next release would.</summary>
    public static string Changes => Read("shop-changes");

    /// <summary>Brings back the table that the changes dropped.</summary>
    public static string Restore => Read("shop-restore");

    private static string Read(string name)
    {
        using var stream = typeof(SampleScripts).Assembly.GetManifestResourceStream($"samples/{name}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
