using System.Globalization;
using System.Text;

namespace Cartulary.Core.Query.Search.Dsl.QueryText;

/// <summary>
/// Reads the text of a query_string query, Lucene's query syntax: words, quotes for phrases, <c>field:</c> before a term,
/// AND OR NOT and <c>+ - ! &amp;&amp; ||</c>, parentheses, <c>* ?</c>, <c>/regular expressions/</c>, <c>[a TO b] {a TO b} &gt; &gt;= &lt; &lt;=</c>,
/// <c>~N</c> and <c>^N</c>. A text that is none is refused with the place where it breaks off.
/// </summary>
internal sealed class QueryStringParser
{
    private const string ExistsField = "_exists_";
    private const string Special = "+-!(){}[]^\"~*?:\\/";

    private readonly DslScope _scope;
    private readonly string _text;
    private readonly string _path;
    private int _at;
    private bool _failed;

    private QueryStringParser(DslScope scope, string text, string path)
    {
        _scope = scope;
        _text = text;
        _path = path;
    }

    /// <summary>Reads a text; what is wrong is noted.</summary>
    public static SearchExpression Parse(DslScope scope, TextTerms terms, string text, string path)
    {
        var parser = new QueryStringParser(scope, text, path);
        var expression = parser.Clauses(terms, 1);
        if (!parser._failed && parser._at < text.Length)
        {
            parser.Fail($"the text breaks off at character {parser._at + 1}: {text[parser._at]} closes nothing");
        }

        return expression;
    }

    private SearchExpression Clauses(TextTerms terms, int depth)
    {
        var list = new ClauseList(terms.NeedsAll);
        SkipBlanks();
        while (!_failed && _at < _text.Length && _text[_at] != ')')
        {
            var isAnd = TryWord("AND", "&&");
            var isOr = !isAnd && TryWord("OR", "||");
            var isNot = TryWord("NOT", "!");
            var isRequired = !isNot && TrySign('+');
            isNot = isNot || (!isRequired && TrySign('-'));
            if (_at == _text.Length || _text[_at] == ')')
            {
                Fail(isAnd || isOr || isNot || isRequired ? $"the text breaks off at character {_at + 1}, after an operator" : null);
                break;
            }

            if ((isAnd || isOr) && list.IsEmpty)
            {
                Fail("the text begins with AND or OR");
                break;
            }

            if (!_scope.TryEnter(_path, depth))
            {
                _failed = true;
                break;
            }

            var isPlain = !isAnd && !isOr && !isNot && !isRequired;
            list.Add(Boosted(Clause(terms, depth, isPlain)), isAnd, isOr, isRequired, isNot);
            SkipBlanks();
        }

        return list.End();
    }

    private SearchExpression Clause(TextTerms terms, int depth, bool isPlain)
    {
        var here = terms;
        if (TryField() is { } name)
        {
            SkipBlanks();
            if (name == ExistsField)
            {
                return terms.For(Word()).Pattern("*");
            }

            if (name == "*" && TryText("*"))
            {
                return new SearchExpression.Everything();
            }

            here = terms.For(name);
        }

        if (_at == _text.Length)
        {
            Fail("the text breaks off after a field");
            return new SearchExpression.Nothing();
        }

        switch (_text[_at])
        {
            case '(':
                return Group(here, depth);
            case '"':
                return here.Phrase(Quoted(), Tilde());
            case '/':
                return here.Regexp(Between('/'));
            case '[' or '{':
                return Range(here);
            case '>' or '<':
                return Comparison(here);
            default:
                return Words(here, isPlain && ReferenceEquals(here, terms));
        }
    }

    private SearchExpression Group(TextTerms terms, int depth)
    {
        _at++;
        var inner = Clauses(terms, depth + 1);
        if (_failed)
        {
            return inner;
        }

        if (_at == _text.Length)
        {
            Fail("a parenthesis is not closed");
        }

        _at++;
        return inner;
    }

