using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Tags;

/// <summary>What is logged about passing tags on: event ids 1500 to 1599.</summary>
internal static partial class TagLog
{
    [LoggerMessage(1500, LogLevel.Error, "Passing tags on failed; it is tried again")]
    public static partial void PropagationFailed(this ILogger logger, Exception problem);
}
