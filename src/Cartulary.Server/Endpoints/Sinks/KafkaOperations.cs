using Cartulary.Core.Errors;
using Cartulary.Server.OpenApi;

namespace Cartulary.Server.Endpoints.Sinks;

/// <summary>What the calls of the sink to Kafka are.</summary>
internal static class KafkaOperations
{
    private const string Tag = "Sinks";

    public static readonly Operation Get = new("getKafkaSink", Tag, "How events to Kafka do")
    {
        Answer = "KafkaSink",
        Refusals = [ErrorCodes.NotAuthorized],
    };

    public static readonly Operation Resume = new("resumeKafkaSink", Tag, "Let events to Kafka go on that are blocked")
    {
        Description = "Without members where what blocked them has been put right. It changes nothing when they are not blocked.",
        Body = "KafkaResume",
        Answer = "KafkaSink",
        Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.SinkNotBlocked, ErrorCodes.PositionAhead, ErrorCodes.PositionTooOld],
    };
}
