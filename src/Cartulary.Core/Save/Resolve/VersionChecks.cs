using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Read;

namespace Cartulary.Core.Save.Resolve;

/// <summary>Checks the versions that a request gives on condition; whoever gives one relies on it until the commit.</summary>
internal sealed class VersionChecks(PlanningScope scope)
{
    /// <summary>Checks what one listing says of its asset.</summary>
    public void Check(RequestAsset listed, BatchAsset asset)
    {
        if (listed.ExpectedVersion is { } version)
        {
            Check(VersionCondition.Exactly(version), asset, $"{listed.Path}.expectedVersion", listed.Guid?.Text);
        }
    }

    /// <summary>Checks a condition on the asset that the whole request is about; null for one that does not exist.</summary>
    public void Check(VersionCondition condition, BatchAsset? asset, string path, string? requestGuid)
    {
        var stored = asset?.Stored;
        if (stored is not null)
        {
            scope.RelyOn(ConflictMarks.Version(stored.Guid));
        }

        var present = stored?.Version ?? 0;
        if (condition.Allows(present))
        {
            return;
        }

        var expected = condition switch
        {
            { AnyPresent: true } => "that exists",
            { Versions.IsEmpty: true } => "of a version that no asset can have",
            _ => $"of version {string.Join(" or ", condition.Versions)}",
        };
        var found = stored is null ? "there is none" : $"{asset!.Type.Name} {stored.Guid} has version {present}";
        scope.Report(new Problem(ErrorCodes.VersionMismatch, path, $"an asset {expected} is expected, and {found}", requestGuid ?? stored?.Guid.ToString("D"))
        {
            Conflict = new VersionConflict(condition.Versions, stored, scope.Registry),
        });
    }
}
