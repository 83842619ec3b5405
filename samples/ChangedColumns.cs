#:property PublishAot=false

// Says which columns have another type than before, as soon as they have. It keeps its place in a file, so it goes on where it
// ended: after its own restart, after the server's, and after a connection that broke.
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;

const string Wanted = "typeName=Column&operation=ENTITY_UPDATE";

var settings = Environment.GetEnvironmentVariables();
var place = args is [var file, ..] ? file : "ChangedColumns.place";

// The server says something every 15 seconds unless it is set otherwise. A connection that is silent for so long is dead.
var longestSilence = TimeSpan.FromSeconds(args is [_, var seconds] ? double.Parse(seconds, CultureInfo.InvariantCulture) : 60);
using var client = new HttpClient { BaseAddress = new Uri(settings["CARTULARY_URL"] as string ?? "http://127.0.0.1:21000") };
client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", settings["CARTULARY_API_KEY"] as string);

while (true)
{
    try
    {
        await FollowAsync();
    }
    catch (HttpRequestException refusal) when (refusal.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.Gone)
    {
        Console.Error.WriteLine($"The log is another one, or no longer goes back so far. Delete {place} to begin at its end.");
        return 1;
    }
    catch (HttpRequestException refusal) when (refusal.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
    {
        Console.Error.WriteLine("CARTULARY_API_KEY holds no key that this server takes.");
        return 1;
    }
    catch (Exception broken) when (broken is HttpRequestException or IOException)
    {
        Console.Error.WriteLine("No connection. Trying again.");
        await Task.Delay(TimeSpan.FromSeconds(1));
    }
}

// Reads the stream until the server ends it, which it does about once an hour.
async Task FollowAsync()
{
    var (log, after) = await ReadPlaceAsync();
    await using var stream = await client.GetStreamAsync($"/api/events/stream?log={log}&after={after}&{Wanted}");
    Console.WriteLine($"following from event {after} on");
    var heard = new Pipe();
    var hearing = HearAsync(stream, heard.Writer);
    await foreach (var item in SseParser.Create(heard.Reader.AsStream()).EnumerateAsync())
    {
        using var envelope = JsonDocument.Parse(item.Data);
        React(envelope.RootElement.GetProperty("message"));

        // The place moves after the work is done. Killed in between, the next run does that work again.
        await WritePlaceAsync(log, item.EventId!);
    }

    await hearing;
}

// Hands on what comes, until the server ends it or is silent for too long.
async Task HearAsync(Stream stream, PipeWriter heard)
{
    Exception? broken = null;
    try
    {
        using var silence = new CancellationTokenSource();
        var count = 1;
        while (count > 0)
        {
            silence.CancelAfter(longestSilence);
            count = await stream.ReadAsync(heard.GetMemory(), silence.Token);
            silence.CancelAfter(Timeout.InfiniteTimeSpan);
            heard.Advance(count);
            await heard.FlushAsync();
        }
    }
    catch (Exception end) when (end is IOException or OperationCanceledException)
    {
        broken = new IOException("The connection is dead.", end);
    }

    await heard.CompleteAsync(broken);
}

void React(JsonElement message)
{
    if (message.GetProperty("mutatedDetails").GetProperty("attributes").TryGetProperty("dataType", out var now))
    {
        var before = message.GetProperty("previousDetails").GetProperty("attributes").GetProperty("dataType");
        var column = message.GetProperty("entity").GetProperty("attributes").GetProperty("qualifiedName");
        Console.WriteLine($"#{message.GetProperty("sequence")} {column}: {before} -> {now}");
    }
}

// The id of the log and the last event that was handled; at first, the end of the log.
async Task<(string Log, string After)> ReadPlaceAsync()
{
    if (!File.Exists(place))
    {
        using var page = JsonDocument.Parse(await client.GetStringAsync("/api/events?after=latest"));
        await WritePlaceAsync(page.RootElement.GetProperty("log").GetString()!, page.RootElement.GetProperty("next").ToString());
    }

    var parts = (await File.ReadAllTextAsync(place)).Split(' ');
    return (parts[0], parts[1]);
}

async Task WritePlaceAsync(string log, string after)
{
    await File.WriteAllTextAsync($"{place}.next", $"{log} {after}");
    File.Move($"{place}.next", place, overwrite: true);
}
