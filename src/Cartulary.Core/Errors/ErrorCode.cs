namespace Cartulary.Core.Errors;

/// <summary>A kind of refusal: the code clients see and the HTTP status that goes with it.</summary>
/// <param name="Code">The code, for example <c>ATLAS-400-00-014</c>.</param>
/// <param name="Status">The HTTP status; the reference's code family and status do not always agree, and clients expect both as they are.</param>
/// <param name="Title">What the code means, in a few words.</param>
public sealed record ErrorCode(string Code, int Status, string Title);