    /// <summary>
    /// One word or, where nothing else is between them, several: those are looked up together in each field, so that all of them
    /// are found in the same one.
    /// </summary>
    private SearchExpression Words(TextTerms terms, bool mayJoin)
    {
        var start = _at;
        var raw = RawWord();
        if (raw.Length == 0)
        {
            Fail($"the text breaks off at character {start + 1}: {_text[start]} does not belong there");
            return new SearchExpression.Nothing();
        }

        if (raw == "*" && mayJoin)
        {
            return new SearchExpression.Everything();
        }

        if (IsPattern(raw))
        {
            return terms.Pattern(raw);
        }

        if (Tilde() is { } edits)
        {
            return terms.Words(Unescaped(raw), new Fuzziness(0, 0, Math.Min(edits, 2)));
        }

        var words = new StringBuilder(Unescaped(raw));
        while (mayJoin && PlainWordAhead() is { } next)
        {
            words.Append(' ').Append(Unescaped(next));
        }

        return terms.Words(words.ToString(), Fuzziness.None);
    }

    /// <summary>The next word, if it is one without any operator, field or sign at it.</summary>
    private string? PlainWordAhead()
    {
        var start = _at;
        SkipBlanks();
        var word = _at > start && _at < _text.Length && !"+-!/<>".Contains(_text[_at], StringComparison.Ordinal) ? RawWord() : "";
        if (word.Length == 0 || IsPattern(word) || word is "AND" or "OR" or "NOT" or "&&" or "||" || (_at < _text.Length && _text[_at] is ':' or '~' or '^'))
        {
            _at = start;
            return null;
        }

        return word;
    }

    private SearchExpression Range(TextTerms terms)
    {
        var includesFrom = _text[_at++] == '[';
        var from = Bound();
        var isRange = TryWord("TO", "TO");
        var to = Bound();
        SkipBlanks();
        if (!isRange || from.Length == 0 || to.Length == 0 || _at == _text.Length || _text[_at] is not (']' or '}'))
        {
            Fail("a range must be [FROM TO UNTIL], with braces where an end does not belong to it");
            return new SearchExpression.Nothing();
        }

        var includesTo = _text[_at++] == ']';
        return terms.Range(from == "*" ? null : Unescaped(from), includesFrom, to == "*" ? null : Unescaped(to), includesTo);
    }

    private string Bound()
    {
        SkipBlanks();
        if (_at < _text.Length && _text[_at] == '"')
        {
            return Quoted();
        }

        var start = _at;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not (']' or '}'))
        {
            _at++;
        }

