using System.Globalization;
using System.Text;
using Lucene.Net.Util.Automaton;

namespace Cartulary.Search.Searching;

/// <summary>
/// Makes automata of regular expressions of Lucene's syntax: <c>. ? + * | {n,m} [a-z] [^a-z] ( ) "literal" \x @ #</c>. The
/// operators <c>~</c>, <c>&amp;</c> and <c>&lt;n-m&gt;</c> are refused, since what they make can grow beyond any limit before it
/// can be looked at; for the same reason parts are never made deterministic on the way.
/// </summary>
internal sealed class RegexpParser
{
    private const int DepthMax = 100;
    private readonly List<Rune> _pattern;
    private readonly bool _ignoresCase;
    private readonly int _statesMax;
    private int _at;

    private RegexpParser(string pattern, bool ignoresCase, int statesMax)
    {
        _pattern = [.. pattern.EnumerateRunes()];
        _ignoresCase = ignoresCase;
        _statesMax = statesMax;
    }

    /// <summary>The automaton of an expression, which need not be deterministic.</summary>
    public static Automaton Parse(string pattern, bool ignoresCase, int statesMax)
    {
        var parser = new RegexpParser(pattern, ignoresCase, statesMax);
        var whole = parser.Alternatives(depth: 0);
        return parser._at == parser._pattern.Count ? whole.Automaton : throw parser.Mistake("a ) has no (");
    }

    private Part Alternatives(int depth)
    {
        if (depth > DepthMax)
        {
            throw Mistake($"more than {DepthMax} groups stand in each other");
        }

        var parts = new List<Part> { Sequence(depth) };
        while (Takes('|'))
        {
            parts.Add(Sequence(depth));
        }

        return parts.Count == 1 ? parts[0] : Sized(BasicOperations.Union([.. parts.Select(part => part.Automaton)]), parts.Sum(part => part.Size));
    }

    private Part Sequence(int depth)
    {
        var parts = new List<Part>();
        while (_at < _pattern.Count && _pattern[_at].Value is not ('|' or ')'))
        {
            parts.Add(Repeated(One(depth)));
        }

        return parts.Count == 0
            ? new Part(BasicAutomata.MakeString(""), 1)
            : Sized(BasicOperations.Concatenate([.. parts.Select(part => part.Automaton)]), parts.Sum(part => part.Size));
    }

    private Part Repeated(Part part)
    {
        while (true)
        {
            if (Takes('?'))
            {
                part = part with { Automaton = BasicOperations.Optional(part.Automaton) };
            }
            else if (Takes('*'))
            {
                part = part with { Automaton = BasicOperations.Repeat(part.Automaton) };
            }
            else if (Takes('+'))
            {
                part = Times(part, 1, null);
            }
            else if (Takes('{'))
            {
                var least = Number();
                int? most = Takes(',') ? _at < _pattern.Count && _pattern[_at].Value == '}' ? null : Number() : least;
                Expect('}');
                part = Times(part, least, most);
            }
            else
            {
                return part;
            }
        }
    }

    private Part Times(Part part, int least, int? most)
    {
        if (most < least)
        {
            throw Mistake("a repetition has a higher lower limit than upper limit");
        }

        var size = part.Size * Math.Max(1, most ?? (least + 1));
        Check(size);
        return new Part(most is { } limit ? BasicOperations.Repeat(part.Automaton, least, limit) : BasicOperations.Repeat(part.Automaton, least), size);
    }

    private Part One(int depth)
    {
        var sign = _pattern[_at++];
        switch (sign.Value)
        {
            case '(':
                var inner = Alternatives(depth + 1);
                Expect(')');
                return inner;
            case '[':
                return new Part(Class(), 1);
            case '"':
                return Quoted();
            case '.':
                return new Part(BasicAutomata.MakeAnyChar(), 1);
            case '@':
                return new Part(BasicAutomata.MakeAnyString(), 1);
            case '#':
                return new Part(BasicAutomata.MakeEmpty(), 1);
            case '~' or '&' or '<' or '>':
                throw Mistake($"the operator {sign} is not supported; \\{sign} is the character");
            case '?' or '*' or '+' or '{':
                throw Mistake($"{sign} has nothing to repeat");
            case '\\':
                return new Part(TermAutomata.Rune(Next(), _ignoresCase), 1);
            default:
                return new Part(TermAutomata.Rune(sign, _ignoresCase), 1);
        }
    }

