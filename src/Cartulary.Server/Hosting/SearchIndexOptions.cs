using System.ComponentModel.DataAnnotations;
using Cartulary.Search.Following;
using Microsoft.Extensions.Options;

namespace Cartulary.Server.Hosting;

/// <summary>The search index of this server; section <c>Search</c> of the configuration.</summary>
internal sealed class SearchIndexOptions
{
    /// <summary>Whether this server keeps a search index; without one it answers no searches. The default is true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// The folder of the index, which no other server may use; it can be deleted while the server is stopped, and is built again.
    /// The default is the folder search in the data folder.
    /// </summary>
    public string Path { get; set; } = "";

    /// <summary>Megabytes of changed documents that are held in memory before they are written to a file. The default is 16.</summary>
    [Range(1, 2_048)]
    public int BufferMegabytes { get; set; } = 16;

    /// <summary>Seconds that a search waits until the index has followed the log far enough; then it is answered 503. The default is 10.</summary>
    [Range(1, 600)]
    public int WaitSeconds { get; set; } = 10;

    /// <summary>Seconds that a search may take in the index; then it is refused. The default is 30.</summary>
    [Range(1, 3_600)]
    public int LongestSeconds { get; set; } = 30;

    /// <summary>Milliseconds that the index waits for more before it shows what it has followed; a search that waits for it is not kept waiting. The default is 50.</summary>
    [Range(0, 60_000)]
    public int RefreshMilliseconds { get; set; } = 50;

    /// <summary>Seconds after which the index is made durable; what was followed since is followed again after a crash. The default is 10.</summary>
    [Range(1, 3_600)]
    public int CommitSeconds { get; set; } = 10;

    /// <summary>Most searches that run at a time; others wait. The default is 4.</summary>
    [Range(1, 1_024)]
    public int Concurrent { get; set; } = 4;

    /// <summary>Most states of the automaton of a wildcard, regexp or fuzzy query, and most words that the begun word of a phrase may stand for. The default is 10,000.</summary>
    [Range(100, 1_000_000)]
    public int PatternStates { get; set; } = 10_000;

    /// <summary>The options of the index.</summary>
    /// <param name="data">The data folder.</param>
    public SearchOptions ForIndex(string data) => new()
    {
        Path = System.IO.Path.GetFullPath(Path.Length == 0 ? System.IO.Path.Combine(data, "search") : Path),
        BufferMegabytes = BufferMegabytes,
        WaitSeconds = WaitSeconds,
        LongestSeconds = LongestSeconds,
        RefreshMilliseconds = RefreshMilliseconds,
        CommitSeconds = CommitSeconds,
        Concurrent = Concurrent,
        PatternStates = PatternStates,
    };
}

/// <summary>Checks <see cref="SearchIndexOptions"/>; generated from its attributes.</summary>
[OptionsValidator]
internal sealed partial class SearchIndexOptionsValidator : IValidateOptions<SearchIndexOptions>;
