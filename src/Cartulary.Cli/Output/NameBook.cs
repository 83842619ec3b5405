using Cartulary.Cli.Client;

namespace Cartulary.Cli.Output;

/// <summary>
/// Names of assets whose qualified names say nothing to people, such as terms. An event names related assets by guid and
/// qualified name only; the book learns their names from other events, or asks the server.
/// </summary>
/// <param name="client">Talks to the server; null where there is none to ask.</param>
internal sealed class NameBook(CatalogClient? client)
{
    private const int MostNames = 10_000;

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>The name of an asset, as good as it is known.</summary>
    public string Of(AssetHeader asset) => _names.GetValueOrDefault(asset.Guid, asset.Name.Length > 0 ? asset.Name : asset.Guid);

    /// <summary>Makes sure that everything an event speaks of has a name.</summary>
    public async Task LearnAsync(FeedEvent told, CancellationToken cancellationToken)
    {
        if (_names.Count > MostNames)
        {
            _names.Clear();
        }

        if (!IsReadable(told.Asset))
        {
            _names[told.Asset.Guid] = told.Asset.Name;
        }

        await LearnAsync(told.Related, cancellationToken);
    }

    /// <summary>Makes sure that these assets have names.</summary>
    public async Task LearnAsync(IEnumerable<AssetHeader> assets, CancellationToken cancellationToken)
    {
        if (client is null)
        {
            return;
        }

        foreach (var asset in assets.Where(asset => !IsReadable(asset) && !_names.ContainsKey(asset.Guid)))
        {
            var found = await client.FindAsync(asset.Guid, cancellationToken);
            _names[asset.Guid] = found?.Header.Name ?? asset.Name;
        }
    }

    // A qualified name that is a path ends in the name.
    private static bool IsReadable(AssetHeader asset) => asset.QualifiedName.Contains('/', StringComparison.Ordinal);
}
