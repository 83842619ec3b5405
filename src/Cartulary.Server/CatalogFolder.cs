using Cartulary.Core.Query;
using Cartulary.Server.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cartulary.Server;

/// <summary>The folder of a server that is not running, for programs that work on it directly.</summary>
public static class CatalogFolder
{
    /// <summary>Folds the whole log of the catalog in a folder and compares the result with what is stored.</summary>
    /// <param name="folder">The folder, which must hold a catalog.</param>
    /// <param name="progress">Is told how many events have been folded; null for nobody.</param>
    /// <param name="cancellationToken">Stops the verification.</param>
    /// <exception cref="FileNotFoundException">The folder holds no catalog.</exception>
    public static async Task<Verification> VerifyAsync(string folder, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, "catalog.db");
        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"{folder} holds no catalog", file);
        }

        var settings = Settings.Read(new ConfigurationBuilder().AddInMemoryCollection([new("data", folder)]).Build());
        var clock = TimeProvider.System;
        await using var catalog = await Catalog.OpenAsync(folder, settings, new RandomIds(clock), clock, NullLoggerFactory.Instance, cancellationToken);
        return await new Verifier(catalog.Store, catalog.Types, catalog.Feed).VerifyAsync(progress, cancellationToken);
    }
}
