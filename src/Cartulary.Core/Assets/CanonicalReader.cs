using System.Buffers.Binary;
using System.Text;

namespace Cartulary.Core.Assets;

/// <summary>Walks canonical values and the stored records made of them. Bytes that do not follow the format throw.</summary>
internal ref struct CanonicalReader
{
    private readonly ReadOnlySpan<byte> _source;
    private int _position;

    public CanonicalReader(ReadOnlySpan<byte> source)
    {
        _source = source;
        _position = 0;
    }

    /// <summary>Where the next read starts.</summary>
    public readonly int Position => _position;

    /// <summary>The tag of the value that starts here.</summary>
    public readonly CanonicalTag Tag => (CanonicalTag)_source[_position];

    public byte ReadByte() => _source[_position++];

    public ulong ReadNumber() => Varint.Read(_source, ref _position);

    public int ReadCount() => checked((int)ReadNumber());

    public ReadOnlySpan<byte> ReadRaw(int count)
    {
        var span = _source.Slice(_position, count);
        _position += count;
        return span;
    }

    public ReadOnlySpan<byte> ReadBlock() => ReadRaw(ReadCount());

    public Guid ReadGuid() => new(ReadRaw(16), bigEndian: true);

    /// <summary>Reads a text value, tag included.</summary>
    public string ReadText() => Encoding.UTF8.GetString(ReadTextBytes());

    /// <summary>Reads a text value, tag included, as UTF-8.</summary>
    public ReadOnlySpan<byte> ReadTextBytes()
    {
        Expect(CanonicalTag.String);
        return ReadBlock();
    }

    public long ReadInteger()
    {
        Expect(CanonicalTag.Integer);
        return Varint.UnZigZag(ReadNumber());
    }

    public long ReadDate()
    {
        Expect(CanonicalTag.Date);
        return BinaryPrimitives.ReadInt64BigEndian(ReadRaw(sizeof(long)));
    }

    public double ReadDouble()
    {
        Expect(CanonicalTag.Double);
        return BinaryPrimitives.ReadDoubleBigEndian(ReadRaw(sizeof(double)));
    }

    /// <summary>Passes over one value of any kind and returns its bytes.</summary>
    public ReadOnlySpan<byte> ReadValue()
    {
        var start = _position;
        SkipValue();
        return _source[start.._position];
    }

    private void SkipValue()
    {
        switch ((CanonicalTag)ReadByte())
        {
            case CanonicalTag.True or CanonicalTag.False:
                break;
            case CanonicalTag.String or CanonicalTag.BigInteger or CanonicalTag.BigDecimal:
                ReadBlock();
                break;
            case CanonicalTag.Integer:
                ReadNumber();
                break;
            case CanonicalTag.Date or CanonicalTag.Double:
                ReadRaw(sizeof(long));
                break;
            case CanonicalTag.Array:
                SkipValues(ReadCount());
                break;
            case CanonicalTag.Map:
                SkipValues(checked(ReadCount() * 2));
                break;
            case CanonicalTag.Struct:
                SkipStruct();
                break;
            case var tag:
                throw new InvalidDataException($"A stored value starts with the unknown tag {tag}.");
        }
    }

    private void SkipValues(int count)
    {
        for (var i = 0; i < count; i++)
        {
            SkipValue();
        }
    }

    private void SkipStruct()
    {
        ReadNumber();
        var count = ReadCount();
        for (var i = 0; i < count; i++)
        {
            ReadNumber();
            SkipValue();
        }
    }

    private void Expect(CanonicalTag tag)
    {
        if (ReadByte() != (byte)tag)
        {
            throw new InvalidDataException($"A stored value is not of the expected kind {tag}.");
        }
    }
}
