namespace Cartulary.Core.Save.ShortCut;

/// <summary>Where one member of a request stands in the body.</summary>
/// <param name="Fingerprint">Stands for its bytes.</param>
/// <param name="GuidStart">Where its own local guid begins.</param>
/// <param name="GuidLength">The length of that guid; zero when it has none.</param>
internal readonly record struct MemberSlice(Fingerprint Fingerprint, int GuidStart, int GuidLength);