    private Part Quoted()
    {
        var parts = new List<Automaton> { BasicAutomata.MakeString("") };
        while (Next() is { Value: not '"' } sign)
        {
            parts.Add(TermAutomata.Rune(sign, _ignoresCase));
        }

        return new Part(BasicOperations.Concatenate(parts), parts.Count);
    }

    private Automaton Class()
    {
        var isNot = Takes('^');
        var ranges = new List<(int From, int To)>();
        do
        {
            var from = Escaped();
            var to = Takes('-') ? Escaped() : from;
            if (to < from)
            {
                throw Mistake("a range of characters ends before it begins");
            }

            ranges.Add((from, to));
        }
        while (!Takes(']'));

        if (_ignoresCase)
        {
            AddOtherCase(ranges);
        }

        if (isNot)
        {
            ranges = Others(ranges);
        }

        return ranges.Count == 0 ? BasicAutomata.MakeEmpty() : BasicOperations.Union([.. ranges.Select(range => BasicAutomata.MakeCharRange(range.From, range.To))]);
    }

    private int Escaped() => Next() is { Value: not '\\' } sign ? sign.Value : Next().Value;

    private static void AddOtherCase(List<(int From, int To)> ranges)
    {
        const int Shift = 'a' - 'A';
        foreach (var (from, to) in ranges.ToList())
        {
            var (lowFrom, lowTo) = (Math.Max(from, 'a'), Math.Min(to, 'z'));
            if (lowFrom <= lowTo)
            {
                ranges.Add((lowFrom - Shift, lowTo - Shift));
            }

            var (upFrom, upTo) = (Math.Max(from, 'A'), Math.Min(to, 'Z'));
            if (upFrom <= upTo)
            {
                ranges.Add((upFrom + Shift, upTo + Shift));
            }
        }
    }

    private static List<(int From, int To)> Others(List<(int From, int To)> ranges)
    {
        var (others, next) = (new List<(int, int)>(), 0);
        foreach (var (from, to) in ranges.Order())
        {
            if (from > next)
            {
                others.Add((next, from - 1));
            }

            next = Math.Max(next, to + 1);
        }

        if (next <= 0x10FFFF)
        {
            others.Add((next, 0x10FFFF));
        }

        return others;
    }

    private int Number()
    {
        var start = _at;
        while (_at < _pattern.Count && _pattern[_at].Value is >= '0' and <= '9')
        {
            _at++;
        }

        return int.TryParse(string.Concat(_pattern[start.._at]), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Mistake("a repetition lacks a number");
    }

    private Rune Next() => _at < _pattern.Count ? _pattern[_at++] : throw Mistake("it ends too early");

    private bool Takes(char sign)
    {
        var takes = _at < _pattern.Count && _pattern[_at].Value == sign;
        _at += takes ? 1 : 0;
        return takes;
    }

    private void Expect(char sign)
    {
        if (!Takes(sign))
        {
            throw Mistake($"a {sign} is missing");
        }
    }

    private Part Sized(Automaton automaton, long size)
    {
        Check(size);
        return new Part(automaton, size);
    }

    private void Check(long size)
    {
        if (size > _statesMax)
        {
            throw SearchBounds.TooLarge($"A regular expression is too complex: it stands for more than {_statesMax} states.");
        }
    }

    private Core.Query.Search.SearchRefusedException Mistake(string what) =>
        SearchBounds.Refused(string.Create(CultureInfo.InvariantCulture, $"The regular expression cannot be understood at character {_at}: {what}."));

    private readonly record struct Part(Automaton Automaton, long Size);
}
