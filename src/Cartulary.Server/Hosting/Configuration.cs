using Microsoft.Extensions.Configuration;

namespace Cartulary.Server.Hosting;

/// <summary>
/// Where settings come from, the later over the earlier: appsettings.json in the working directory, the same in the data
/// folder, the environment, the command line.
/// </summary>
internal static class Configuration
{
    private const string File = "appsettings.json";

    /// <summary>Adds the sources.</summary>
    public static void Add(IConfigurationManager configuration, string contentRoot, string[] args)
    {
        configuration.AddJsonFile(Path.Combine(contentRoot, File), optional: true, reloadOnChange: false);
        configuration.AddEnvironmentVariables("ASPNETCORE_").AddEnvironmentVariables().AddCommandLine(args);

        // The data folder is itself a setting, so it is asked for before its file can be read.
        var data = Path.GetFullPath(configuration["data"] is { Length: > 0 } given ? given : new ServerOptions().Data, contentRoot);
        if (!Path.Exists(Path.Combine(data, File)))
        {
            return;
        }

        configuration.AddJsonFile(Path.Combine(data, File), optional: true, reloadOnChange: false);
        configuration.AddEnvironmentVariables("ASPNETCORE_").AddEnvironmentVariables().AddCommandLine(args);
    }
}
