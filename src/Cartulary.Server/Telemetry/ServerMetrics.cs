using System.Diagnostics.Metrics;
using Cartulary.Core.Errors;

namespace Cartulary.Server.Telemetry;

/// <summary>What the server counts. Labels hold words of ours only, never what a client sent.</summary>
internal static class ServerMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Cartulary.Server";

    private const string OutcomeLabel = "outcome";
    private const string CodeLabel = "code";
    private const string EndpointLabel = "endpoint";
    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Saves = Meter.CreateCounter<long>(
        "cartulary_saves_total",
        unit: null,
        "Saves by outcome: committed, unchanged, refused, replayed (sent again with its key) or foreseen (a dry run); archiving is a save too.");

    private static readonly Counter<long> Assets = Meter.CreateCounter<long>(
        "cartulary_assets_committed_total", unit: null, "Assets that committed saves changed, related ones included.");

    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>(
        "cartulary_refusals_total", unit: null, "Answers that refuse, by error code.");

    private static readonly Counter<long> UnknownCalls = Meter.CreateCounter<long>(
        "cartulary_unknown_endpoints_total", unit: null, "Requests to addresses that there are not, by the part of the reference's API that they meant.");

    private static readonly Counter<long> LogGaps = Meter.CreateCounter<long>(
        "cartulary_log_gaps_total", unit: null, "Readings that found a hole or an unreadable record in the log; anything above zero needs help.");

    private static readonly Counter<long> StreamsAborted = Meter.CreateCounter<long>(
        "cartulary_streams_aborted_total", unit: null, "Event streams that were closed because their readers took nothing any more.");

    /// <summary>Shows at zero what has not happened yet, so that the first time is seen as a rise.</summary>
    public static void ShowZeros()
    {
        foreach (var outcome in (ReadOnlySpan<string>)["committed", "unchanged", "refused", "replayed", "foreseen"])
        {
            Saves.Add(0, new KeyValuePair<string, object?>(OutcomeLabel, outcome));
        }

        foreach (var code in ErrorCodes.All)
        {
            Refusals.Add(0, new KeyValuePair<string, object?>(CodeLabel, code.Code));
        }

        foreach (var label in UnknownEndpoints.Labels)
        {
            UnknownCalls.Add(0, new KeyValuePair<string, object?>(EndpointLabel, label));
        }

        Assets.Add(0);
        LogGaps.Add(0);
        StreamsAborted.Add(0);
    }

    /// <summary>A save came to an end.</summary>
    public static void CountSave(string outcome, int assets)
    {
        Saves.Add(1, new KeyValuePair<string, object?>(OutcomeLabel, outcome));
        if (assets > 0)
        {
            Assets.Add(assets);
        }
    }

    /// <summary>A request was refused.</summary>
    public static void CountRefusal(ErrorCode code) => Refusals.Add(1, new KeyValuePair<string, object?>(CodeLabel, code.Code));

    /// <summary>A request went to an address that there is not.</summary>
    public static void CountUnknownEndpoint(string? path) =>
        UnknownCalls.Add(1, new KeyValuePair<string, object?>(EndpointLabel, UnknownEndpoints.LabelOf(path)));

    /// <summary>The log was found damaged.</summary>
    public static void CountLogGap() => LogGaps.Add(1);

    /// <summary>A stream was closed because its reader stood still.</summary>
    public static void CountStreamAborted() => StreamsAborted.Add(1);
}
