using Cartulary.Core.Query;
using Cartulary.Server.Hosting;
using Cartulary.Storage.Migration;
using Cartulary.Storage.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cartulary.Server;

/// <summary>
/// Carries the catalog in the folder of a stopped server to a PostgreSQL database: states, types, settings, keys, and the log
/// with its id and all its numbers. Nothing can open it there before it is whole and checked; an interrupted run is gone on with.
/// </summary>
public sealed class CatalogMigration : IAsyncDisposable
{
    private readonly CatalogCopy _copy;
    private readonly PostgresStoreOptions _options;

    private CatalogMigration(CatalogCopy copy, PostgresStoreOptions options)
    {
        _copy = copy;
        _options = options;
    }

    /// <summary>Names the database to people, without secrets.</summary>
    public string Place => _copy.Place;

    /// <summary>Whether the database holds the catalog already, whole and checked.</summary>
    public bool IsComplete => _copy.IsComplete;

    /// <summary>Whether an earlier run was interrupted, with which this one goes on.</summary>
    public bool GoesOn => _copy.GoesOn;

    /// <summary>Holds the catalog against servers, and makes the database ready.</summary>
    /// <param name="source">The folder of a stopped server, or the file <c>catalog.db</c> in it.</param>
    /// <param name="connectionString">The database, as Npgsql reads it; tables are made in the first schema of its search path.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="IOException">
    /// The folder holds no catalog, or a server uses it; the database cannot be used, or holds something else.
    /// </exception>
    public static async Task<CatalogMigration> OpenAsync(string source, string connectionString, CancellationToken cancellationToken)
    {
        var options = new PostgresStoreOptions { ConnectionString = connectionString };
        return new CatalogMigration(await CatalogCopy.OpenAsync(FileOf(source), options, cancellationToken), options);
    }

    /// <summary>Carries what is not there yet, and compares the numbers of rows.</summary>
    /// <param name="progress">Is told of rows that have been carried.</param>
    /// <param name="cancellationToken">Stops it; another run goes on.</param>
    /// <exception cref="IOException">The database cannot be used any more, or does not hold what was carried.</exception>
    public Task CarryAsync(IProgress<CopyProgress> progress, CancellationToken cancellationToken) => _copy.CopyAsync(progress, cancellationToken);

    /// <summary>Folds the log in the database and compares the result with the state there.</summary>
    /// <param name="progress">Is told how many events have been folded; null for nobody.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Verification> VerifyAsync(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var settings = Settings.Read(new ConfigurationBuilder().Build());
        var clock = TimeProvider.System;
        var ids = new RandomIds(clock);
        var store = await PostgresCatalogStore.OpenIncompleteAsync(
            _options, clock, ids.NewGuid, NullLogger<PostgresCatalogStore>.Instance, cancellationToken);
        await using var catalog = await Catalog.OpenAsync(OpenStore.Of(store), settings, ids, clock, cancellationToken);
        return await new Verifier(catalog.Store, catalog.Types, catalog.Feed).VerifyAsync(progress, cancellationToken);
    }

    /// <summary>Opens the catalog in the database to servers.</summary>
    /// <exception cref="IOException">The database cannot be used any more.</exception>
    public Task CompleteAsync(CancellationToken cancellationToken) => _copy.CompleteAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _copy.DisposeAsync();

    // A backup would bring the log back as it was at some time under the id it still has. One that is restored has another.
    private static string FileOf(string source) =>
        !File.Exists(source) ? CatalogFolder.FileIn(source)
        : Path.GetFileName(source) == CatalogFolder.FileName ? source
        : throw new IOException($"{source} is not called {CatalogFolder.FileName}: if it is a backup, make a catalog of it first, with `cartulary restore`");
}
