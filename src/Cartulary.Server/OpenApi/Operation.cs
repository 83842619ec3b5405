using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Microsoft.AspNetCore.Builder;

namespace Cartulary.Server.OpenApi;

/// <summary>What one call is, for the description of the API; metadata of its endpoint.</summary>
/// <param name="Id">Its name for programs.</param>
/// <param name="Tag">The resource it belongs to.</param>
/// <param name="Summary">What it does, in a line.</param>
internal sealed record Operation(string Id, string Tag, string Summary)
{
    /// <summary>More than a line about it; empty for nothing.</summary>
    public string Description { get; init; } = "";

    /// <summary>What its query and headers may say; parts of the path are taken from the route.</summary>
    public ImmutableArray<Parameter> Parameters { get; init; } = [];

    /// <summary>The schema of its body, or null when it has none.</summary>
    public string? Body { get; init; }

    /// <summary>The schema of its answer; empty for 204 without a body.</summary>
    public required string Answer { get; init; }

    /// <summary>The media type of its answer.</summary>
    public string MediaType { get; init; } = "application/json";

    /// <summary>Headers of its answer, with what they say.</summary>
    public ImmutableArray<(string Name, string Meaning)> AnswerHeaders { get; init; } = [];

    /// <summary>Whether it answers 304 when the reader has it already.</summary>
    public bool IsConditional { get; init; }

    /// <summary>Refusals of its own, beside those that every call may give.</summary>
    public ImmutableArray<ErrorCode> Refusals { get; init; } = [];

    /// <summary>Schemas of refusals that say more than others, by status.</summary>
    public ImmutableDictionary<int, string> RefusalSchemas { get; init; } = ImmutableDictionary<int, string>.Empty;

    /// <summary>Whether it needs no key.</summary>
    public bool IsOpen { get; init; }
}

/// <summary>Describes endpoints.</summary>
internal static class OperationExtensions
{
    /// <summary>Says what an endpoint is. It is asked only when somebody wants the description, so that a start need not pay for it.</summary>
    public static T Describe<T>(this T endpoint, Func<Operation> operation)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(operation);
}
