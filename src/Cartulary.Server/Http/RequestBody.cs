namespace Cartulary.Server.Http;

/// <summary>A body in memory, with the room it takes from a <see cref="BodyGate"/> until it is disposed.</summary>
internal sealed class RequestBody(BodyGate gate) : IDisposable
{
    private byte[] _bytes = [];
    private int _length;
    private int _taken;

    /// <summary>What has been read.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <summary>Where to read on.</summary>
    public Memory<byte> Free => _bytes.AsMemory(_length);

    /// <summary>Notes that so many bytes were read into <see cref="Free"/>.</summary>
    public void Advance(int count) => _length += count;

    /// <summary>Makes room for so many bytes in all; false when the gate has none.</summary>
    public bool TryGrow(int size)
    {
        if (!gate.TryTake(size - _taken))
        {
            return false;
        }

        _taken = size;
        var larger = GC.AllocateUninitializedArray<byte>(size);
        Written.CopyTo(larger);
        _bytes = larger;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        gate.Release(_taken);
        _taken = 0;
    }
}
