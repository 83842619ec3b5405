namespace Cartulary.Server.Http;

/// <summary>Counts the bytes of all bodies that are held at the moment, so that they stay below a limit.</summary>
internal sealed class BodyGate(long limit)
{
    private long _held;

    /// <summary>How many bytes are held.</summary>
    public long Held => Volatile.Read(ref _held);

    /// <summary>Takes room for so many bytes; false, and nothing taken, when there is not enough.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= limit)
        {
            return true;
        }

        Release(bytes);
        return false;
    }

    /// <summary>Gives room back.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _held, -bytes);
}
