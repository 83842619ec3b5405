using Cartulary.Core.Assets;

namespace Cartulary.Core.Events;

/// <summary>The kinds of deletion as clients name them and as events show them (<c>deleteHandler</c>).</summary>
public static class DeleteHandlers
{
    /// <summary>No kind was asked for: assets are archived.</summary>
    public const string Default = "DEFAULT";

    /// <summary>Assets are archived.</summary>
    public const string Soft = "SOFT";

    /// <summary>Assets in use are purged.</summary>
    public const string Hard = "HARD";

    /// <summary>Assets are purged, in use or archived.</summary>
    public const string Purge = "PURGE";

    /// <summary>What an event shows of an asset that was deleted: the kind asked for; of a purged asset always one that purges, so that a fold can rely on it.</summary>
    public static string Of(AssetStatus status, string? asked) =>
        status == AssetStatus.Purged && asked is not (Hard or Purge) ? Hard : asked ?? Default;

    /// <summary>Whether an asset with this handler in its delete event is gone, and not archived.</summary>
    public static bool Purges(string? handler) => handler is Hard or Purge;
}
