namespace Cartulary.Load.Measuring;

/// <summary>A bench whose unchanged saves told something, or whose changes did not, measures nothing.</summary>
internal static class Feed
{
    /// <summary>Fails when the feed does not end where the saves should have left it.</summary>
    public static void Expect(long expected, long head)
    {
        if (head != expected)
        {
            throw new InvalidOperationException($"The feed ends at {head} and not, as the saves should have left it, at {expected}.");
        }
    }
}
