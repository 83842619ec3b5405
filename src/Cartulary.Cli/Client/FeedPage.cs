using System.Collections.Immutable;
using System.Text.Json;

namespace Cartulary.Cli.Client;

/// <summary>One answer of the feed.</summary>
/// <param name="Log">The name of the log; sequences of another log mean something else.</param>
/// <param name="Events">The events that match, ascending.</param>
/// <param name="Next">The last sequence that was examined, which is where to go on.</param>
/// <param name="Oldest">The oldest sequence that is kept.</param>
/// <param name="Head">The newest sequence.</param>
internal sealed record FeedPage(string Log, ImmutableArray<FeedEvent> Events, long Next, long Oldest, long Head)
{
    /// <summary>Reads the body of an answer.</summary>
    public static FeedPage Read(JsonElement json) => new(
        json.Text("log") ?? "",
        [.. json.Items("events").Select(item => new FeedEvent(item.Number("seq") ?? 0, item))],
        json.Number("next") ?? 0,
        json.Number("oldest") ?? 1,
        json.Number("head") ?? 0);
}
