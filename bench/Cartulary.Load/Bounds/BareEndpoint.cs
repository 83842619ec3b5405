using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Text.Json;
using Cartulary.Load.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cartulary.Load.Bounds;

/// <summary>
/// The bound for unchanged saves: a web server whose one endpoint reads the body, walks it, hashes the bytes of each asset and
/// looks the hash up. No server that looks at what it is sent can do less.
/// </summary>
internal sealed class BareEndpoint
{
    /// <summary>The command that serves it.</summary>
    public const string CommandName = "bare-endpoint";

    /// <summary>Where it takes bodies.</summary>
    public const string Path = "/bare/bulk";

    private readonly ConcurrentDictionary<UInt128, long> _known = new();

    /// <summary>Serves in this process and prints the address.</summary>
    public static async Task ServeAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.UseRouting();
        app.MapPost(Path, new BareEndpoint().AnswerAsync);
        await app.StartAsync(cancellationToken);
        await output.WriteLineAsync(app.Urls.Single());
        await output.FlushAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
    }

    /// <summary>Starts it as a child process, and gives its address.</summary>
    public static Task<(Child Child, Uri Address)> StartAsync(CancellationToken cancellationToken) =>
        Child.StartOwnAsync(CommandName, new Dictionary<string, string>(), cancellationToken);

    private async Task AnswerAsync(HttpContext http)
    {
        var body = new byte[(int)http.Request.ContentLength!];
        await http.Request.Body.ReadExactlyAsync(body, http.RequestAborted);
        await http.Response.WriteAsync($$"""{"known":{{Count(body)}}}""", http.RequestAborted);
    }

    private int Count(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        while (reader.Read() && reader.TokenType != JsonTokenType.StartArray)
        {
        }

        var known = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var hash = XxHash128.HashToUInt128(body.AsSpan(start, (int)reader.BytesConsumed - start));
            if (_known.ContainsKey(hash))
            {
                known++;
            }
            else
            {
                _known.TryAdd(hash, _known.Count);
            }
        }

        return known;
    }
}
