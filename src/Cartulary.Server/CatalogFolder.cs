using Cartulary.Core.Query;
using Cartulary.Server.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cartulary.Server;

/// <summary>The folder of a catalog, for programs that work on it directly.</summary>
public static class CatalogFolder
{
    /// <summary>The name of the catalog's file in its folder.</summary>
    internal const string FileName = "catalog.db";

    /// <summary>Folds the whole log of the catalog in the folder of a stopped server and compares the result with what is stored.</summary>
    /// <param name="folder">The folder, which must hold a catalog.</param>
    /// <param name="progress">Is told how many events have been folded; null for nobody.</param>
    /// <param name="cancellationToken">Stops the verification.</param>
    /// <exception cref="FileNotFoundException">The folder holds no catalog.</exception>
    public static async Task<Verification> VerifyAsync(string folder, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        FileIn(folder);
        var settings = Settings.Read(new ConfigurationBuilder().AddInMemoryCollection([new("data", folder)]).Build());
        var clock = TimeProvider.System;
        await using var catalog = await Catalog.OpenAsync(folder, settings, new RandomIds(clock), clock, NullLoggerFactory.Instance, cancellationToken);
        return await new Verifier(catalog.Store, catalog.Types, catalog.Feed).VerifyAsync(progress, cancellationToken);
    }

    /// <summary>The catalog's file in a folder.</summary>
    /// <exception cref="FileNotFoundException">The folder holds no catalog.</exception>
    internal static string FileIn(string folder)
    {
        var file = Path.Combine(folder, FileName);
        return File.Exists(file) ? file : throw new FileNotFoundException($"{folder} holds no catalog", file);
    }
}
