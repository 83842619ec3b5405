using System.Globalization;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Read;

/// <summary>
/// Reads the bodies of save requests: walks the UTF-8 once, keeps attribute values as slices, builds no object tree.
/// Keys that this catalog does not know are passed over; a key given twice is a mistake.
/// </summary>
public sealed partial class SaveRequestReader
{
    private const int LongestKeyInPath = 100;

    private readonly ReadOnlyMemory<byte> _body;
    private readonly SaveLimits _limits;
    private readonly bool _notesPassedOver;
    private readonly JsonObjectKeys _keys;
    private readonly ProblemList _problems = new();
    private readonly List<RequestAsset> _entities = [];
    private readonly Dictionary<string, RequestAsset> _referred = new(StringComparer.Ordinal);

    // Filled by one object after the other.
    private readonly List<RequestField> _fields = [];
    private bool _hasEntities;
    private Func<int, bool> _isPassedOver = static _ => false;

    // Its assets stand twice, so that nobody can say which are meant.
    private bool _isAmbiguous;

    private SaveRequestReader(ReadOnlyMemory<byte> body, TypeRegistry registry, SaveLimits limits, bool notesPassedOver)
    {
        _body = body;
        _limits = limits;
        _notesPassedOver = notesPassedOver;
        _keys = new JsonObjectKeys(registry.Names);
    }

    /// <summary>Reads <c>{"entities":[…],"referredEntities":{…}}</c>.</summary>
    public static ReadOutcome ReadBulk(ReadOnlyMemory<byte> body, TypeRegistry registry, SaveLimits limits, bool notesPassedOver = false) =>
        new SaveRequestReader(body, registry, limits, notesPassedOver).Read("entities", RequestKind.Full, target: null);

    /// <summary>Reads <c>{"entity":{…},"referredEntities":{…}}</c>.</summary>
    public static ReadOutcome ReadSingle(ReadOnlyMemory<byte> body, TypeRegistry registry, SaveLimits limits, bool notesPassedOver = false) =>
        new SaveRequestReader(body, registry, limits, notesPassedOver).Read("entity", RequestKind.Full, target: null);

    /// <summary>Reads the members of a bulk body that are not passed over; each keeps its path in the body.</summary>
    internal static ReadOutcome ReadBulk(ReadOnlyMemory<byte> body, TypeRegistry registry, SaveLimits limits, Func<int, bool> isPassedOver) =>
        new SaveRequestReader(body, registry, limits, notesPassedOver: false) { _isPassedOver = isPassedOver }.Read("entities", RequestKind.Full, target: null);

    /// <summary>Reads <c>{"entity":{…}}</c> as a partial update of the asset that the address names.</summary>
    public static ReadOutcome ReadPartial(
        ReadOnlyMemory<byte> body, AssetSelector target, TypeRegistry registry, SaveLimits limits, bool notesPassedOver = false) =>
        new SaveRequestReader(body, registry, limits, notesPassedOver).Read("entity", RequestKind.Partial, target);

    private ReadOutcome Read(string member, RequestKind kind, AssetSelector? target)
    {
        if (TextCheck.WhyUnreadable(_body.Span) is { } fault)
        {
            return Refused(PlaceOf(TextCheck.FindUnreadable(_body.Span)), fault);
        }

        try
        {
            ReadBody(member);
        }
        catch (JsonException problem)
        {
            return Refused(PlaceOf(long.MaxValue), $"the body is not valid JSON: {FirstSentence(problem.Message)}");
        }

        if (_problems.Count == 0 && !_hasEntities)
        {
            Report(ErrorCodes.InvalidParameters, member, $"\"{member}\" is missing or empty");
        }

        var assets = WithReferred();
        if (assets.Length > _limits.AssetsPerRequest)
        {
            Report(ErrorCodes.TooManyAssets, member, $"the request holds {assets.Length} assets; at most {_limits.AssetsPerRequest} are taken");
        }

        var request = new SaveRequest { Kind = kind, Assets = assets, Target = target };
        if (_problems.Count == 0)
        {
            return new ReadOutcome.Understood(request);
        }

        var mayGoOn = assets.Length > 0 && assets.Length <= _limits.AssetsPerRequest && !_isAmbiguous;
        return new ReadOutcome.Refused(_problems.ToImmutable()) { Omitted = _problems.Omitted, Rest = mayGoOn ? request : null };
    }

