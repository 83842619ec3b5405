namespace Cartulary.Cli.Sources;

/// <summary>Something that can be crawled.</summary>
internal interface ISource
{
    /// <summary>The connection that the assets stand below; it is made when the catalog does not know it.</summary>
    SourceAsset Connection { get; }

    /// <summary>
    /// The assets, what is referred to before what refers to it. When they have been read to their end, the report says which
    /// parts of the source that was; a part that the report does not name is one of which nobody knows what is gone.
    /// </summary>
    /// <exception cref="SourceException">The source can be read no further.</exception>
    IAsyncEnumerable<SourceAsset> ReadAsync(ScanReport report, CancellationToken cancellationToken);
}
