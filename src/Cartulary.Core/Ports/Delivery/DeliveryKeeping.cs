namespace Cartulary.Core.Ports.Delivery;

/// <summary>What is kept of deliveries for people.</summary>
/// <param name="DeadLettersFrom">Events given up earlier than this are removed, epoch milliseconds.</param>
/// <param name="FailuresFrom">Failed attempts begun earlier than this are removed, epoch milliseconds.</param>
/// <param name="FailuresMax">Most failed attempts of a subscription.</param>
/// <param name="SuccessesMax">Most successful attempts of a subscription.</param>
/// <param name="NoticesFrom">Notices of earlier times are removed, epoch milliseconds.</param>
/// <param name="NoticesMax">Most notices of a subscription.</param>
public sealed record DeliveryKeeping(long DeadLettersFrom, long FailuresFrom, int FailuresMax, int SuccessesMax, long NoticesFrom, int NoticesMax);
