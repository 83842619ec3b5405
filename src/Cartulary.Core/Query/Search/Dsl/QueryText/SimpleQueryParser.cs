using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Cartulary.Core.Query.Search.Dsl.QueryText;

/// <summary>
/// Reads the text of a simple_query_string query: <c>+</c> and, <c>|</c> or, <c>-</c> not, quotes for phrases, <c>*</c> at the end
/// of a word that is only begun, parentheses, <c>~N</c> for edits or moves, a backslash before a character that is meant literally.
/// What makes no sense counts as nothing.
/// </summary>
internal sealed class SimpleQueryParser
{
    private readonly DslScope _scope;
    private readonly TextTerms _terms;
    private readonly string _text;
    private readonly string _path;
    private int _at;

    private SimpleQueryParser(DslScope scope, TextTerms terms, string text, string path)
    {
        _scope = scope;
        _terms = terms;
        _text = text;
        _path = path;
    }

    /// <summary>Reads a text.</summary>
    public static SearchExpression Parse(DslScope scope, TextTerms terms, string text, string path) => text.Trim() == "*"
        ? new SearchExpression.Everything()
        : new SimpleQueryParser(scope, terms, text, path).Sequence(1) ?? new SearchExpression.Nothing();

    /// <summary>Reads until the end, or a parenthesis that closes; operators bind from left to right.</summary>
    private SearchExpression? Sequence(int depth)
    {
        var chain = new Chain(_terms.NeedsAll);
        while (_at < _text.Length)
        {
            switch (_text[_at])
            {
                case ')':
                    return chain.End();
                case '+':
                    chain.Join(isAnd: true);
                    _at++;
                    break;
                case '|':
                    chain.Join(isAnd: false);
                    _at++;
                    break;
                case '-' when _at + 1 < _text.Length && !char.IsWhiteSpace(_text[_at + 1]):
                    chain.Negate();
                    _at++;
                    break;
                case '(' when !_scope.TryEnter(_path, depth):
                    _at = _text.Length;
                    break;
                case '(':
                    _at++;
                    chain.Add(Sequence(depth + 1));
                    _at++;
                    break;
                case '"' when _text.IndexOf('"', _at + 1) > 0:
                    chain.Add(Counted() ? Phrase() : null);
                    break;
                case var blank when char.IsWhiteSpace(blank) || blank == '"' || blank == '-':
                    _at++;
                    break;
                default:
                    chain.Add(Counted() ? Word() : null);
                    break;
            }
        }

        return chain.End();
    }

    private bool Counted()
    {
        if (_scope.TryEnter(_path, 0))
        {
            return true;
        }

        _at = _text.Length;
        return false;
    }

    private SearchExpression Phrase()
    {
        var end = _text.IndexOf('"', _at + 1);
        var phrase = _text[(_at + 1)..end];
        _at = end + 1;
        return _terms.Phrase(phrase, Tilde() ?? 0);
    }

    private SearchExpression Word()
    {
        var word = new StringBuilder();
        var isPrefix = false;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && !"+|()\"".Contains(_text[_at], StringComparison.Ordinal))
        {
            if (_text[_at] == '~' && word.Length > 0 && Tilde() is { } edits)
            {
                return _terms.Words(word.ToString(), new Fuzziness(0, 0, Math.Min(edits, 2)));
            }

            if (_at == _text.Length)
            {
                break;
            }

            isPrefix = _text[_at] == '*';
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
            {
                _at++;
            }

            word.Append(_text[_at++]);
        }

        return isPrefix && word.Length > 1
            ? _terms.Pattern(Literal(word.ToString(0, word.Length - 1)) + "*")
            : _terms.Words(word.ToString(), Fuzziness.None);
    }

    /// <summary>Reads <c>~N</c> or <c>~</c>; null when it is not there.</summary>
    private int? Tilde()
    {
        if (_at >= _text.Length || _text[_at] != '~')
        {
            return null;
        }

        var start = ++_at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        return int.TryParse(_text.AsSpan(start, _at - start), CultureInfo.InvariantCulture, out var number) ? Math.Min(number, 1_000) : 2;
    }

    private static string Literal(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal);

    /// <summary>Terms one after another: where the operator changes, what stands before becomes one operand.</summary>
    private sealed class Chain(bool defaultIsAnd)
    {
        private readonly ImmutableArray<SearchExpression>.Builder _operands = ImmutableArray.CreateBuilder<SearchExpression>();
        private bool? _next;
        private bool? _current;
        private bool _isNegated;

        public void Join(bool isAnd)
        {
            if (_operands.Count > 0)
            {
                _next = isAnd;
            }
        }

        public void Negate() => _isNegated = !_isNegated;

        public void Add(SearchExpression? operand)
        {
            if (operand is null)
            {
                return;
            }

            if (_isNegated)
            {
                operand = new SearchExpression.Group([], [], [], [operand], 0);
            }

            if (_operands.Count > 0)
            {
                var isAnd = _next ?? defaultIsAnd;
                if (_current is { } current && current != isAnd)
                {
                    var before = Joined(current);
                    _operands.Clear();
                    _operands.Add(before);
                }

                _current = isAnd;
            }

            _operands.Add(operand);
            (_next, _isNegated) = (null, false);
        }

        public SearchExpression? End() => _operands.Count switch
        {
            0 => null,
            1 => _operands[0],
            _ => Joined(_current!.Value),
        };

        private SearchExpression Joined(bool isAnd) => isAnd
            ? new SearchExpression.Group(_operands.ToImmutable(), [], [], [], 0)
            : new SearchExpression.Group([], [], _operands.ToImmutable(), [], 1);
    }
}
