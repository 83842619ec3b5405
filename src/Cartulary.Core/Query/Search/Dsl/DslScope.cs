using Cartulary.Core.Errors;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>What all readers of one search share: the fields, the limits, and what is wrong so far.</summary>
internal sealed class DslScope(DslFields fields, SearchLimits limits, long now)
{
    private readonly ProblemList _problems = new();
    private int _clauses;

    /// <summary>How much may be asked for.</summary>
    public SearchLimits Limits => limits;

    /// <summary>The moment that <c>now</c> means, epoch milliseconds.</summary>
    public long Now => now;

    /// <summary>What is wrong so far.</summary>
    public ProblemList Problems => _problems;

    /// <summary>Where functions stand that would change scores only; they are not computed, so the score must not order anything.</summary>
    public List<string> ScoreFunctions { get; } = [];

    /// <summary>Whether something of the answer is in the order of scores.</summary>
    public bool OrdersByScore { get; set; }

    /// <summary>Notes what is wrong.</summary>
    public void Refuse(string path, string message) => _problems.Add(new Problem(ErrorCodes.UnsupportedQuery, path, message));

    /// <summary>Counts a query or an aggregation; false when it is one too many, or too deep, which is noted once.</summary>
    public bool TryEnter(string path, int depth)
    {
        if (depth > limits.Depth)
        {
            Refuse(path, $"the search is nested deeper than {limits.Depth} levels");
            return false;
        }

        _clauses++;
        if (_clauses == limits.Clauses + 1)
        {
            Refuse(path, $"the search has more than {limits.Clauses} queries and aggregations");
        }

        return _clauses <= limits.Clauses;
    }

    /// <summary>
    /// The field of a name. Null when nothing has values there, which is no mistake: then nothing matches. Also null, with a
    /// problem, when something may have values there that the index does not hold.
    /// </summary>
    public SearchField? Field(string name, string path)
    {
        if (fields.Find(name) is { } field)
        {
            return field;
        }

        if (name.Contains('*', StringComparison.Ordinal))
        {
            Refuse(path, $"{name} is a pattern; name the fields themselves");
        }
        else if (fields.IsKnown(name))
        {
            Refuse(path, $"{name} cannot be searched");
        }
        else if (name.StartsWith('_'))
        {
            Refuse(path, $"there is no field {name}");
        }
        else if (name.LastIndexOf('.') is > 0 and var dot && (fields.Find(name[..dot]) is not null || fields.IsKnown(name[..dot])))
        {
            Refuse(path, $"{name[..dot]} has no sub-field {name[(dot + 1)..]}");
        }

        return null;
    }
}
