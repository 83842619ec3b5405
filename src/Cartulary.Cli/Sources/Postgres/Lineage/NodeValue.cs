using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Cartulary.Cli.Sources.Postgres.Lineage;

/// <summary>A piece of a parse tree as PostgreSQL writes it down.</summary>
internal abstract class NodeValue;

/// <summary>A single word: a number, a name, a flag. Nothing at all is written <c>&lt;&gt;</c> and has no text.</summary>
internal sealed class NodeWord(string? text) : NodeValue
{
    /// <summary>The word without its escapes, or null for nothing.</summary>
    public string? Text { get; } = text;
}

/// <summary>A list in round brackets.</summary>
internal sealed class NodeList(ImmutableArray<NodeValue> items) : NodeValue
{
    /// <summary>What it holds, in order.</summary>
    public ImmutableArray<NodeValue> Items { get; } = items;
}

/// <summary>A node in curly brackets. Two nodes are the same only if they are one object.</summary>
internal sealed class Node(string name, FrozenDictionary<string, NodeValue> fields) : NodeValue
{
    /// <summary>The kind of node, for example <c>QUERY</c>.</summary>
    public string Name { get; } = name;

    /// <summary>All of its fields.</summary>
    public IEnumerable<NodeValue> Fields => fields.Values;

    /// <summary>The node in a field, or null.</summary>
    public Node? Child(string field) => fields.GetValueOrDefault(field) as Node;

    /// <summary>The items of a field that is a list; none when it is empty or missing.</summary>
    public ImmutableArray<NodeValue> Items(string field) => fields.GetValueOrDefault(field) is NodeList list ? list.Items : [];

    /// <summary>The word in a field, or null.</summary>
    public string? Text(string field) => (fields.GetValueOrDefault(field) as NodeWord)?.Text;

    /// <summary>The number in a field.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public long Number(string field) =>
        long.TryParse(Text(field), out var number) ? number : throw new FormatException($"{Name} has no number {field}");
}