    private string PlaceOf(long at) => JsonPlace.Of(_body.Span, _limits.JsonDepth, at);

    private void ReadBody(string member)
    {
        var reader = new Utf8JsonReader(_body.Span, new JsonReaderOptions { MaxDepth = _limits.JsonDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            ExpectEnd(ref reader);
            Report(ErrorCodes.BadRequest, "", "the body must be a JSON object");
            return;
        }

        var seen = _keys.Enter();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var before = _problems.Count;
            var key = ReadKey(ref reader, seen);
            _isAmbiguous |= _problems.Count > before;
            if (key == member)
            {
                ReadEntities(ref reader, member);
            }
            else if (key == "referredEntities")
            {
                ReadReferred(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        _keys.Leave(seen);
        ExpectEnd(ref reader);
    }

    private static void ExpectEnd(ref Utf8JsonReader reader)
    {
        if (reader.Read())
        {
            throw new JsonException("there is more after the end of the value");
        }
    }

    private void ReadEntities(ref Utf8JsonReader reader, string member)
    {
        if (reader.TokenType == JsonTokenType.StartObject && member == "entity")
        {
            AddEntity(ReadAsset(ref reader, member));
            return;
        }

        if (reader.TokenType != JsonTokenType.StartArray || member == "entity")
        {
            _hasEntities = reader.TokenType != JsonTokenType.Null;
            Expect(ref reader, reader.TokenType == JsonTokenType.Null, member, member == "entity" ? "an object" : "an array of objects");
            return;
        }

        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (_isPassedOver(index))
            {
                reader.Skip();
            }
            else
            {
                AddEntity(ReadAsset(ref reader, $"{member}[{index.ToString(CultureInfo.InvariantCulture)}]"));
            }
        }
    }

    private void AddEntity(RequestAsset? asset)
    {
        _hasEntities = true;
        if (asset is not null)
        {
            _entities.Add(asset);
        }
    }

    private void ReadReferred(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Expect(ref reader, reader.TokenType == JsonTokenType.Null, "referredEntities", "an object");
            return;
        }

        var seen = _keys.Enter();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = ReadKey(ref reader, seen, "referredEntities");
            var path = $"referredEntities.{ProblemList.Shorten(key, LongestKeyInPath)}";
            var isGuid = RequestGuid.TryParse(key, out var guid);
            if (!isGuid)
            {
                Report(ErrorCodes.InvalidObjectId, path, $"ObjectId is not valid {key}");
            }

            if (ReadAsset(ref reader, path) is { } asset && isGuid)
            {
                _referred[guid.Text] = asset with { Guid = asset.Guid ?? guid };
            }
        }

        _keys.Leave(seen);
    }

    /// <summary>The key at the reader's token; moves on to its value.</summary>
    private string ReadKey(ref Utf8JsonReader reader, HashSet<string> seen, params ReadOnlySpan<string> owners)
    {
        var key = _keys.Read(ref reader);
        if (!seen.Add(key))
        {
            Report(ErrorCodes.BadRequest, string.Join('.', [.. owners, key]), "the key is given twice");
        }

        reader.Read();
        return key;
    }

    private void Expect(ref Utf8JsonReader reader, bool holds, string path, string what)
    {
        if (!holds)
        {
            Report(ErrorCodes.BadRequest, path, $"{path} must be {what}");
            reader.Skip();
        }
    }

    private void Report(ErrorCode code, string path, string message, string? guid = null) => _problems.Add(new Problem(code, path, message, guid));

    private static ReadOutcome.Refused Refused(string path, string message)
    {
        var problems = new ProblemList();
        problems.Add(new Problem(ErrorCodes.BadRequest, path, message));
        return new ReadOutcome.Refused(problems.ToImmutable());
    }

    private static string FirstSentence(string message) =>
        message.IndexOf(" LineNumber", StringComparison.Ordinal) is > 0 and var at
            ? $"{message[..at].TrimEnd('.', ' ')} ({message[(at + 1)..].TrimEnd('.')})"
            : message;
}
