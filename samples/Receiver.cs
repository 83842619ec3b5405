#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false

// Takes webhooks: checks who sends, takes each message once, lets no older news overwrite newer, and has stored what it took before it answers.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

var keys = (Environment.GetEnvironmentVariable("WEBHOOK_SECRETS") ?? throw new InvalidOperationException("WEBHOOK_SECRETS is missing"))
    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
    .Select(secret => Convert.FromBase64String(secret["whsec_".Length..]))
    .ToList();
var descriptions = new Book(args[0]);
var turn = new SemaphoreSlim(1);
var app = WebApplication.Create([.. args.Skip(1)]);
app.MapPost("/", async (HttpRequest request) =>
{
    using var received = new MemoryStream();
    await request.Body.CopyToAsync(received);
    var (id, body) = (request.Headers["webhook-id"].ToString(), received.ToArray());
    if (!IsGenuine(id, request.Headers["webhook-timestamp"].ToString(), request.Headers["webhook-signature"].ToString(), body))
    {
        return Results.Unauthorized();
    }

    using var json = JsonDocument.Parse(body);
    if (json.RootElement.TryGetProperty("data", out var envelope))
    {
        await turn.WaitAsync();
        try
        {
            descriptions.Take(id, envelope.GetProperty("message"));
        }
        finally
        {
            turn.Release();
        }
    }

    return Results.NoContent();
});
await app.RunAsync();

// While a secret is changed, two of them sign, and one that is known is enough. What was signed long ago may be somebody's copy.
bool IsGenuine(string id, string time, string signatures, byte[] body)
{
    if (!long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        || Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - seconds) > 300)
    {
        return false;
    }

    byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body];
    var right = keys.ConvertAll(key => Encoding.ASCII.GetBytes("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed))));
    return signatures.Split(' ').Any(given => right.Exists(expected => CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(given))));
}

/// <summary>What is known of each asset, as lines of a file that only grows: message, asset, version, name, description.</summary>
internal sealed class Book
{
    private readonly string _file;
    private readonly HashSet<string> _taken = [];
    private readonly Dictionary<string, long> _versions = [];

    public Book(string file)
    {
        _file = file;
        foreach (var line in File.Exists(file) ? File.ReadLines(file) : [])
        {
            var parts = line.Split('\t');
            Remember(parts[0], parts[1], long.Parse(parts[2], CultureInfo.InvariantCulture));
        }
    }

    public void Take(string id, JsonElement message)
    {
        var (entity, version) = (message.GetProperty("entity"), message.GetProperty("assetVersion").GetInt64());
        var asset = entity.GetProperty("guid").GetString()!;

        // The events of one save have one version: only what is below it is old news.
        if (_taken.Contains(id) || version < _versions.GetValueOrDefault(asset))
        {
            return;
        }

        var attributes = entity.GetProperty("attributes");
        var description = attributes.TryGetProperty("description", out var text) ? text.GetString() : "";
        var line = string.Join('\t', id, asset, version.ToString(CultureInfo.InvariantCulture), attributes.GetProperty("name").GetString(), description);
        using (var stream = new FileStream(_file, FileMode.Append))
        {
            stream.Write(Encoding.UTF8.GetBytes(line.ReplaceLineEndings(" ") + "\n"));
            stream.Flush(flushToDisk: true);
        }

        Remember(id, asset, version);
    }

    private void Remember(string id, string asset, long version)
    {
        _taken.Add(id);
        _versions[asset] = version;
    }
}
