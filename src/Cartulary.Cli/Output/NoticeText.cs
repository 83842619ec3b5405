using System.Text.Json;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Output;

/// <summary>Notices about webhooks as people read them.</summary>
internal static class NoticeText
{
    /// <summary>A notice on one line: its id, when, which webhook, and what to know.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="names">What webhooks are called, by id.</param>
    public static TextLine Line(JsonElement notice, IReadOnlyDictionary<string, string> names)
    {
        var type = notice.Text("type") ?? "";
        var id = notice.Text("webhook") ?? "";
        return TextLine.Of($"{notice.Number("id")}  {ValueText.Time(notice.Number("time") ?? 0)}  ", Tone.Faint)
            .With(ValueText.Printable(names.GetValueOrDefault(id, id)), Tone.Strong)
            .With($"  {Words(type, notice)}", type == "webhook.recovered" ? Tone.Added : Tone.Removed)
            .With(notice.Text("reason") is { } reason ? $"  {ValueText.Printable(reason)}" : "", Tone.Faint);
    }

    private static string Words(string type, JsonElement notice) => type switch
    {
        "webhook.failing" => $"fails since {ValueText.Time(notice.Number("since") ?? 0)}",
        "webhook.recovered" => "takes events again",
        "webhook.disabled" => "is disabled until somebody resumes it",
        "webhook.dead_letter" => $"gave up {ValueText.Count(notice.Number("count") ?? 1)} events, the first #{notice.Number("sequence")}",
        "webhook.expired" => $"has expired: what follows #{notice.Number("sequence")} has been trimmed",
        _ => ValueText.Printable(type),
    };
}
