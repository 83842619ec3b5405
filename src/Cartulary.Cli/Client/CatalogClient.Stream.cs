using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Cartulary.Cli.Client;

/// <summary>The event stream. Opening one is tried once: who follows events knows best how to go on.</summary>
internal sealed partial class CatalogClient
{
    // Four heartbeats of a server with default settings.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    /// <summary>Opens a stream of the events after a sequence of a log.</summary>
    public async Task<EventStream> OpenStreamAsync(FeedRequest wanted, long after, string log, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(wanted.ToStreamPath(log), UriKind.Relative));
        request.Headers.Add("Last-Event-ID", after.ToString(CultureInfo.InvariantCulture));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        try
        {
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                throw CatalogException.From(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
            }

            var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            return new EventStream(answer, new ImpatientStream(body, LongestSilence));
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }
}
