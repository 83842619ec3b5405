namespace Cartulary.Core.Errors;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Code">What kind of mistake it is.</param>
/// <param name="Path">Where in the request it stands, for example <c>entities[3].attributes.order</c>.</param>
/// <param name="Message">What is wrong, for people.</param>
/// <param name="EntityGuid">The guid by which the request names the asset, or null.</param>
public sealed record Problem(ErrorCode Code, string Path, string Message, string? EntityGuid = null)
{
    /// <summary>What is expected and what is there, where a version is not the expected one; null for other mistakes.</summary>
    public VersionConflict? Conflict { get; init; }
}
