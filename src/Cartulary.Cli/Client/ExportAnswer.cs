namespace Cartulary.Cli.Client;

/// <summary>An export as a server sends it.</summary>
internal sealed class ExportAnswer(HttpResponseMessage answer) : IDisposable
{
    /// <summary>The moment that it shows, by which it can be gone on with; null where the server does not say.</summary>
    public string? Moment { get; } = answer.Headers.TryGetValues("Cartulary-Export-Moment", out var values) ? values.FirstOrDefault() : null;

    /// <summary>Copies its lines as they come.</summary>
    public async Task CopyToAsync(Stream output, CancellationToken cancellationToken)
    {
        await using var lines = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await lines.CopyToAsync(output, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => answer.Dispose();
}
