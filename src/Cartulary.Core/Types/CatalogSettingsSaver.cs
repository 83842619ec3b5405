using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Types;

/// <summary>Changes the settings of a catalog. It is a commit without events, from which on every plan is made with the new settings.</summary>
/// <param name="store">The catalog.</param>
/// <param name="types">Its types.</param>
public sealed class CatalogSettingsSaver(ICatalogStore store, TypeRegistrySource types)
{
    /// <summary>Saves settings; settings that are what they were are not written again.</summary>
    /// <returns>All that is wrong with them; when there is anything, nothing was written.</returns>
    public async ValueTask<ImmutableArray<Problem>> SaveAsync(CatalogSettings settings, CommitContext context, CancellationToken cancellationToken)
    {
        ImmutableArray<string> names = [.. settings.IgnoredAttributes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        while (true)
        {
            await using var session = await store.ReadAsync(cancellationToken);
            var registry = await types.ForAsync(session, cancellationToken);
            ImmutableArray<Problem> problems = [.. names.Select(name => ProblemOf(registry, name)).OfType<Problem>()];
            if (!problems.IsEmpty || registry.Settings.IgnoredAttributes.SequenceEqual(names, StringComparer.Ordinal))
            {
                return problems;
            }

            await store.CommitSettingsAsync(settings with { IgnoredAttributes = names }, registry.Version, context, cancellationToken);
        }
    }

    private static Problem? ProblemOf(TypeRegistry registry, string name)
    {
        var attributes = registry.Entities.Select(type => type.Attribute(name)).OfType<AssetAttribute>().ToList();
        var why = attributes.Count == 0 ? "no type has such an attribute"
            : attributes.Exists(attribute => attribute.Definition.IsUnique) || name is "name" or "__hasLineage" ? "assets are known by it"
            : attributes.Exists(attribute => !attribute.UserCompanions.IsEmpty || !attribute.TimestampCompanions.IsEmpty) ? "other attributes follow from it"
            : null;
        return why is null ? null : new Problem(ErrorCodes.InvalidParameters, "ignoredAttributes", $"invalid parameters: {name} cannot be ignored: {why}");
    }
}
