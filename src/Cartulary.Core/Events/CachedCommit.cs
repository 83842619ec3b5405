using System.Collections.Immutable;
using Cartulary.Core.Types;

namespace Cartulary.Core.Events;

/// <summary>A commit of the log, decoded once, with those of its events that somebody has wanted rendered.</summary>
internal sealed class CachedCommit(LoggedCommit commit, TypeRegistry registry)
{
    // What a decoded record takes beside its bytes, roughly.
    private const int ObjectBytes = 3;
    private const int CommitBytes = 512;
    private readonly FeedEvent?[] _rendered = new FeedEvent?[commit.Count];

    public LoggedCommit Commit => commit;

    public TypeRegistry Registry => registry;

    public ImmutableArray<LogRecord> Records { get; } = CommitLog.Decode(commit);

    public long First => commit.FirstSequence;

    public long Last => commit.FirstSequence + commit.Count - 1;

    /// <summary>About how much memory it takes, what was rendered later included.</summary>
    public long Bytes { get; set; } = CommitBytes + (ObjectBytes * (long)commit.Log.Length) + (8L * commit.Count);

    /// <summary>When it was last asked for, as a place in the order of all askings.</summary>
    public long LastUse { get; set; }

    public FeedEvent? Rendered(int index) => Volatile.Read(ref _rendered[index]);

    /// <summary>Keeps a rendered event; gives how much memory that takes.</summary>
    public int Keep(int index, FeedEvent rendered)
    {
        Volatile.Write(ref _rendered[index], rendered);
        return rendered.Frame.Length + 128;
    }
}
