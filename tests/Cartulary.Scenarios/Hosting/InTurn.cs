namespace Cartulary.Scenarios.Hosting;

/// <summary>Sends each request to the next of several servers, whatever server it names: to a client, they are one.</summary>
public sealed class InTurn(IReadOnlyList<Uri> servers, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private int _requests = -1;

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var next = servers[(int)((uint)Interlocked.Increment(ref _requests) % servers.Count)];
        request.RequestUri = new Uri(next, request.RequestUri!.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }
}
