using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Cartulary.Cli.Receiving;

/// <summary>Listens on this machine alone, and hands what is posted to a receiver.</summary>
internal sealed class ReceiverHost : IAsyncDisposable
{
    private const long LargestBody = 32 * 1024 * 1024;
    private readonly WebApplication _application;
    private readonly Receiver _receiver;

    private ReceiverHost(Receiver receiver, int port)
    {
        _receiver = receiver;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = LargestBody)
            .UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    /// <summary>Where it listens.</summary>
    public string Url => _application.Urls.First();

    /// <summary>Begins to listen.</summary>
    /// <param name="receiver">Takes the messages.</param>
    /// <param name="port">The port; 0 for any.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ReceiverHost> StartAsync(Receiver receiver, int port, CancellationToken cancellationToken)
    {
        var host = new ReceiverHost(receiver, port);
        try
        {
            await host._application.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        try
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            var headers = http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            http.Response.StatusCode = await _receiver.TakeAsync(new ReceivedRequest(headers, body.ToArray()));
            await http.Response.CompleteAsync();
        }
        catch (Exception problem) when (problem is BadHttpRequestException or OperationCanceledException or IOException)
        {
            // The sender has gone, or sent too much: it will hear of that, and nothing came.
            return;
        }

        _receiver.NoteAnswered();
    }
}
