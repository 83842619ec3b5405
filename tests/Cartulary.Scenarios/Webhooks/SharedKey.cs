using System.Security.Cryptography;

namespace Cartulary.Scenarios.Webhooks;

/// <summary>A key for secrets that several servers of one catalog have.</summary>
public sealed class SharedKey : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-key-");

    public SharedKey()
    {
        var file = Path.Combine(_folder.FullName, "secrets.key");
        File.WriteAllText(file, "1 " + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n");
        Setting = new("Secrets__KeyFile", file);
    }

    /// <summary>The setting that names it.</summary>
    public KeyValuePair<string, string> Setting { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
