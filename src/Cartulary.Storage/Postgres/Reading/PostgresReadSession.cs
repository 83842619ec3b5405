using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Postgres.Connections;
using Cartulary.Storage.Postgres.Writing;
using Npgsql;

namespace Cartulary.Storage.Postgres.Reading;

/// <summary>
/// Reads through one connection inside its open transaction. Keys go over as arrays, so that each call is one statement and
/// one round trip, however many they are.
/// </summary>
internal sealed partial class PostgresReadSession(NpgsqlConnection connection, CatalogHead head, Action<NpgsqlConnection>? release)
    : IReadSession
{
    private const string ByGuid = "SELECT id, guid FROM asset WHERE guid = ANY ($1) AND status <> 3";

    private const string AssetColumns = "a.id, a.guid, a.type, a.status, a.version, c.actor, c.time, u.actor, u.time, r.state";

    private const string AssetRows =
        """
        JOIN revision r ON r.id = a.rev
        JOIN commit_log c ON c.n = a.created
        JOIN commit_log u ON u.n = a.updated
        """;

    // What has been found is nearly always loaded next, so it comes along and saves a round trip.
    private const string ByKey =
        $"""
        SELECT {AssetColumns}, x.place, k.type
        FROM unnest($1, $2) WITH ORDINALITY AS x (value, kind, place)
        JOIN key k ON k.value = x.value AND k.kind = x.kind
        JOIN asset a ON a.id = k.asset
        {AssetRows}
        ORDER BY x.place
        """;

    private const string ById = $"SELECT {AssetColumns} FROM asset a {AssetRows} WHERE a.id = ANY ($1) AND a.status <> 3";

    private const string After = $"SELECT {AssetColumns} FROM asset a {AssetRows} WHERE a.id > $1 AND a.status <> 3 ORDER BY a.id LIMIT $2";

    private const string Creation =
        "SELECT a.id, c.actor, c.time FROM asset a JOIN commit_log c ON c.n = a.created WHERE a.id = ANY ($1)";

    private const string AllTypes = "SELECT id, category, definition, attribute_ids FROM type ORDER BY id";

    // Found by their keys, and as they are in the snapshot, which does not change.
    private readonly Dictionary<AssetId, StoredAsset> _found = [];
    private bool _isEnded;

    public CatalogHead Head { get; } = head;

    public async ValueTask<IReadOnlyDictionary<Guid, AssetId>> FindByGuidAsync(IReadOnlyCollection<Guid> guids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<Guid, AssetId>(guids.Count);
        await ReadAsync(
            ByGuid, row => found[row.GetGuid(1)] = new AssetId(row.GetInt64(0)), cancellationToken, Sql.Of([.. guids]));
        return found;
    }

    public async ValueTask<ImmutableArray<KeyMatch>> FindByKeyAsync(IReadOnlyCollection<AssetKey> keys, CancellationToken cancellationToken)
    {
        var asked = keys as IReadOnlyList<AssetKey> ?? [.. keys];
        var matches = ImmutableArray.CreateBuilder<KeyMatch>(asked.Count);
        await ReadAsync(
            ByKey,
            row =>
            {
                var asset = ReadAsset(row);
                _found[asset.Id] = asset;
                matches.Add(new KeyMatch(asked[(int)row.GetInt64(10) - 1], asset.Id, row.GetInt32(11), asset.Status));
            },
            cancellationToken,
            Sql.Of(asked.Select(key => KeyValue.Of(key.Value)).ToList()),
            Sql.Of(asked.Select(key => key.Kind).ToList()));
        return matches.DrainToImmutable();
    }

    public async ValueTask<IReadOnlyDictionary<AssetId, StoredAsset>> LoadAsync(IReadOnlyCollection<AssetId> assets, CancellationToken cancellationToken)
    {
        var loaded = new Dictionary<AssetId, StoredAsset>(assets.Count);
        var missing = new List<long>();
        foreach (var asset in assets)
        {
            if (_found.TryGetValue(asset, out var found))
            {
                loaded[asset] = found;
            }
            else
            {
                missing.Add(asset.Value);
            }
        }

        if (missing.Count > 0)
        {
            await LoadIntoAsync(loaded, ById, cancellationToken, Sql.Of(missing));
        }

        return loaded;
    }

    public async ValueTask<ImmutableArray<StoredAsset>> ScanAsync(AssetId after, int limit, CancellationToken cancellationToken)
    {
        var assets = ImmutableArray.CreateBuilder<StoredAsset>();
        await ReadAsync(After, row => assets.Add(ReadAsset(row)), cancellationToken, Sql.Of(after.Value), Sql.Of((long)limit));
        return assets.DrainToImmutable();
    }

    public async ValueTask<IReadOnlyDictionary<AssetId, CommitStamp>> CreationsAsync(IReadOnlyCollection<AssetId> assets, CancellationToken cancellationToken)
    {
        var stamps = new Dictionary<AssetId, CommitStamp>(assets.Count);
        await ReadAsync(Creation, row => stamps[new AssetId(row.GetInt64(0))] = ReadStamp(row, 1), cancellationToken, Numbers(assets));
        return stamps;
    }

    public async ValueTask<ImmutableArray<StoredType>> TypesAsync(CancellationToken cancellationToken)
    {
        var types = ImmutableArray.CreateBuilder<StoredType>();
        await ReadAsync(
            AllTypes,
            row =>
            {
                var definition = TypeDefJson.Deserialize(Enum.Parse<TypeCategory>(row.GetString(1)), row.GetFieldValue<byte[]>(2));
                types.Add(new StoredType(row.GetInt32(0), definition, StoredJson.ReadNumbers(row.GetFieldValue<byte[]>(3))));
            },
            cancellationToken);
        return types.DrainToImmutable();
    }

    public async ValueTask<CatalogSettings> SettingsAsync(CancellationToken cancellationToken)
    {
        var settings = CatalogSettings.Default;
        await ReadAsync(SettingRows.Find, row => settings = SettingRows.Read(row), cancellationToken);
        var running = ImmutableArray.CreateBuilder<RunningDeletion>();
        await ReadAsync(JobRows.Running, row => running.Add(new RunningDeletion(row.GetGuid(0), row.GetString(1))), cancellationToken);
        return settings with { Deletions = running.DrainToImmutable() };
    }

    public ValueTask DisposeAsync()
    {
        if (!_isEnded)
        {
            _isEnded = true;
            release?.Invoke(connection);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Runs one statement in the session's snapshot and hands over its rows.</summary>
    private ValueTask LoadIntoAsync(
        Dictionary<AssetId, StoredAsset> loaded, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters) => ReadAsync(
        sql,
        row =>
        {
            var asset = ReadAsset(row);
            loaded[asset.Id] = asset;
        },
        cancellationToken,
        parameters);

    private async ValueTask ReadAsync(
        string sql, Action<NpgsqlDataReader> onRow, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.AddRange(parameters);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                onRow(reader);
            }
        }
        catch (NpgsqlException failure) when (Failures.IsTransient(failure))
        {
            throw Failures.Told(failure);
        }
    }

    private static NpgsqlParameter Numbers(IReadOnlyCollection<AssetId> assets) => Sql.Of(assets.Select(asset => asset.Value).ToList());

    private static StoredAsset ReadAsset(NpgsqlDataReader row) => new(
        new AssetId(row.GetInt64(0)),
        row.GetGuid(1),
        row.GetInt32(2),
        (AssetStatus)row.GetInt16(3),
        row.GetInt64(4),
        ReadStamp(row, 5),
        ReadStamp(row, 7),
        AssetState.Decode(row.GetFieldValue<byte[]>(9)));

    private static CommitStamp ReadStamp(NpgsqlDataReader row, int column) => new(row.GetString(column), row.GetInt64(column + 1));
}
