using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Export;

/// <summary>Gives a catalog as the lines of a file, all from one snapshot.</summary>
/// <param name="store">The catalog.</param>
/// <param name="types">Its types.</param>
public sealed class ExportReader(ICatalogStore store, TypeRegistrySource types)
{
    private static readonly Lazy<Dictionary<string, TypeDef>> BuiltIn =
        new(() => BuiltInModel.Load().All().ToDictionary(definition => definition.Name, StringComparer.Ordinal));

    /// <summary>
    /// Opens an export, which holds a snapshot until it is disposed; null with a problem while tags are being passed on, since a file
    /// would hold them in part.
    /// </summary>
    public async ValueTask<(OpenExport? Export, Problem? Problem)> OpenAsync(ExportScope scope, CancellationToken cancellationToken)
    {
        var session = await store.ReadAsync(cancellationToken);
        try
        {
            if ((await session.CountTagWorkAsync(limit: 1, cancellationToken)).IsEmpty)
            {
                var registry = await types.ForAsync(session, cancellationToken);
                var definitions = registry.Stored.Select(type => type.Definition).Where(IsOwn).OrderBy(definition => definition.Category).ThenBy(definition => definition.Name, StringComparer.Ordinal);
                return (new OpenExport(session, registry, scope, [.. definitions]), null);
            }
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }

        await session.DisposeAsync();
        return (null, new Problem(ErrorCodes.Unavailable, "", "tags are still being passed on, see /api/tags/pending; an export would hold them in part"));
    }

    /// <summary>Whether a definition says something that the program does not say itself.</summary>
    private static bool IsOwn(TypeDef definition) => !BuiltIn.Value.TryGetValue(definition.Name, out var builtIn) || !TypeContent.AreSame(definition, builtIn);
}
