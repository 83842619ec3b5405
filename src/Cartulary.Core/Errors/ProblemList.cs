using System.Collections.Immutable;

namespace Cartulary.Core.Errors;

/// <summary>
/// The problems of one request, as they are found. Many are counted rather than kept, and long texts are shortened, so that a
/// refusal stays small whatever the request.
/// </summary>
public sealed class ProblemList
{
    /// <summary>Most problems that one refusal lists.</summary>
    public const int Most = 1_000;

    /// <summary>Longest path and longest message of a problem, in UTF-16 code units.</summary>
    public const int LongestText = 500;

    private readonly ImmutableArray<Problem>.Builder _kept = ImmutableArray.CreateBuilder<Problem>();

    /// <summary>How many problems were found beyond those that are kept.</summary>
    public int Omitted { get; private set; }

    /// <summary>How many problems were found.</summary>
    public int Count => _kept.Count + Omitted;

    /// <summary>Notes a problem.</summary>
    public void Add(Problem problem)
    {
        if (_kept.Count == Most)
        {
            Omitted++;
            return;
        }

        _kept.Add(problem with
        {
            Path = Shorten(problem.Path, LongestText),
            Message = Shorten(problem.Message, LongestText),
            EntityGuid = problem.EntityGuid is { } guid ? Shorten(guid, LongestText) : null,
        });
    }

    /// <summary>Notes the problems of a step before, with the number of those that it left out.</summary>
    public void Add(ImmutableArray<Problem> problems, int omitted)
    {
        foreach (var problem in problems)
        {
            Add(problem);
        }

        Omitted += omitted;
    }

    /// <summary>The problems that are kept.</summary>
    public ImmutableArray<Problem> ToImmutable() => _kept.ToImmutable();

    /// <summary>A text cut to a length, without halving a character.</summary>
    public static string Shorten(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
