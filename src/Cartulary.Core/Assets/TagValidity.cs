namespace Cartulary.Core.Assets;

/// <summary>A period in which a tag holds, as it was given (Apache Atlas, "TimeBoundary"). Nothing is done with it; empty texts were not given.</summary>
/// <param name="StartTime">When it begins.</param>
/// <param name="EndTime">When it ends.</param>
/// <param name="TimeZone">The time zone of both.</param>
public sealed record TagValidity(string StartTime, string EndTime, string TimeZone);