        return _text[start.._at];
    }

    private SearchExpression Comparison(TextTerms terms)
    {
        var isGreater = _text[_at++] == '>';
        var isInclusive = TryText("=");
        SkipBlanks();
        var value = _at < _text.Length && _text[_at] == '"' ? Quoted() : Unescaped(RawWord());
        if (value.Length == 0)
        {
            Fail("a comparison needs a value");
        }

        return isGreater ? terms.Range(value, isInclusive, null, false) : terms.Range(null, false, value, isInclusive);
    }

    private SearchExpression Boosted(SearchExpression expression)
    {
        if (_failed || !TryText("^"))
        {
            return expression;
        }

        var start = _at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.'))
        {
            _at++;
        }

        if (DslValue.TryParse(_text[start.._at], out var boost) && boost <= float.MaxValue)
        {
            return QueryReader.Boosted(expression, boost)!;
        }

        Fail("^ needs a number");
        return expression;
    }

    /// <summary>A field's name with its colon, if the next word is one.</summary>
    private string? TryField()
    {
        var start = _at;
        var name = RawWord();
        if (name.Length > 0 && _at < _text.Length && _text[_at] == ':')
        {
            _at++;
            return name == "*" ? name : Unescaped(name);
        }

        _at = start;
        return null;
    }

    private string Word() => Unescaped(RawWord());

    /// <summary>A word as it is written, backslashes included.</summary>
    private string RawWord()
    {
        var start = _at;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]))
        {
            var here = _text[_at];
            if (here == '\\' && _at + 1 < _text.Length)
            {
                _at++;
            }
            else if (here is '\\' || (here is not ('*' or '?' or '-' or '+' or '!' or '/') && Special.Contains(here, StringComparison.Ordinal)))
            {
                break;
            }

            _at++;
        }

        return _text[start.._at];
    }

    private string Quoted()
    {
        var quoted = Between('"');
        return Unescaped(quoted);
    }

    private string Between(char mark)
    {
        var start = ++_at;
        while (_at < _text.Length && _text[_at] != mark)
        {
            _at += _text[_at] == '\\' ? 2 : 1;
        }

        if (_at >= _text.Length)
        {
            Fail($"{mark} is not closed");
            _at = _text.Length;
            return "";
        }

        return _text[start.._at++];
    }

    private int? Tilde()
    {
        if (!TryText("~"))
        {
            return null;
        }

        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        return int.TryParse(_text.AsSpan(start, _at - start), CultureInfo.InvariantCulture, out var number) ? Math.Min(number, 1_000) : 2;
    }

    private bool TryWord(string word, string sign)
    {
        SkipBlanks();
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) == 0 && (_at + word.Length == _text.Length || char.IsWhiteSpace(_text[_at + word.Length]) || _text[_at + word.Length] is '(' or ')'))
        {
            _at += word.Length;
            SkipBlanks();
            return true;
        }

        if (!TryText(sign))
        {
            return false;
        }

        SkipBlanks();
        return true;
    }

    private bool TrySign(char sign)
    {
        SkipBlanks();
        return TryText(sign.ToString());
    }

    private bool TryText(string text)
    {
        if (string.CompareOrdinal(_text, _at, text, 0, text.Length) != 0 || _at == _text.Length)
        {
            return false;
        }

        _at += text.Length;
        return true;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private void Fail(string? message)
    {
        if (!_failed && message is not null)
        {
            _scope.Refuse(_path, message);
        }

        _failed = true;
    }

    private static bool IsPattern(string raw)
    {
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] == '\\')
            {
                at++;
            }
            else if (raw[at] is '*' or '?')
            {
                return true;
            }
        }

        return false;
    }

    private static string Unescaped(string raw)
    {
        if (!raw.Contains('\\', StringComparison.Ordinal))
        {
            return raw;
        }

        var text = new StringBuilder(raw.Length);
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] == '\\' && at + 1 < raw.Length)
            {
                at++;
            }

            text.Append(raw[at]);
        }

        return text.ToString();
    }

    /// <summary>Clauses one after another, by the rules of Lucene's classic parser: AND makes what stands at both of its sides needed.</summary>
    private sealed class ClauseList(bool needsAll)
    {
        private readonly List<(SearchExpression Expression, bool IsRequired, bool IsProhibited)> _clauses = [];

        public bool IsEmpty => _clauses.Count == 0;

        public void Add(SearchExpression expression, bool isAnd, bool isOr, bool isRequired, bool isProhibited)
        {
            if (_clauses.Count > 0 && !_clauses[^1].IsProhibited && (isAnd || (needsAll && isOr)))
            {
                _clauses[^1] = _clauses[^1] with { IsRequired = isAnd };
            }

            var required = !isProhibited && (isRequired || isAnd || (needsAll && !isOr));
            _clauses.Add((expression, required, isProhibited));
        }

        public SearchExpression End()
        {
            if (_clauses is [{ IsProhibited: false } only])
            {
                return only.Expression;
            }

            return _clauses.Count == 0
                ? new SearchExpression.Nothing()
                : BoolQuery.Join(
                    [.. _clauses.Where(clause => clause.IsRequired).Select(clause => clause.Expression)],
                    [],
                    [.. _clauses.Where(clause => !clause.IsRequired && !clause.IsProhibited).Select(clause => clause.Expression)],
                    [.. _clauses.Where(clause => clause.IsProhibited).Select(clause => clause.Expression)],
                    null);
        }
    }
}
