using System.Collections.Immutable;
using Cartulary.Core.Errors;

namespace Cartulary.Core.Save.Read;

/// <summary>What came of reading a body.</summary>
public abstract record ReadOutcome
{
    private ReadOutcome()
    {
    }

    /// <summary>The same, of a request whose flags say what it means by tags.</summary>
    public ReadOutcome With(TagMode tags) => With(new SaveManner(tags, MetadataMode.Ignored));

    /// <summary>The same, of a request whose flags say what it means by tags and custom metadata.</summary>
    public ReadOutcome With(SaveManner manner) => manner == default ? this : this switch
    {
        Understood understood => new Understood(understood.Request with { Manner = manner }),
        Refused { Rest: { } rest } refused => refused with { Rest = rest with { Manner = manner } },
        _ => this,
    };

    /// <summary>It was understood.</summary>
    /// <param name="Request">The request.</param>
    public sealed record Understood(SaveRequest Request) : ReadOutcome;

    /// <summary>It was not.</summary>
    /// <param name="Problems">All that is wrong with it.</param>
    public sealed record Refused(ImmutableArray<Problem> Problems) : ReadOutcome
    {
        /// <summary>How many problems there are beside those listed.</summary>
        public int Omitted { get; init; }

        /// <summary>What could be read, in which more may be wrong; null when there is nothing to look at.</summary>
        public SaveRequest? Rest { get; init; }
    }
}
