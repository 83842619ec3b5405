using System.Security.Cryptography;
using Cartulary.Delivery.Secrets;
using Cartulary.Server.Hosting;
using Microsoft.Extensions.Options;

namespace Cartulary.Server.Delivery;

/// <summary>The file of the keys that secrets are encrypted with.</summary>
internal static class SecretKeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads the keys; in the data folder they are made when they are missing, readable by the owner only.</summary>
    /// <exception cref="IOException">The file cannot be read or made.</exception>
    /// <exception cref="OptionsValidationException">The file holds no keys; its text is not quoted.</exception>
    public static SecretKeys Read(SecretOptions options, string folder)
    {
        var isGiven = options.KeyFile.Length > 0;
        var file = isGiven ? options.KeyFile : Path.Combine(folder, "keys", "secrets.key");
        if (!isGiven && !File.Exists(file))
        {
            Make(file);
        }

        try
        {
            return SecretKeys.Parse(File.ReadAllText(file));
        }
        catch (InvalidDataException problem)
        {
            throw new OptionsValidationException("Secrets", typeof(SecretOptions), [$"Secrets:KeyFile: {file}: {problem.Message}"]);
        }
    }

    /// <summary>The file appears whole or not at all, and never in the place of one that is there.</summary>
    private static void Make(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var fresh = $"{file}.{RandomNumberGenerator.GetHexString(8)}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var stream = new FileStream(fresh, options))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(SecretKeys.Line(1, RandomNumberGenerator.GetBytes(SecretKeys.Size))));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(fresh, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(fresh);
        }
    }
}
