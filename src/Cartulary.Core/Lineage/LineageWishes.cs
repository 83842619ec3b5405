using System.Collections.Immutable;

namespace Cartulary.Core.Lineage;

/// <summary>What an answer is to tell of each asset beside its names.</summary>
/// <param name="Attributes">Names of attributes, those of relationships included; what a type has not is passed over.</param>
/// <param name="RelationAttributes">Names of attributes of the assets at the other ends of those relationships.</param>
public sealed record LineageWishes(ImmutableArray<string> Attributes, ImmutableArray<string> RelationAttributes)
{
    /// <summary>The names alone.</summary>
    public static LineageWishes Names { get; } = new([], []);

    /// <summary>Whether it is to tell the terms that are assigned to it.</summary>
    public bool Meanings { get; init; }

    /// <summary>Whether it is to tell the tags.</summary>
    public bool Classifications { get; init; }
}
