using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Events;
using Cartulary.Core.Types;
using Cartulary.Delivery.Secrets;
using Cartulary.Delivery.Subscriptions;
using Cartulary.Delivery.Webhooks;
using Cartulary.Server.Http;

namespace Cartulary.Server.Endpoints.Webhooks;

/// <summary>Reads what a request says of a webhook, and collects all that is wrong with it. Members that are not known are refused, lest a misspelled filter seem to work.</summary>
internal sealed class WebhookRequest
{
    private const int NameLength = 100;
    private const int UrlLength = 2_048;
    private const int ListLength = 1_000;
    private const int HeadersMax = 20;
    private const int HeaderLength = 1_000;
    private const int SecretLength = 256;
    private const int InFlightMax = 32;
    private const int TimeoutMax = 30_000;

    private static readonly FrozenSet<string> OnChange = FrozenSet.Create(
        StringComparer.Ordinal,
        "name",
        "url",
        "events",
        "typeNames",
        "qualifiedNamePrefix",
        "exclude",
        "ignoreAttributes",
        "maxInFlight",
        "timeoutMs",
        "headers",
        "status");

    private static readonly FrozenSet<string> OnCreate = OnChange.Except(["status"]).Concat(["format", "secret", "startAt"]).ToFrozenSet(StringComparer.Ordinal);

    private static readonly ImmutableArray<string> OwnHeaders = ["host", "connection", "transfer-encoding", "keep-alive", "te", "trailer", "upgrade", "expect"];

    private static readonly ImmutableArray<string> OwnPrefixes = ["content-", "webhook-", "ce-", "x-atlan-", "x-cartulary-", "proxy-"];

    private readonly ProblemList _problems = new();
    private readonly TypeRegistry _registry;

    private WebhookRequest(TypeRegistry registry) => _registry = registry;

    /// <summary>Reads a request for a new webhook; null with what is wrong.</summary>
    public static SubscriptionWish? ReadNew(ReadOnlyMemory<byte> body, TypeRegistry registry, out ImmutableArray<Problem> problems) =>
        Read(body, registry, isNew: true, out problems);

    /// <summary>Reads a change of a webhook; null with what is wrong.</summary>
    public static SubscriptionWish? ReadChange(ReadOnlyMemory<byte> body, TypeRegistry registry, out ImmutableArray<Problem> problems) =>
        Read(body, registry, isNew: false, out problems);

    private static SubscriptionWish? Read(ReadOnlyMemory<byte> body, TypeRegistry registry, bool isNew, out ImmutableArray<Problem> problems)
    {
        var request = new WebhookRequest(registry);
        var wish = JsonObjectBody.Parse(body, request._problems) is { } json ? request.Read(json, isNew) : null;
        problems = request._problems.ToImmutable();
        return problems.IsEmpty ? wish : null;
    }

    private SubscriptionWish Read(JsonElement json, bool isNew)
    {
        var known = isNew ? OnCreate : OnChange;
        foreach (var member in json.EnumerateObject().Where(member => !known.Contains(member.Name)))
        {
            Refuse(member.Name, OnCreate.Contains(member.Name) ? $"{member.Name} of a webhook cannot be changed" : $"a webhook has no {member.Name}");
        }

        var format = isNew ? ReadFormat(json) : null;
        return new SubscriptionWish
        {
            Name = ReadName(json, isNew),
            Url = ReadUrl(json, isNew),
            Format = format,
            Events = ReadEvents(json),
            TypeNames = ReadTypes(json),
            QualifiedNamePrefix = Text(json, "qualifiedNamePrefix"),
            ExcludeActors = ReadExclude(json) is { } actors && actors.TryGetProperty("actors"u8, out var list) ? Texts(list, "exclude.actors") : null,
            ExcludeHeaders = ReadExclude(json) is { } headers && headers.TryGetProperty("headers"u8, out var pairs) ? ReadExcludedHeaders(pairs) : null,
            IgnoreAttributes = json.TryGetProperty("ignoreAttributes"u8, out var ignored) ? Texts(ignored, "ignoreAttributes") : null,
            MaxInFlight = Number(json, "maxInFlight", 1, InFlightMax) is { } most ? (int)most : null,
            TimeoutMilliseconds = Number(json, "timeoutMs", 1, TimeoutMax) is { } timeout ? (int)timeout : null,
            Headers = ReadHeaders(json),
            Secret = isNew ? ReadSecret(json, format) : null,
            StartAt = isNew ? ReadStart(json) : null,
            IsActive = isNew ? null : ReadStatus(json),
        };
    }

    private string? ReadName(JsonElement json, bool isNeeded)
    {
        var name = Text(json, "name");
        if (name is null ? isNeeded && !json.TryGetProperty("name"u8, out _) : name.Length is 0 or > NameLength || name.Any(char.IsControl) || name != name.Trim())
        {
            Refuse("name", $"name must be a text of 1 to {NameLength} characters, without control characters and without spaces at its ends");
        }

        return name;
    }

    private Uri? ReadUrl(JsonElement json, bool isNeeded)
    {
        var text = Text(json, "url");
        if (text is null)
        {
            if (isNeeded && !json.TryGetProperty("url"u8, out _))
            {
                Refuse("url", "url is missing");
            }

            return null;
        }

        if (text.Length <= UrlLength
            && Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            && url is { UserInfo: "", Fragment: "", Host.Length: > 0 }
            && !url.Host.Contains('%', StringComparison.Ordinal))
        {
            return url;
        }

        Refuse("url", $"url must be an http or https address of at most {UrlLength} characters, without user, fragment and zone");
        return null;
    }

