using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Auth;

/// <summary>What is logged about keys: event ids 1200 to 1299.</summary>
internal static partial class AuthLog
{
    [LoggerMessage(1200, LogLevel.Debug, "{Path}: refused; a key was given: {WithKey}")]
    public static partial void NotAuthenticated(this ILogger logger, string? path, bool withKey);
}
