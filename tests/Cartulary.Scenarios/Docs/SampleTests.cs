using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cartulary.Scenarios.Docs;

/// <summary>What the tutorial's program does when the network does what the tutorial cannot show.</summary>
public sealed class SampleTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-sample-");
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    [Fact]
    public async Task A_stream_that_falls_silent_is_opened_again_where_it_was()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        foreach (var sample in Directory.EnumerateFiles(Path.Combine(Page.Root(), "samples")))
        {
            File.Copy(sample, Path.Combine(_folder.FullName, Path.GetFileName(sample)));
        }

        _listener.Start();
        using (var build = Start("build", "ChangedColumns.cs", "--output", "app", "--nologo", "-v", "quiet"))
        {
            await build.WaitForExitAsync(patience.Token);
            build.ExitCode.ShouldBe(0);
        }

        using var reader = Start("app/ChangedColumns.dll", "place", "1");
        try
        {
            var opened = new List<string>();
            var connections = new List<TcpClient>();
            while (opened.Count < 2)
            {
                // Nothing is ever closed from this side: to the reader, the streams are only silent.
                var connection = await _listener.AcceptTcpClientAsync(patience.Token);
                connections.Add(connection);
                if (await AnswerAsync(connection.GetStream(), patience.Token) is { } stream)
                {
                    opened.Add(stream);
                }
            }

            opened.ShouldBe(["GET /api/events/stream?log=one&after=7&typeName=Column&operation=ENTITY_UPDATE", "GET /api/events/stream?log=one&after=7&typeName=Column&operation=ENTITY_UPDATE"]);
            connections.ForEach(connection => connection.Dispose());
        }
        finally
        {
            reader.Kill();
            await reader.WaitForExitAsync(CancellationToken.None);
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Answers the requests of a connection until one asks for a stream, which gets its beginning and no more.</summary>
    private static async Task<string?> AnswerAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        using var requests = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        while (await requests.ReadLineAsync(cancellationToken) is { } line)
        {
            while (await requests.ReadLineAsync(cancellationToken) is { Length: > 0 })
            {
            }

            var isStream = line.Contains("/stream", StringComparison.Ordinal);
            var answer = isStream
                ? "Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\nd\r\nretry: 3000\n\n\r\n"
                : "Content-Type: application/json\r\nContent-Length: 22\r\n\r\n{\"log\":\"one\",\"next\":7}";
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{answer}"), cancellationToken);
            if (isStream)
            {
                return line[..line.LastIndexOf(' ')];
            }
        }

        return null;
    }

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = _folder.FullName };
        start.Environment["CARTULARY_URL"] = $"http://{_listener.LocalEndpoint}";
        start.Environment["CARTULARY_API_KEY"] = "secret";
        return Process.Start(start)!;
    }
}
