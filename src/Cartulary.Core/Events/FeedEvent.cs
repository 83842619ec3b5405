using System.Buffers;
using System.Globalization;
using System.Text;

namespace Cartulary.Core.Events;

/// <summary>One event of the feed, rendered once and shared by all who send it: the same bytes every time.</summary>
public sealed class FeedEvent
{
    private static readonly byte[] End = "\n\n"u8.ToArray();
    private readonly byte[] _frame;
    private readonly int _start;

    private FeedEvent(long sequence, EventLabel label, byte[] frame, int start)
    {
        Sequence = sequence;
        Label = label;
        _frame = frame;
        _start = start;
    }

    /// <summary>Its place.</summary>
    public long Sequence { get; }

    /// <summary>What it is about, without its envelope being read.</summary>
    public EventLabel Label { get; }

    /// <summary>Its envelope as UTF-8 JSON, on one line.</summary>
    public ReadOnlyMemory<byte> Envelope => _frame.AsMemory(_start, _frame.Length - _start - End.Length);

    /// <summary>The whole event as an event stream holds it (WHATWG HTML, "Server-sent events"): id, event, data and an empty line.</summary>
    public ReadOnlyMemory<byte> Frame => _frame;

    internal static FeedEvent Render(EventToRender source)
    {
        var buffer = new ArrayBufferWriter<byte>(2_048);
        var head = string.Create(
            CultureInfo.InvariantCulture, $"id: {source.Sequence}\nevent: {OperationTypes.Of(source.Record.Kind)}\ndata: ");
        Encoding.ASCII.GetBytes(head, buffer);
        EnvelopeWriter.Write(source, buffer);
        buffer.Write(End);
        return new FeedEvent(source.Sequence, EventLabel.Of(source), buffer.WrittenSpan.ToArray(), head.Length);
    }
}
