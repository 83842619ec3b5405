using System.Collections.Immutable;
using System.Numerics;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Save.ShortCut;

/// <summary>
/// Which members changed nothing, by fingerprint, and what commits have touched since. Bounded in both. Touches are kept by a
/// part of their mark only: two that share a place make a verdict look touched that is not, which costs a comparison, and
/// never the other way round.
/// </summary>
public sealed class VerdictCache : ICommitObserver
{
    private const int Shards = 64;
    private readonly VerdictShard[] _shards;
    private readonly long[] _touched;
    private long _observed;
    private long _redefined;

    /// <summary>Keeps about so many verdicts, of 80 bytes, and two numbers for each.</summary>
    public VerdictCache(int entries)
    {
        var perShard = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, entries / Shards));
        _shards = [.. Enumerable.Range(0, Shards).Select(_ => new VerdictShard(perShard))];
        _touched = new long[perShard * Shards * 2];
    }

    /// <summary>The last commit whose touches are known.</summary>
    internal long Observed => Volatile.Read(ref _observed);

    /// <summary>Observes a store from now on; false when the store cannot be observed.</summary>
    public bool TryFollow(ICatalogStore store)
    {
        if (store.Watch is not { } watch)
        {
            return false;
        }

        watch.Observe(this);

        // What was committed before has touched nothing that is known, since nothing is known yet.
        MoveTo(ref _observed, store.Head.Commit.Value);
        return true;
    }

    /// <inheritdoc/>
    public void Saved(CommitNumber commit, ImmutableArray<ulong> touches)
    {
        foreach (var mark in touches)
        {
            Volatile.Write(ref PlaceOf(mark), commit.Value);
        }

        MoveTo(ref _observed, commit.Value);
    }

    /// <inheritdoc/>
    public void Redefined(CommitNumber commit)
    {
        MoveTo(ref _redefined, commit.Value);
        MoveTo(ref _observed, commit.Value);
    }

    /// <summary>Whether there is a verdict, which need not hold any more.</summary>
    internal bool Keeps(Fingerprint key) => _shards[key.Low % Shards].TryFind(key, out _);

    /// <summary>A verdict that holds as of a commit that has been observed.</summary>
    internal bool TryFind(Fingerprint key, long asOf, out Verdict verdict) =>
        _shards[key.Low % Shards].TryFind(key, out verdict) && verdict.AsOf <= asOf && Holds(in verdict);

    /// <summary>Whether nothing that a verdict rests on has been touched since it was found, as far as has been observed.</summary>
    internal bool Holds(in Verdict verdict)
    {
        if (verdict.AsOf < Volatile.Read(ref _redefined) || IsTouched(ConflictMarks.Touch(verdict.Asset), verdict.AsOf))
        {
            return false;
        }

        foreach (var name in verdict.Names)
        {
            if (name != 0 && IsTouched(name, verdict.AsOf))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Keeps a verdict. It need not hold any more: whoever finds it will see that.</summary>
    internal void Put(Fingerprint key, in Verdict verdict) => _shards[key.Low % Shards].Put(key, verdict);

    private bool IsTouched(ulong mark, long asOf) => Volatile.Read(ref PlaceOf(mark)) > asOf;

    private ref long PlaceOf(ulong mark) => ref _touched[mark & (ulong)(_touched.Length - 1)];

    private static void MoveTo(ref long place, long commit)
    {
        var known = Volatile.Read(ref place);
        while (known < commit)
        {
            var found = Interlocked.CompareExchange(ref place, commit, known);
            known = found == known ? commit : found;
        }
    }
}
