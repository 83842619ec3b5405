using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace Cartulary.Core.Save.ShortCut;

/// <summary>
/// Cuts the body of a save into its members without reading what they say. Whatever is unusual about the body outside of its
/// members is left to the long way, which knows what to answer. What is inside a member need not be checked: it counts only
/// where it equals, byte for byte, what was found right before.
/// </summary>
internal ref struct BodySlicer
{
    private const int LongestGuid = 100;
    private readonly ReadOnlySpan<byte> _body;
    private readonly long _seed;
    private readonly HashSet<ulong> _guids = [];
    private Utf8JsonReader _reader;

    private BodySlicer(ReadOnlySpan<byte> body, int depth, long seed)
    {
        _body = body;
        _seed = seed;
        _reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = depth });
    }

    /// <summary>The members in order; null when the body is to go the long way.</summary>
    public static List<MemberSlice>? Slice(ReadOnlySpan<byte> body, BodyShape shape, SaveLimits limits, long seed)
    {
        try
        {
            var members = new List<MemberSlice>(64);
            return new BodySlicer(body, limits.JsonDepth, seed).TryRead(shape, members) && members.Count > 0 && members.Count <= limits.AssetsPerRequest
                ? members
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool TryRead(BodyShape shape, List<MemberSlice> members)
    {
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var (hasMembers, hasReferred) = (false, false);
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!hasMembers && IsKey(shape == BodyShape.Bulk ? "entities"u8 : "entity"u8))
            {
                hasMembers = TryReadMembers(shape, members);
                if (!hasMembers)
                {
                    return false;
                }
            }
            else if (!hasReferred && IsKey("referredEntities"u8) && TrySkipNothing())
            {
                hasReferred = true;
            }
            else
            {
                return false;
            }
        }

        return !_reader.Read();
    }

    private bool TryReadMembers(BodyShape shape, List<MemberSlice> members)
    {
        _reader.Read();
        if (shape == BodyShape.Single)
        {
            return TryReadMember(members);
        }

        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (!TryReadMember(members))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryReadMember(List<MemberSlice> members)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var start = (int)_reader.TokenStartIndex;
        var (guidStart, guidLength) = (0, 0);
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (_reader.ValueIsEscaped)
            {
                return false;
            }

            var isGuid = IsKey("guid"u8);
            _reader.Read();
            if (isGuid && _reader.TokenType == JsonTokenType.String && _reader.ValueSpan is [(byte)'-', ..] local)
            {
                if (guidLength > 0 || !IsPlain(local) || !_guids.Add(XxHash3.HashToUInt64(local)))
                {
                    return false;
                }

                (guidStart, guidLength) = ((int)_reader.TokenStartIndex + 1, local.Length);
            }
            else
            {
                _reader.Skip();
            }
        }

        members.Add(new MemberSlice(FingerprintOf(start, (int)_reader.BytesConsumed, guidStart, guidLength), guidStart, guidLength));
        return true;
    }

    private readonly Fingerprint FingerprintOf(int start, int end, int guidStart, int guidLength) => guidLength == 0
        ? Fingerprint.Of(_body[start..end], _seed)
        : Fingerprint.Of(_body[start..guidStart], _body[(guidStart + guidLength)..end], _seed);

    /// <summary>An escaped key is none that is looked for, and one that is half of a surrogate pair cannot even be compared.</summary>
    private readonly bool IsKey(ReadOnlySpan<byte> name) => !_reader.ValueIsEscaped && _reader.ValueTextEquals(name);

    private readonly bool IsPlain(ReadOnlySpan<byte> guid) => guid.Length <= LongestGuid && !_reader.ValueIsEscaped && Ascii.IsValid(guid);

    /// <summary>Clients that have no referred assets often say so.</summary>
    private bool TrySkipNothing() =>
        _reader.Read()
        && (_reader.TokenType == JsonTokenType.Null
            || (_reader.TokenType == JsonTokenType.StartObject && _reader.Read() && _reader.TokenType == JsonTokenType.EndObject));
}
