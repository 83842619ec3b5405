using Cartulary.Core.Assets;
using Cartulary.Storage.Postgres.Connections;
using Npgsql;

namespace Cartulary.Storage.Postgres.Writing;

/// <summary>
/// The qualified names of partners, by revision: a busy parent lists the same partners with every save, and the name that a
/// revision holds never changes.
/// </summary>
internal sealed class PartnerNames
{
    private const string States = "SELECT id, state FROM revision WHERE id = ANY ($1)";
    private const int RememberedMax = 20_000;

    private readonly Dictionary<long, string> _names = [];
    private readonly Dictionary<long, string> _own = [];
    private int _attribute;

    /// <summary>Notes the name in a revision whose row is not written yet.</summary>
    public void AddOwn(long revision, string name) => _own[revision] = name;

    /// <summary>The rows are written: names in them can be read like others.</summary>
    public void ClearOwn() => _own.Clear();

    /// <summary>Forgets all; after an undone transaction, numbers given in it will mean something else.</summary>
    public void Forget()
    {
        _own.Clear();
        _names.Clear();
    }

    /// <summary>The revisions among those that commits list whose names must be read first.</summary>
    public List<long> Missing(IEnumerable<BufferedCommit> commits)
    {
        if (_names.Count > RememberedMax)
        {
            _names.Clear();
        }

        var missing = new HashSet<long>();
        foreach (var commit in commits)
        {
            foreach (var list in commit.Lists.SelectMany(static lists => lists))
            {
                Collect(list, commit.Plan!.QualifiedNameId, missing);
            }
        }

        return [.. missing];
    }

    /// <summary>Reads names.</summary>
    public async Task ReadAsync(NpgsqlConnection connection, List<long> revisions)
    {
        await using var command = new NpgsqlCommand(States, connection) { Parameters = { Sql.Of(revisions) } };
        await using var reader = await command.ExecuteReaderAsync(CancellationToken.None);
        while (await reader.ReadAsync(CancellationToken.None))
        {
            _names[reader.GetInt64(0)] = NameIn(reader);
        }
    }

    /// <summary>A name that is not missing.</summary>
    public string Of(long revision) =>
        _names.TryGetValue(revision, out var name)
            ? name
            : throw new InvalidDataException($"Revision {revision}, which an asset names, is missing.");

    private string NameIn(NpgsqlDataReader row) => AssetState.Decode(row.GetFieldValue<byte[]>(1)).Find(_attribute)?.AsText() ?? "";

    private void Collect(BufferedList list, int attribute, HashSet<long> missing)
    {
        if (_attribute != attribute)
        {
            _names.Clear();
            _attribute = attribute;
        }

        foreach (var (revision, _) in list.Partners)
        {
            if (_own.TryGetValue(revision, out var own))
            {
                _names[revision] = own;
            }
            else if (!_names.ContainsKey(revision))
            {
                missing.Add(revision);
            }
        }
    }
}
