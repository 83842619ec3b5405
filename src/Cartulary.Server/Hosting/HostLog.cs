using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Hosting;

/// <summary>What is logged about the life of the server: event ids 1000 to 1099.</summary>
internal static partial class HostLog
{
    [LoggerMessage(1000, LogLevel.Information, "Listening on {Addresses}; {Place}")]
    public static partial void Started(this ILogger logger, string addresses, string place);
}
