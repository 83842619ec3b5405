namespace Cartulary.Storage.Trimming;

/// <summary>A version of an asset that a trimmed event told.</summary>
/// <param name="Asset">The asset's number.</param>
/// <param name="Version">The version.</param>
/// <param name="Revision">The revision that held the state then.</param>
/// <param name="Status">The status then.</param>
internal readonly record struct SweptVersion(long Asset, long Version, long Revision, int Status);
