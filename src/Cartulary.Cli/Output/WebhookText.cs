using System.Globalization;
using System.Text.Json;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Output;

/// <summary>Webhooks, attempts and dead letters as people read them.</summary>
internal static class WebhookText
{
    private const int StatusWidth = 8;

    /// <summary>A webhook on one line: id, status, how far it is behind, what is parked and given up, name and address.</summary>
    public static TextLine Line(WebhookEntry webhook) =>
        TextLine.Of(webhook.Id)
            .With($"  {webhook.Status,-StatusWidth}", ToneOf(webhook.Status))
            .With($"  {Behind(webhook),-14}")
            .With(Troubles(webhook), Tone.Removed)
            .With($"  {ValueText.Printable(webhook.Name)}", Tone.Strong)
            .With($"  {ValueText.Printable(webhook.Json.Text("url") ?? "")}", Tone.Faint);

    /// <summary>All that is to be said of a webhook.</summary>
    public static IEnumerable<TextLine> Whole(WebhookEntry webhook)
    {
        var json = webhook.Json;
        yield return TextLine.Of("webhook ").With(ValueText.Printable(webhook.Name), Tone.Strong).With($"  {webhook.Status}", ToneOf(webhook.Status))
            .With(json.Text("statusReason") is { } reason ? $" ({reason})" : "");
        yield return TextLine.Of($"  {webhook.Id}", Tone.Faint);
        foreach (var (label, value) in Rows(json).Where(row => row.Value.Length > 0))
        {
            yield return TextLine.Of($"  {label,-17}{value}");
        }
    }

    /// <summary>An attempt: when, which event, which attempt of it, what came of it, and how long it took.</summary>
    public static TextLine Attempt(JsonElement attempt)
    {
        var outcome = attempt.Text("class") ?? "";
        var status = attempt.Number("status") is { } number ? $" {number}" : "";
        return TextLine.Of($"{ValueText.Time(attempt.Number("startedAt") ?? 0)}  ", Tone.Faint)
            .With($"#{attempt.Number("sequence")}", Tone.Strong)
            .With($"  attempt {attempt.Number("number")}  ")
            .With($"{outcome}{status}", outcome == "delivered" ? Tone.Added : Tone.Removed)
            .With($"  {attempt.Number("durationMs")} ms", Tone.Faint)
            .With(attempt.Text("response") is { Length: > 0 } response ? $"  {ValueText.Printable(response)}" : "", Tone.Faint);
    }

    /// <summary>An event that was given up: which, of which asset, when and why.</summary>
    public static TextLine DeadLetter(JsonElement letter) =>
        TextLine.Of($"#{letter.Number("sequence")}", Tone.Strong)
            .With($"  {letter.Text("guid")}  given up {ValueText.Time(letter.Number("time") ?? 0)} after {letter.Number("attempts")} attempts: ")
            .With(ValueText.Printable(letter.Text("reason") ?? ""), Tone.Removed);

    private static IEnumerable<(string Label, string Value)> Rows(JsonElement json)
    {
        yield return ("address", ValueText.Printable(json.Text("url") ?? ""));
        yield return ("format", json.Text("format") ?? "");
        yield return ("events", Texts(json.Items("events")));
        yield return ("types", Texts(json.Items("typeNames")));
        yield return ("prefix", ValueText.Printable(json.Text("qualifiedNamePrefix") ?? ""));
        yield return ("ignores", Texts(json.Items("ignoreAttributes")));
        yield return ("excludes", Texts(json.Member("exclude")?.Items("actors") ?? []));
        yield return ("position", Number(json, "position"));
        yield return ("behind", Behind(json));
        yield return ("parked", Number(json, "parked"));
        yield return ("dead letters", Number(json, "deadLetters"));
        yield return ("last success", Time(json, "lastSuccessAt"));
        yield return ("failing since", Time(json, "failingSince"));
        yield return ("next attempt", Time(json, "nextAttemptAt"));
        yield return ("secrets", string.Join(", ", json.Items("secrets").Select(Secret)));
        yield return ("made", $"{Time(json, "createdAt")} by {ValueText.Printable(json.Text("createdBy") ?? "")}");
    }

    private static string Secret(JsonElement secret) =>
        $"{secret.Text("id")} of {Time(secret, "createdAt")}{(secret.Number("expiresAt") is { } end ? $" until {ValueText.Time(end)}" : "")}";

    private static string Behind(WebhookEntry webhook) =>
        webhook.Json.Number("lag") is > 0 and var lag ? string.Create(CultureInfo.InvariantCulture, $"{lag:N0} behind") : "up to date";

    private static string Behind(JsonElement json) =>
        Number(json, "lag")
        + (json.Member("lagSeconds") is { ValueKind: JsonValueKind.Number } age && age.GetDouble() is >= 1 and var seconds
            ? string.Create(CultureInfo.InvariantCulture, $", for {seconds:N0} s")
            : "");

    private static string Troubles(WebhookEntry webhook)
    {
        var (parked, dead) = (webhook.Json.Number("parked") ?? 0, webhook.Json.Number("deadLetters") ?? 0);
        return (parked > 0 ? $"  {ValueText.Count(parked)} parked" : "") + (dead > 0 ? $"  {ValueText.Count(dead)} dead" : "");
    }

    private static string Texts(IEnumerable<JsonElement> items) => string.Join(", ", items.Select(item => ValueText.Printable(item.GetString() ?? "")));

    private static string Number(JsonElement json, string name) => json.Number(name) is { } number ? ValueText.Count(number) : "";

    private static string Time(JsonElement json, string name) => json.Number(name) is { } time ? ValueText.Time(time) : "";

    private static Tone ToneOf(string status) => status switch
    {
        "ACTIVE" => Tone.Added,
        "PAUSED" => Tone.Changed,
        _ => Tone.Removed,
    };
}
