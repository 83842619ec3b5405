using System.Buffers.Binary;
using System.Text;

namespace Cartulary.Core.Assets;

/// <summary>
/// Writes canonical values, and the stored records made of them, into one growing buffer. Not safe for several threads.
/// </summary>
internal sealed class CanonicalWriter
{
    private byte[] _buffer = new byte[256];

    /// <summary>How many bytes have been written.</summary>
    public int Length { get; private set; }

    /// <summary>What has been written so far; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    /// <summary>Forgets everything after a position.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>A copy of what has been written, as a value.</summary>
    public CanonicalValue ToValue() => new(Written.ToArray());

    /// <summary>A copy of what has been written.</summary>
    public byte[] ToArray() => Written.ToArray();

    public void WriteString(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        WriteByte((byte)CanonicalTag.String);
        WriteNumber((ulong)length);
        Encoding.UTF8.GetBytes(text, Reserve(length));
    }

    public void WriteString(ReadOnlySpan<byte> utf8)
    {
        WriteByte((byte)CanonicalTag.String);
        WriteBlock(utf8);
    }

    public void WriteBoolean(bool value) => WriteByte((byte)(value ? CanonicalTag.True : CanonicalTag.False));

    public void WriteInteger(long value)
    {
        WriteByte((byte)CanonicalTag.Integer);
        WriteNumber(Varint.ZigZag(value));
    }

    public void WriteDate(long epochMilliseconds)
    {
        WriteByte((byte)CanonicalTag.Date);
        BinaryPrimitives.WriteInt64BigEndian(Reserve(sizeof(long)), epochMilliseconds);
    }

    /// <summary>Minus zero is written as zero, so that equal numbers have equal bytes.</summary>
    public void WriteDouble(double value)
    {
        WriteByte((byte)CanonicalTag.Double);
        BinaryPrimitives.WriteDoubleBigEndian(Reserve(sizeof(double)), value == 0 ? 0 : value);
    }

    public void WriteBigInteger(string digits)
    {
        WriteByte((byte)CanonicalTag.BigInteger);
        WriteBlock(Encoding.ASCII.GetBytes(digits));
    }

    public void WriteBigDecimal(string canonicalText)
    {
        WriteByte((byte)CanonicalTag.BigDecimal);
        WriteBlock(Encoding.ASCII.GetBytes(canonicalText));
    }

    public void WriteArrayStart(int count)
    {
        WriteByte((byte)CanonicalTag.Array);
        WriteNumber((ulong)count);
    }

    public void WriteMapStart(int count)
    {
        WriteByte((byte)CanonicalTag.Map);
        WriteNumber((ulong)count);
    }

    public void WriteStructStart(int typeId, int count)
    {
        WriteByte((byte)CanonicalTag.Struct);
        WriteNumber((ulong)typeId);
        WriteNumber((ulong)count);
    }

    public void WriteValue(CanonicalValue value) => WriteRaw(value.Span);

    /// <summary>A length as varint, then the bytes.</summary>
    public void WriteBlock(ReadOnlySpan<byte> bytes)
    {
        WriteNumber((ulong)bytes.Length);
        WriteRaw(bytes);
    }

    public void WriteRaw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    public void WriteNumber(ulong value)
    {
        EnsureRoom(Varint.MaxLength);
        Length += Varint.Write(_buffer.AsSpan(Length), value);
    }

    public void WriteGuid(Guid value) => value.TryWriteBytes(Reserve(16), bigEndian: true, out _);

    public void WriteByte(byte value)
    {
        EnsureRoom(1);
        _buffer[Length++] = value;
    }

    private Span<byte> Reserve(int count)
    {
        EnsureRoom(count);
        var span = _buffer.AsSpan(Length, count);
        Length += count;
        return span;
    }

    private void EnsureRoom(int count)
    {
        if (_buffer.Length - Length < count)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + count));
        }
    }
}
