namespace Cartulary.Storage.Delivery;

/// <summary>
/// Remembers whether the last change of a store could be made. Where nobody has tried again for some time it is tried with a change that does nothing; not
/// sooner, since that may find room where no other does.
/// </summary>
internal sealed class WriteWatch(TimeProvider clock)
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(5);
    private volatile Failure? _last;

    /// <summary>Makes a change and remembers what came of it.</summary>
    public async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> change)
    {
        try
        {
            var result = await change();
            _last = null;
            return result;
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            _last = new Failure(problem, clock.GetTimestamp());
            throw;
        }
    }

    /// <summary>Why the last change could not be made; null when it could, or when this one can be, long after the last.</summary>
    public async ValueTask<Exception?> WhyNotAsync(Func<ValueTask<bool>> change)
    {
        if (_last is not { } failure)
        {
            return null;
        }

        if (clock.GetElapsedTime(failure.Time) < Forgotten)
        {
            return failure.Problem;
        }

        try
        {
            await RunAsync(change);
            return null;
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            return problem;
        }
    }

    private sealed record Failure(Exception Problem, long Time);
}
