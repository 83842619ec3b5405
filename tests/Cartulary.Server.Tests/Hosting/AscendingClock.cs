namespace Cartulary.Server.Tests.Hosting;

/// <summary>
/// A clock that is a millisecond later each time it is looked at. The guids that servers make by it ascend in the order in
/// which they are made, so that what is told in the order of guids is told alike wherever the same is done.
/// </summary>
internal sealed class AscendingClock : TimeProvider
{
    private long _milliseconds = System.GetUtcNow().ToUnixTimeMilliseconds();

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Increment(ref _milliseconds));
}
