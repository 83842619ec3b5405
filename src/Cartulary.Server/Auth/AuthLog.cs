using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Auth;

/// <summary>What is logged about keys: event ids 1200 to 1299.</summary>
internal static partial class AuthLog
{
    [LoggerMessage(1200, LogLevel.Debug, "{Path}: refused; a key was given: {WithKey}")]
    public static partial void NotAuthenticated(this ILogger logger, string? path, bool withKey);

    [LoggerMessage(1201, LogLevel.Information, "{Actor} created the key {Id} for {Name} as {Role}")]
    public static partial void KeyCreated(this ILogger logger, string actor, string id, string name, string role);

    [LoggerMessage(1202, LogLevel.Information, "{Actor} revoked the key {Id} of {Name}")]
    public static partial void KeyRevoked(this ILogger logger, string actor, string id, string name);
}
