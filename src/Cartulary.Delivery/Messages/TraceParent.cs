using Cartulary.Core.Events;

namespace Cartulary.Delivery.Messages;

/// <summary>The trace of the save that an event tells of, as its client sent it (W3C Trace Context).</summary>
public static class TraceParent
{
    /// <summary>The header, and the attribute of CloudEvents.</summary>
    public const string Header = "traceparent";

    /// <summary>The trace of an event; null when its save named none.</summary>
    public static string? Of(EventLabel label) =>
        label.Headers.FirstOrDefault(header => header.Key.Equals(Header, StringComparison.OrdinalIgnoreCase)).Value;
}
