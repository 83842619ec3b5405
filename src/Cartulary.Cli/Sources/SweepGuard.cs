using Cartulary.Cli.Output;

namespace Cartulary.Cli.Sources;

/// <summary>
/// Stops a sweep that would archive so much that a mistake is likelier than a clean-up: the wrong file, an empty one, a
/// listing cut short.
/// </summary>
/// <param name="AllowedPercent">How much of what is there may be archived at once.</param>
internal sealed record SweepGuard(int AllowedPercent = SweepGuard.UsualPercent)
{
    /// <summary>What may go when the user says nothing.</summary>
    public const int UsualPercent = 25;

    private const int NeverTooMany = 20;

    /// <summary>Why nothing may be archived, or null when it may.</summary>
    /// <param name="gone">How many assets the source no longer has.</param>
    /// <param name="live">How many live assets the catalog has in that scope.</param>
    /// <param name="isEmpty">Whether the source has nothing at all.</param>
    public string? Objection(int gone, int live, bool isEmpty)
    {
        if (gone == 0 || AllowedPercent >= 100)
        {
            return null;
        }

        if (isEmpty)
        {
            return $"the source is empty, and {Assets(gone)} would be archived; nothing was. If that is right, say --allow-delete 100";
        }

        var percent = (int)Math.Ceiling(100.0 * gone / live);
        return gone > NeverTooMany && percent > AllowedPercent
            ? $"{ValueText.Count(gone)} of {Assets(live)} ({percent} %) are gone from the source; nothing was archived. "
                + $"If that is right, say --allow-delete {percent}"
            : null;
    }

    private static string Assets(int count) => count == 1 ? "1 asset" : $"{ValueText.Count(count)} assets";
}
