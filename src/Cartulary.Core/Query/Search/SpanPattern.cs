using System.Collections.Immutable;

namespace Cartulary.Core.Query.Search;

/// <summary>
/// Stretches of a text field, each from the place of a word on and before the place of another one; words of one value stand at
/// places that follow one another, and 100 places lie between two values. By the rules of the span queries of the Elasticsearch
/// reference, where those of their parts are taken in every possible way.
/// </summary>
public abstract record SpanPattern
{
    private SpanPattern()
    {
    }

    /// <summary>This word, as it stands in the index.</summary>
    public sealed record Word(string Text) : SpanPattern;

    /// <summary>
    /// One stretch of each part, with at most <paramref name="Slop"/> places among them that are none's; each after the end of the one
    /// before where they are <paramref name="IsOrdered"/>, and otherwise anyhow.
    /// </summary>
    public sealed record Near(ImmutableArray<SpanPattern> Of, int Slop, bool IsOrdered) : SpanPattern;

    /// <summary>A stretch of some part.</summary>
    public sealed record Any(ImmutableArray<SpanPattern> Of) : SpanPattern;

    /// <summary>One that has nothing of the excluded ones in it, nor so many places before or after it.</summary>
    public sealed record Without(SpanPattern Include, SpanPattern Exclude, int Before, int After) : SpanPattern;

    /// <summary>One that ends within the first places.</summary>
    public sealed record First(SpanPattern Of, int End) : SpanPattern;

    /// <summary>A little one that lies in a big one.</summary>
    public sealed record Within(SpanPattern Little, SpanPattern Big) : SpanPattern;

    /// <summary>A big one that holds a little one.</summary>
    public sealed record Around(SpanPattern Big, SpanPattern Little) : SpanPattern;
}
