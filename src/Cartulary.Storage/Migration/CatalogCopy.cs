using Cartulary.Storage.Postgres;
using Npgsql;

namespace Cartulary.Storage.Migration;

/// <summary>
/// Carries a catalog from a SQLite file to an empty place in a PostgreSQL database: all that is stored, number by number, under
/// the same log id, so that positions in the log stay what they are. The file is only read, and held against servers for as
/// long as this lives. The place is closed to servers until <see cref="CompleteAsync"/>. A copy that was broken off, however,
/// goes on where it was.
/// </summary>
public sealed class CatalogCopy : IAsyncDisposable
{
    private const int StepRows = 20_000;
    private readonly SqliteSource _source;
    private readonly PostgresTarget _target;
    private CopyPlace _place;

    private CatalogCopy(SqliteSource source, PostgresTarget target)
    {
        _source = source;
        _target = target;
    }

    /// <summary>Names the database to people, without secrets.</summary>
    public string Place => _target.Place;

    /// <summary>How many assets the catalog has.</summary>
    public long Assets { get; private set; }

    /// <summary>Whether the database holds the catalog already, whole, so that nothing is left to do.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether an earlier copy of the same catalog was found there, with which this one goes on.</summary>
    public bool GoesOn { get; private set; }

    /// <summary>Locks the file and makes the place ready.</summary>
    /// <param name="file">The catalog's file.</param>
    /// <param name="options">The database.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="IOException">
    /// The file is in use or no catalog of this version; the database cannot be used, or holds something else.
    /// </exception>
    public static Task<CatalogCopy> OpenAsync(string file, PostgresStoreOptions options, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var target = PostgresTarget.Of(options);
        SqliteSource source;
        try
        {
            source = SqliteSource.Open(file);
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }

        var copy = new CatalogCopy(source, target);
        try
        {
            var found = await copy._target.PrepareAsync(source, cancellationToken);
            copy._place = found ?? default;
            copy.IsComplete = found is null;
            copy.GoesOn = found is { } place && place != default;
            copy.Assets = source.Count(CopyTables.InOrder.Single(table => table.Name == "asset"));
            return copy;
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
    });

    /// <summary>Carries all that is not there yet, in steps of bounded size, and compares the numbers of rows.</summary>
    /// <param name="progress">Is told of each step.</param>
    /// <param name="cancellationToken">Stops it; what is there stays there.</param>
    /// <exception cref="IOException">The database cannot be used any more, or does not have the rows of the source.</exception>
    public Task CopyAsync(IProgress<CopyProgress> progress, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        while (!_place.HasAllRows)
        {
            await CopyTableAsync(CopyTables.InOrder[_place.Table], progress, cancellationToken);
        }

        if (!_place.HasHead)
        {
            _place = await _target.SetHeadAsync(_source, _place, cancellationToken);
        }

        return true;
    });

    /// <summary>Opens the place to servers, once what is there has been checked.</summary>
    /// <exception cref="IOException">The database cannot be used any more.</exception>
    public Task CompleteAsync(CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        await _target.CompleteAsync(_source, _place, cancellationToken);
        IsComplete = true;
        return true;
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _target.DisposeAsync();
        _source.Dispose();
    }

    private async Task CopyTableAsync(CopyTable table, IProgress<CopyProgress> progress, CancellationToken cancellationToken)
    {
        var all = _source.Count(table);
        var rows = _source.Rows(table, _place.Rows);
        var place = _place.Table;
        while (_place.Table == place)
        {
            _place = await _target.CopyAsync(table, rows, _place, StepRows, cancellationToken);
            progress.Report(new CopyProgress(table.Name, _place.Table == place ? _place.Rows : all, all));
        }
    }

    // Whatever the database says is about the place that a user named, not a mistake of the program.
    private static async Task<T> GuardAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (NpgsqlException failure)
        {
            throw new IOException($"The database refused: {failure.Message}", failure);
        }
    }
}
