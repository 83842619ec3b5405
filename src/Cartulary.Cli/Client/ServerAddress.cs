namespace Cartulary.Cli.Client;

/// <summary>Where a server is and what it is told about the caller.</summary>
/// <param name="Url">The address; what follows the host is kept.</param>
/// <param name="Key">The API key, or null to come without one.</param>
internal sealed record ServerAddress(Uri Url, string? Key);
