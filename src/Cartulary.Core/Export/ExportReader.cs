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
    public ValueTask<(OpenExport? Export, Problem? Problem)> OpenAsync(ExportScope scope, CancellationToken cancellationToken) =>
        OpenAsync(scope, place: null, cancellationToken);

    /// <summary>
    /// Opens an export that was broken off, of the same scope and as of the same moment: its lines are those after the ones that the
    /// reader has. Null with a problem where that moment cannot be shown as it was any more.
    /// </summary>
    public ValueTask<(OpenExport? Export, Problem? Problem)> ContinueAsync(ExportScope scope, ExportPlace place, CancellationToken cancellationToken) =>
        OpenAsync(scope, place, cancellationToken);

    private static async ValueTask<Problem?> CheckAsync(IReadSession session, ExportScope scope, ExportPlace? place, CancellationToken cancellationToken)
    {
        if (place is null)
        {
            // An export that is gone on with shows a moment at which there were none.
            return (await session.CountTagWorkAsync(limit: 1, cancellationToken)).IsEmpty
                ? null
                : new Problem(ErrorCodes.Unavailable, "", "tags are still being passed on, see /api/tags/pending; an export would hold them in part");
        }

        var (moment, head) = (place.Moment, session.Head);
        var reason = moment.Scope != scope.Mark ? "it was of other types, or of another qualified name"
            : moment.LogId != head.LogId ? "it was of another catalog, or of one that has been restored since"
            : moment.Commit.Value > head.Commit.Value ? "it shows a moment that is still to come"
            : moment.RegistryVersion != head.RegistryVersion ? "type definitions or settings have been changed, or a connection deleted, since it began"
            : moment.Trimmed != head.Trimmed ? "the log has been trimmed since it began"
            : null;
        return reason is null ? null : new Problem(ErrorCodes.ExportEnded, "moment", $"The export cannot be gone on with: {reason}");
    }

    /// <summary>Whether a definition says something that the program does not say itself.</summary>
    private static bool IsOwn(TypeDef definition) => !BuiltIn.Value.TryGetValue(definition.Name, out var builtIn) || !TypeContent.AreSame(definition, builtIn);

    private async ValueTask<(OpenExport? Export, Problem? Problem)> OpenAsync(ExportScope scope, ExportPlace? place, CancellationToken cancellationToken)
    {
        var session = await store.ReadAsync(cancellationToken);
        try
        {
            if (await CheckAsync(session, scope, place, cancellationToken) is { } problem)
            {
                await session.DisposeAsync();
                return (null, problem);
            }

            var registry = await types.ForAsync(session, cancellationToken);
            var definitions = registry.Stored.Select(type => type.Definition).Where(IsOwn).OrderBy(definition => definition.Category).ThenBy(definition => definition.Name, StringComparer.Ordinal);
            var head = session.Head;
            var moment = place?.Moment ?? new ExportMoment(head.LogId, head.Commit, head.Trimmed, head.RegistryVersion, scope.Mark);
            return (new OpenExport(session, registry, scope, moment, [.. definitions], place?.Lines ?? 0), null);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }
}
