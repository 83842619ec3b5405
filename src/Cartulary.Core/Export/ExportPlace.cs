namespace Cartulary.Core.Export;

/// <summary>Where an export that was broken off is gone on with.</summary>
/// <param name="Moment">The moment that it shows.</param>
/// <param name="Lines">How many lines its reader has.</param>
public sealed record ExportPlace(ExportMoment Moment, long Lines);
