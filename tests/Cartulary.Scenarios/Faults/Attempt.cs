using System.Collections.Immutable;

namespace Cartulary.Scenarios.Faults;

/// <summary>One save or delete of the load: what it would tell, and what came of it.</summary>
/// <param name="Id">The name that its events repeat.</param>
/// <param name="Expected">The events it leads to when it takes effect: operation and qualified name.</param>
/// <param name="Applied">What the client learns when it took effect.</param>
public sealed record Attempt(string Id, ImmutableSortedSet<string> Expected, Action Applied)
{
    /// <summary>The answer's status; 0 when there was no answer.</summary>
    public int Status { get; set; }

    /// <summary>How often it was sent before it was answered.</summary>
    public int Sends { get; set; }

    /// <summary>Whether the answer was the one that an earlier send of it had led to.</summary>
    public bool IsReplayed { get; set; }

    public bool IsAcknowledged => Status == 200;

    public bool IsUnanswered => Status == 0;
}
