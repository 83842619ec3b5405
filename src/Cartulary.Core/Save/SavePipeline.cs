using Cartulary.Core.Ports;
using Cartulary.Core.Save.Derive;
using Cartulary.Core.Save.Diff;
using Cartulary.Core.Save.Normalize;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Save.Record;
using Cartulary.Core.Save.Resolve;

namespace Cartulary.Core.Save;

/// <summary>The way of a save: every kind of request takes it, so that no two can differ in what they tell.</summary>
internal static class SavePipeline
{
    /// <summary>Plans a request against one snapshot. Writes nothing.</summary>
    public static async ValueTask<PlanOutcome> PlanAsync(PlanningScope scope, SaveRequest request, CancellationToken cancellationToken)
    {
        var resolved = await new Resolver(scope).ResolveAsync(request, cancellationToken);
        var normalized = Normalizer.Normalize(scope, resolved);
        var derived = normalized is null ? null : await Deriver.DeriveAsync(scope, normalized, cancellationToken);
        if (derived is null)
        {
            return scope.Rejection;
        }

        var changes = Differ.Compare(derived, scope.Registry.IgnoredAttributeIds);
        scope.Verdicts?.Conclude(changes, scope.Head.Commit);
        return Recorder.Record(scope, changes);
    }
}
