using System.Globalization;
using Cartulary.Core.Ports;

namespace Cartulary.Delivery.Kafka;

/// <summary>Where a sink begins that has never been there; the default is at the head of the log.</summary>
public readonly record struct SinkStart
{
    private readonly bool _isBeginning;
    private readonly long? _after;

    private SinkStart(bool isBeginning, long? after)
    {
        _isBeginning = isBeginning;
        _after = after;
    }

    /// <summary>Reads <c>now</c>, <c>beginning</c> or a sequence.</summary>
    /// <exception cref="FormatException">It is none of them.</exception>
    public static SinkStart Parse(string text) => text switch
    {
        "now" => default,
        "beginning" => new SinkStart(isBeginning: true, after: null),
        _ => new SinkStart(isBeginning: false, long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)),
    };

    /// <summary>The place in a log that has come so far: everything up to it is not sent.</summary>
    public long PlaceIn(CatalogHead head) => _isBeginning ? head.Oldest - 1 : Math.Min(_after ?? head.Sequence, head.Sequence);
}
