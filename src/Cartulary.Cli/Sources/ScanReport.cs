using System.Collections.Frozen;

namespace Cartulary.Cli.Sources;

/// <summary>What a source says about its reading beside the assets.</summary>
/// <param name="tell">Is given what people may want to see on the way.</param>
internal sealed class ScanReport(Action<string> tell)
{
    private readonly List<SourceScope> _scopes = [];
    private readonly List<SchemaList> _lists = [];
    private readonly HashSet<string> _unread = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];

    /// <summary>The schemas that were read to their end.</summary>
    public IReadOnlyList<SourceScope> Scopes => _scopes;

    /// <summary>The databases whose list of schemas was read to its end.</summary>
    public IReadOnlyList<SchemaList> SchemaLists => _lists;

    /// <summary>What was left out, for people.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Says that a schema was read to its end.</summary>
    public void End(SourceScope scope) => _scopes.Add(scope);

    /// <summary>Says that the list of a database's schemas was read to its end.</summary>
    public void EndSchemas(string database, string label, FrozenSet<string> schemas) => _lists.Add(new(database, label, schemas));

    /// <summary>Says that what is directly below an asset could not be read; of a step of lineage, nor the step itself.</summary>
    public void MarkUnread(string qualifiedName) => _unread.Add(qualifiedName);

    /// <summary>Whether what is directly below an asset could not be read.</summary>
    public bool IsUnread(string qualifiedName) => _unread.Contains(qualifiedName);

    /// <summary>Says that something was left out.</summary>
    public void Warn(string text) => _warnings.Add(text);

    /// <summary>Says how far the reading is.</summary>
    public void Tell(string text) => tell(text);
}
