using Cartulary.Core.Errors;
using Cartulary.Core.Save.Resolve;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Derive;

/// <summary>
/// Keeps saves off what a job is deleting: what the job has counted is what it deletes, and nobody is told of a change to
/// something that is about to go.
/// </summary>
internal sealed class DeletionGuard(PlanningScope scope, ResolvedBatch batch, DraftSet drafts)
{
    /// <summary>Reports every asset of the request, and every target of its references, that another job is deleting.</summary>
    public void Check()
    {
        foreach (var deletion in scope.Registry.Settings.Deletions.Where(deletion => deletion != batch.Job))
        {
            foreach (var resolved in batch.Assets)
            {
                CheckListed(deletion, resolved.Asset);
            }

            foreach (var step in batch.Archived.Concat(batch.Restored))
            {
                Check(deletion, step.Asset, "guid");
            }

            foreach (var statement in batch.EdgeStatements)
            {
                foreach (var target in statement.Targets)
                {
                    Check(deletion, target.Asset, target.Path);
                }
            }
        }
    }

    private void CheckListed(RunningDeletion deletion, BatchAsset asset)
    {
        var draft = drafts.Find(asset);
        if (deletion.Covers(asset) || (draft is not null && deletion.Covers(draft.Text("qualifiedName"), draft.Text("connectionQualifiedName"))))
        {
            Report(deletion, asset, draft?.Path ?? "");
        }
    }

    private void Check(RunningDeletion deletion, BatchAsset asset, string path)
    {
        if (deletion.Covers(asset))
        {
            Report(deletion, asset, path);
        }
    }

    private void Report(RunningDeletion deletion, BatchAsset asset, string path) => scope.Report(
        ErrorCodes.BeingDeleted,
        path,
        $"{asset.Type.Name} {(asset.IsNew ? "to be created" : asset.Guid.ToString("D"))} belongs to {deletion.Connection}, which job {deletion.Job} is deleting: see /api/jobs/{deletion.Job}",
        asset.RequestGuid);
}
