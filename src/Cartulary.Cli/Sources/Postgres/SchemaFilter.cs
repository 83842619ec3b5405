using System.Collections.Immutable;
using System.IO.Enumeration;

namespace Cartulary.Cli.Sources.Postgres;

/// <summary>Which schemas are crawled, by patterns in which * stands for any text and ? for one character.</summary>
/// <param name="Included">A schema must match one of these; all do when there are none.</param>
/// <param name="Excluded">A schema must match none of these.</param>
internal sealed record SchemaFilter(ImmutableArray<string> Included, ImmutableArray<string> Excluded)
{
    /// <summary>Whether a schema is crawled.</summary>
    public bool Takes(string schema) =>
        (Included.IsEmpty || Included.Any(pattern => Matches(pattern, schema))) && !Excluded.Any(pattern => Matches(pattern, schema));

    private static bool Matches(string pattern, string schema) => FileSystemName.MatchesSimpleExpression(pattern, schema, ignoreCase: false);
}
