using System.Text.Json;
using Cartulary.Cli.Client;
using Cartulary.Cli.Saving;

namespace Cartulary.Cli.Exchange;

/// <summary>Takes an export into a catalog: types first, then assets some at a time, then what is archived. What is held at a time does not grow with the file.</summary>
/// <param name="client">The catalog.</param>
/// <param name="file">The file.</param>
/// <param name="isTrial">Whether nothing is done.</param>
/// <param name="progress">Is told how many assets have been sent.</param>
internal sealed class CatalogImport(CatalogClient client, string file, bool isTrial, Action<int> progress)
{
    private const int MostAssets = 1_000;
    private const int MostCharacters = 8 * 1024 * 1024;

    private readonly List<TypeEntry> _types = [];
    private readonly List<string> _lines = [];
    private int _characters;
    private bool _typesAreDone;

    /// <summary>How many type definitions were made.</summary>
    public int TypesMade { get; private set; }

    /// <summary>How many type definitions were changed.</summary>
    public int TypesChanged { get; private set; }

    /// <summary>How many type definitions have been read.</summary>
    public int Types { get; private set; }

    /// <summary>How many assets were created.</summary>
    public long Created { get; private set; }

    /// <summary>How many assets were there.</summary>
    public long Known { get; private set; }

    /// <summary>How many assets were archived.</summary>
    public long Archived { get; private set; }

    /// <summary>Whether a trial ended with the types, because assets can only be compared when their types are there.</summary>
    public bool EndedWithTypes { get; private set; }

    /// <summary>Takes the file in.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await ExportFile.ReadEndAsync(file, cancellationToken);
        await foreach (var (number, name, value) in ExportFile.ReadAsync(file, cancellationToken))
        {
            await TakeAsync(number, name, value, cancellationToken);
            if (EndedWithTypes)
            {
                return;
            }
        }
    }

    private async Task TakeAsync(int number, string name, JsonElement value, CancellationToken cancellationToken)
    {
        switch (name)
        {
            case "typedef" when !_typesAreDone && TypeEntry.OfOne(value) is { } type:
                _types.Add(type);
                break;
            case "asset":
                await EndTypesAsync(cancellationToken);
                await AddAsync(value.GetRawText(), cancellationToken);
                break;
            case "archived" when value.ValueKind == JsonValueKind.Array:
                await EndTypesAsync(cancellationToken);
                await FlushAsync(cancellationToken);
                await ArchiveAsync(value, cancellationToken);
                break;
            case "end" when ExportEnd.Of(value) is not null:
                await EndTypesAsync(cancellationToken);
                await FlushAsync(cancellationToken);
                break;
            default:
                throw new EntityFileException($"{file}: line {number} is no line of an export, or stands at the wrong place");
        }
    }

    private async Task EndTypesAsync(CancellationToken cancellationToken)
    {
        if (_typesAreDone)
        {
            return;
        }

        _typesAreDone = true;
        Types = _types.Count;
        var present = await client.ListTypesAsync(category: null, cancellationToken);
        var known = _types.ToLookup(type => present.Any(other => other.List == type.List && other.Name == type.Name));
        TypesMade = known[false].Count();
        if (isTrial)
        {
            EndedWithTypes = TypesMade > 0;
            return;
        }

        if (TypesMade > 0)
        {
            await client.CreateExportedTypesAsync(known[false], cancellationToken);
        }

        if (known[true].Any())
        {
            var after = await client.UpdateExportedTypesAsync(known[true], cancellationToken);
            TypesChanged = after.Count(type => type.Version > present.First(other => other.List == type.List && other.Name == type.Name).Version);
        }
    }

    private async Task AddAsync(string line, CancellationToken cancellationToken)
    {
        if (EndedWithTypes)
        {
            return;
        }

        if (_lines.Count == MostAssets || _characters + line.Length > MostCharacters)
        {
            await FlushAsync(cancellationToken);
        }

        _lines.Add(line);
        _characters += line.Length;
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_lines.Count == 0)
        {
            return;
        }

        var (changed, unchanged) = await client.ImportAsync("assets", _lines, isTrial, cancellationToken);
        Created += changed;
        Known += unchanged;
        _lines.Clear();
        _characters = 0;
        progress(checked((int)(Created + Known)));
    }

    private async Task ArchiveAsync(JsonElement guids, CancellationToken cancellationToken)
    {
        // What would be archived may not be there yet.
        if (!isTrial)
        {
            Archived += (await client.ImportAsync("archived", guids.EnumerateArray().Select(guid => guid.GetRawText()), isTrial, cancellationToken)).Changed;
        }
    }
}
