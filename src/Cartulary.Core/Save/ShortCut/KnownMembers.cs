using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Save.Replay;

namespace Cartulary.Core.Save.ShortCut;

/// <summary>The members of one body, and which of them are known to change nothing as of a commit that was read after the body had arrived.</summary>
public sealed class KnownMembers
{
    /// <summary>As of this, which is no commit, nothing is known.</summary>
    internal const long AsOfNever = -1;

    private readonly VerdictCache _cache;
    private readonly List<MemberSlice> _members;
    private readonly Verdict[] _verdicts;
    private readonly long _asOf;

    internal KnownMembers(VerdictCache cache, ReadOnlyMemory<byte> body, BodyShape shape, List<MemberSlice> members, long asOf)
    {
        _cache = cache;
        _members = members;
        _verdicts = new Verdict[members.Count];
        _asOf = asOf;
        Body = body;
        Shape = shape;
        for (var place = 0; place < _verdicts.Length; place++)
        {
            if (cache.TryFind(members[place].Fingerprint, _asOf, out _verdicts[place]))
            {
                Count++;
            }
            else
            {
                _verdicts[place] = default;
            }
        }
    }

    /// <summary>Whether every member is known, so that the save changes nothing.</summary>
    public bool IsAll => Count == _verdicts.Length;

    /// <summary>How many members are known.</summary>
    internal int Count { get; }

    internal ReadOnlyMemory<byte> Body { get; }

    internal BodyShape Shape { get; }

    /// <summary>What the request means by tags and custom metadata of assets that exist.</summary>
    internal SaveManner Manner { get; init; }

    /// <summary>Whether the member at a place is known.</summary>
    internal bool IsKnown(int place) => !_verdicts[place].IsNone;

    /// <summary>Writes the guids that the members' local guids stand for, as an object; every member must be known.</summary>
    public void WriteGuidAssignments(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("guidAssignments"u8);
        for (var place = 0; place < _verdicts.Length; place++)
        {
            var (_, start, length) = _members[place];
            if (length > 0)
            {
                writer.WriteString(Body.Span.Slice(start, length), _verdicts[place].Asset);
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>Whether the known members changed nothing on the state of a commit either, whether or not that was observed when they were found.</summary>
    internal bool HoldAt(CommitNumber commit)
    {
        if (_cache.Observed < commit.Value)
        {
            return false;
        }

        for (var place = 0; place < _verdicts.Length; place++)
        {
            if (IsKnown(place) && !_cache.Holds(in _verdicts[place]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// A plan of the other members that holds only as long as the known ones are what they were found to be. Null when it
    /// touches what they rest on: then the members have to do with each other.
    /// </summary>
    internal CommitPlan? Join(CommitPlan plan)
    {
        var marks = new HashSet<ulong>();
        for (var place = 0; place < _verdicts.Length; place++)
        {
            if (IsKnown(place))
            {
                _verdicts[place].AddMarks(marks);
            }
        }

        if (marks.Overlaps(plan.Touches))
        {
            return null;
        }

        var summary = Join(plan.Summary);
        return plan with
        {
            // What the plan itself read is newer, and so holds all the more since then.
            BasedOn = new CommitNumber(Math.Min(plan.BasedOn.Value, _asOf)),
            Reads = [.. plan.Reads, .. marks],
            Summary = summary,
            Request = plan.Request is { } request ? request with { Answer = StoredAnswerCodec.Encode(summary) } : null,
        };
    }

    /// <summary>The answer for all members, out of that for the others.</summary>
    internal SaveSummary Join(SaveSummary others)
    {
        var assigned = others.GuidAssignments.ToDictionary(StringComparer.Ordinal);
        var all = ImmutableArray.CreateBuilder<KeyValuePair<string, Guid>>(_members.Count);
        for (var place = 0; place < _members.Count; place++)
        {
            var (_, start, length) = _members[place];
            if (length > 0)
            {
                var local = Encoding.ASCII.GetString(Body.Span.Slice(start, length));
                all.Add(new(local, IsKnown(place) ? _verdicts[place].Asset : assigned[local]));
            }
        }

        return others with { GuidAssignments = all.DrainToImmutable() };
    }

    /// <summary>Keeps what was found of members the long way; places count the members that were not known, or all of them.</summary>
    internal void Learn(VerdictSink found, bool ofOthersOnly)
    {
        var places = ofOthersOnly ? Enumerable.Range(0, _members.Count).Where(place => !IsKnown(place)).ToList() : null;
        foreach (var (place, verdict) in found.Verdicts)
        {
            _cache.Put(_members[places is null ? place : places[place]].Fingerprint, verdict);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} of {_verdicts.Length} known");
}
