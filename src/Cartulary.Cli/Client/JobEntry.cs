using System.Text.Json;

namespace Cartulary.Cli.Client;

/// <summary>A job as the server shows it.</summary>
/// <param name="Id">Names the job; null when nothing was begun.</param>
/// <param name="Status">RUNNING, DONE or FAILED; null for a count.</param>
/// <param name="Total">Assets that were to be deleted.</param>
/// <param name="Done">Assets that have been deleted.</param>
/// <param name="Problem">Why it has failed.</param>
/// <param name="Json">The job as the server sent it.</param>
internal sealed record JobEntry(string? Id, string? Status, long Total, long Done, string? Problem, JsonElement Json)
{
    /// <summary>Whether it goes on.</summary>
    public bool IsRunning => Status == "RUNNING";

    /// <summary>Reads one.</summary>
    public static JobEntry Read(JsonElement json) =>
        new(json.Text("id"), json.Text("status"), json.Number("total") ?? 0, json.Number("done") ?? 0, json.Text("problem"), json);
}
