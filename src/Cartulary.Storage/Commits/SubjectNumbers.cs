using System.Runtime.InteropServices;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;

namespace Cartulary.Storage.Commits;

/// <summary>
/// The numbers of a plan's subjects while the plan is written, by their places. The lists are kept from plan to plan, so that a
/// save costs no new ones.
/// </summary>
internal sealed class SubjectNumbers
{
    private long[] _assets = [];
    private long[] _revisions = [];
    private int[] _firstEvents = [];
    private long[] _versions = [];

    /// <summary>Begins a plan: its stored assets are known, nothing has changed yet.</summary>
    public void Begin(CommitPlan plan)
    {
        var subjects = plan.Subjects.Length;
        if (_assets.Length < subjects)
        {
            _assets = new long[subjects * 2];
            _revisions = new long[subjects * 2];
            _firstEvents = new int[subjects * 2];
        }

        // The caller of a commit is given these.
        _versions = new long[subjects];
        for (var i = 0; i < subjects; i++)
        {
            _assets[i] = plan.Subjects[i].Asset.Value;
            _firstEvents[i] = -1;
        }

        for (var i = plan.Events.Length - 1; i >= 0; i--)
        {
            _firstEvents[plan.Events[i].Subject] = i;
        }
    }

    /// <summary>The number of a subject's asset.</summary>
    public long AssetOf(int subject) => _assets[subject];

    /// <summary>Which of the plan's events tells of a subject first; null when none does.</summary>
    public int? FirstEventOf(int subject) => _firstEvents[subject] < 0 ? null : _firstEvents[subject];

    /// <summary>A subject was created.</summary>
    public void Created(int subject, long asset, long revision)
    {
        _assets[subject] = asset;
        Changed(subject, version: 1, revision);
    }

    /// <summary>A subject has another version.</summary>
    public void Changed(int subject, long version, long revision)
    {
        _versions[subject] = version;
        _revisions[subject] = revision;
    }

    /// <summary>The numbers of an event's asset, which the plan must have changed.</summary>
    public EventNumbers Of(PlannedEvent told) => _versions[told.Subject] > 0
        ? new EventNumbers(new AssetId(_assets[told.Subject]), _versions[told.Subject], _revisions[told.Subject])
        : throw new InvalidOperationException("A plan tells of an asset that it does not change.");

    /// <summary>What the caller of the commit is told.</summary>
    public CommitReceipt Receipt(Counters counters, long firstSequence) => new(
        new CommitNumber(counters.Commit), firstSequence, counters.Time, ImmutableCollectionsMarshal.AsImmutableArray(_versions));
}
