namespace Cartulary.Core.Tags;

/// <summary>A recorded edge, in a direction in which its type passes tags on.</summary>
/// <param name="From">The asset that passes tags on.</param>
/// <param name="To">The asset that gets them.</param>
/// <param name="Path">The kind of step.</param>
internal readonly record struct TagWay(Guid From, Guid To, TagPath Path);
