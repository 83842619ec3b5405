using System.Text;
using System.Text.Encodings.Web;

namespace Cartulary.Cli.Client;

/// <content>Jobs.</content>
internal sealed partial class CatalogClient
{
    private const string Jobs = "api/jobs";

    /// <summary>Counts what the deletion of a connection would take.</summary>
    public async Task<JobEntry> CountDeletionAsync(string connection, bool purges, CancellationToken cancellationToken) =>
        JobEntry.Read(await SendAsync(HttpMethod.Post, $"{Jobs}?dryRun=true", Deletion(connection, purges), cancellationToken));

    /// <summary>Begins to delete a connection. It is asked for only once: a second request would be refused because of the first.</summary>
    public async Task<JobEntry> StartDeletionAsync(string connection, bool purges, CancellationToken cancellationToken) =>
        JobEntry.Read(await SendOnceAsync(HttpMethod.Post, Jobs, Deletion(connection, purges), key: null, cancellationToken));

    /// <summary>How far a job is.</summary>
    public async Task<JobEntry> ReadJobAsync(string id, CancellationToken cancellationToken) =>
        JobEntry.Read(await SendAsync(HttpMethod.Get, $"{Jobs}/{Uri.EscapeDataString(id)}", body: null, cancellationToken));

    private static byte[] Deletion(string connection, bool purges) => Encoding.UTF8.GetBytes(
        $$"""{"kind":"delete-connection","connection":"{{JavaScriptEncoder.Default.Encode(connection)}}","deleteType":"{{(purges ? "PURGE" : "SOFT")}}"}""");
}