    private WebhookFormat? ReadFormat(JsonElement json)
    {
        if (!json.TryGetProperty("format"u8, out _))
        {
            return WebhookFormat.Atlan;
        }

        var format = WebhookFormats.Of(Text(json, "format"));
        if (format is null)
        {
            Refuse("format", $"format must be {WebhookFormats.Atlan} or {WebhookFormats.CloudEvents}");
        }

        return format;
    }

    private ImmutableArray<string>? ReadEvents(JsonElement json)
    {
        if (!json.TryGetProperty("events"u8, out var list) || Texts(list, "events") is not { } events)
        {
            return null;
        }

        foreach (var text in events.Where(text => !OperationTypes.All.Contains(text)))
        {
            Refuse("events", $"{text} is no operation; there are {string.Join(", ", OperationTypes.All)}");
        }

        return events.IsEmpty ? Subscription.DefaultEvents : events;
    }

    private ImmutableArray<string>? ReadTypes(JsonElement json)
    {
        if (!json.TryGetProperty("typeNames"u8, out var list) || Texts(list, "typeNames") is not { } types)
        {
            return null;
        }

        foreach (var name in types.Where(name => _registry.FindEntity(name) is null))
        {
            _problems.Add(new Problem(ErrorCodes.UnknownType, "typeNames", $"Type ENTITY with name {name} does not exist"));
        }

        return types;
    }

    private JsonElement? ReadExclude(JsonElement json)
    {
        if (!json.TryGetProperty("exclude"u8, out var exclude))
        {
            return null;
        }

        if (exclude.ValueKind == JsonValueKind.Object && exclude.EnumerateObject().All(member => member.Name is "actors" or "headers"))
        {
            return exclude;
        }

        Refuse("exclude", "exclude must be an object with actors and headers");
        return null;
    }

    private ImmutableArray<KeyValuePair<string, string>>? ReadExcludedHeaders(JsonElement pairs)
    {
        if (pairs.ValueKind != JsonValueKind.Object)
        {
            Refuse("exclude.headers", "exclude.headers must be an object of arrays of texts");
            return null;
        }

        return
        [
            .. pairs.EnumerateObject().SelectMany(
                member => Texts(member.Value, $"exclude.headers.{member.Name}") ?? [],
                static (member, value) => KeyValuePair.Create(member.Name, value)),
        ];
    }

    private ImmutableArray<KeyValuePair<string, Secret>>? ReadHeaders(JsonElement json)
    {
        if (!json.TryGetProperty("headers"u8, out var headers))
        {
            return null;
        }

        if (headers.ValueKind != JsonValueKind.Object || headers.GetPropertyCount() > HeadersMax)
        {
            Refuse("headers", $"headers must be an object of at most {HeadersMax} texts");
            return null;
        }

        var read = ImmutableArray.CreateBuilder<KeyValuePair<string, Secret>>();
        foreach (var header in headers.EnumerateObject())
        {
            if (WhyNoHeader(header.Name, header.Value) is { } reason)
            {
                Refuse($"headers.{header.Name}", reason);
            }
            else
            {
                read.Add(new(header.Name, new Secret(header.Value.GetString()!)));
            }
        }

        return read.ToImmutable();
    }

    private static string? WhyNoHeader(string name, JsonElement value)
    {
        if (name.Length is 0 or > NameLength || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
        {
            return "the name of a header may hold letters, digits, - and _ of ASCII only";
        }

        if (OwnHeaders.Contains(name.ToLowerInvariant()) || OwnPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        {
            return $"{name} is a header that the server itself sets";
        }

        return value.ValueKind == JsonValueKind.String && value.GetString()!.Length <= HeaderLength && value.GetString()!.All(character => character is >= ' ' and <= '~')
            ? null
            : $"the value of a header must be a text of at most {HeaderLength} printable characters of ASCII";
    }

    private Secret? ReadSecret(JsonElement json, WebhookFormat? format)
    {
        if (Text(json, "secret") is not { } text)
        {
            return null;
        }

        var secret = new Secret(text);
        if (format == WebhookFormat.CloudEvents && StandardSignature.KeyOf(secret) is null)
        {
            Refuse("secret", $"secret must be {StandardSignature.Prefix} and {StandardSignature.ShortestKey} to {StandardSignature.LongestKey} bytes in base64");
        }
        else if (text.Length is 0 or > SecretLength || !text.All(character => character is > ' ' and <= '~'))
        {
            Refuse("secret", $"secret must be a text of 1 to {SecretLength} printable characters of ASCII without spaces");
        }

        return secret;
    }

    private long? ReadStart(JsonElement json)
    {
        if (!json.TryGetProperty("startAt"u8, out var start) || (start.ValueKind == JsonValueKind.String && start.ValueEquals("now"u8)))
        {
            return null;
        }

        return Number(json, "startAt", 0, long.MaxValue);
    }

    private bool? ReadStatus(JsonElement json)
    {
        switch (Text(json, "status"))
        {
            case null:
                return null;
            case "ACTIVE":
                return true;
            case "PAUSED":
                return false;
            default:
                Refuse("status", "status can be set to ACTIVE or PAUSED");
                return null;
        }
    }

    private string? Text(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        Refuse(name, $"{name} must be a text");
        return null;
    }

    private long? Number(JsonElement json, string name, long min, long max) => JsonObjectBody.Number(json, name, min, max, _problems);

    private ImmutableArray<string>? Texts(JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Array
            && value.GetArrayLength() <= ListLength
            && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String && item.GetString()!.Length > 0))
        {
            return [.. value.EnumerateArray().Select(item => item.GetString()!).Distinct(StringComparer.Ordinal)];
        }

        Refuse(path, $"{path} must be an array of at most {ListLength} texts");
        return null;
    }

    private void Refuse(string path, string message) => _problems.Add(new Problem(ErrorCodes.InvalidParameters, path, $"invalid parameters: {message}"));
}
