using System.Text;

namespace Cartulary.Cli.Client;

/// <summary>Which events are wanted.</summary>
internal sealed record FeedRequest
{
    /// <summary>Events after this sequence; null for the oldest that is kept.</summary>
    public long? After { get; init; }

    /// <summary>At most this many in one answer.</summary>
    public int Limit { get; init; } = 500;

    /// <summary>Only this kind of event.</summary>
    public string? Operation { get; init; }

    /// <summary>Only assets of this type and its subtypes.</summary>
    public string? TypeName { get; init; }

    /// <summary>Only this asset.</summary>
    public string? Guid { get; init; }

    /// <summary>Only assets whose qualified name begins so.</summary>
    public string? Prefix { get; init; }

    /// <summary>The path and query that ask for a page.</summary>
    public string ToPath()
    {
        var path = new StringBuilder("api/events?limit=").Append(Limit);
        Append(path, "after", After?.ToString());
        return AppendFilter(path).ToString();
    }

    /// <summary>The path and query that ask for a stream of a log; where to begin is said in a header.</summary>
    public string ToStreamPath(string log) => AppendFilter(new StringBuilder("api/events/stream?log=").Append(Uri.EscapeDataString(log))).ToString();

    private StringBuilder AppendFilter(StringBuilder path)
    {
        Append(path, "operation", Operation);
        Append(path, "typeName", TypeName);
        Append(path, "guid", Guid);
        Append(path, "qualifiedNamePrefix", Prefix);
        return path;
    }

    private static void Append(StringBuilder path, string name, string? value)
    {
        if (value is not null)
        {
            path.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }
}
