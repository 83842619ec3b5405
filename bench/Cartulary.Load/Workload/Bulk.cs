using System.Globalization;
using System.Text;

namespace Cartulary.Load.Workload;

/// <summary>A request body, built once and sent as it is. The descriptions hold a counter that can be changed in place.</summary>
internal sealed class Bulk
{
    /// <summary>What stands before the counter.</summary>
    public const string Mark = "edition ";

    /// <summary>How many digits it has.</summary>
    public const int Digits = 8;

    private readonly int[] _counters;

    private Bulk(byte[] body, int[] counters)
    {
        Body = body;
        _counters = counters;
    }

    /// <summary>The body.</summary>
    public byte[] Body { get; }

    /// <summary>How many assets it holds.</summary>
    public required int Count { get; init; }

    /// <summary>The words that a description carries so that it can be changed.</summary>
    public static string Counter => $"{Mark}{new string('0', Digits)}";

    /// <summary>A body of these entities.</summary>
    public static Bulk Of(IReadOnlyCollection<string> entities)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"entities":[{{string.Join(',', entities)}}]}""");
        return new Bulk(body, [.. CountersIn(body)]) { Count = entities.Count };
    }

    /// <summary>Changes the description of the first asset, and of no other.</summary>
    public void Touch(long edition)
    {
        var digits = Body.AsSpan(_counters[0], Digits);
        edition.TryFormat(digits, out _, "D8", CultureInfo.InvariantCulture);
    }

    /// <summary>Changes the descriptions of all assets, each to an edition of its own.</summary>
    /// <param name="first">That of the first.</param>
    public void TouchEach(long first)
    {
        foreach (var counter in _counters)
        {
            first++.TryFormat(Body.AsSpan(counter, Digits), out _, "D8", CultureInfo.InvariantCulture);
        }
    }

    private static IEnumerable<int> CountersIn(byte[] body)
    {
        var mark = Encoding.UTF8.GetBytes(Mark);
        var from = 0;
        while (body.AsSpan(from).IndexOf(mark) is >= 0 and var at)
        {
            from += at + mark.Length;
            yield return from;
        }
    }
}
