using System.Collections.Immutable;
using System.Globalization;
using Cartulary.Core.Errors;

namespace Cartulary.Core.Query.Search.Atlas;

/// <summary>
/// Reads queries of Apache Atlas's own language (Apache Atlas, "Advanced search"): a type or tag; <c>where</c> with comparisons,
/// <c>like</c>, <c>in</c>, <c>has</c>, <c>isa</c>, <c>and</c>, <c>or</c>, <c>not</c> and parentheses; <c>select</c> with names;
/// <c>orderby</c>, <c>limit</c>, <c>offset</c>. Functions, groups and conditions on related assets are refused.
/// </summary>
public sealed class TypeQueryParser
{
    private static readonly string[] Clauses = ["where", "select", "groupby", "orderby", "limit", "offset", "isa", "is", "has", "and", "or"];

    private readonly List<TypeQueryToken> _tokens;
    private readonly ProblemList _problems;
    private readonly SearchLimits _limits;
    private readonly string _path;
    private int _next;
    private int _count;
    private bool _failed;

    private TypeQueryParser(List<TypeQueryToken> tokens, SearchLimits limits, string path, ProblemList problems)
    {
        _tokens = tokens;
        _problems = problems;
        _limits = limits;
        _path = path;
    }

    /// <summary>Reads a query; null with what is wrong, and where.</summary>
    /// <param name="text">The query.</param>
    /// <param name="path">Where it stands in the request.</param>
    /// <param name="limits">How deep and large it may be.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static TypeQuery? Parse(string text, string path, SearchLimits limits, ProblemList problems)
    {
        if (TypeQueryLexer.Read(text, out var failedAt) is not { } tokens)
        {
            FilterReader.Refuse(problems, path, $"the query makes no sense from character {failedAt + 1} on");
            return null;
        }

        var parser = new TypeQueryParser(tokens, limits, path, problems);
        var query = parser.Query();
        return parser._failed ? null : query;
    }

    private TypeQuery Query()
    {
        TryWord("from");
        var source = Name("a type or a tag");
        var filters = new List<AssetFilter>();
        var select = ImmutableArray.CreateBuilder<SelectedColumn>();
        var (orderBy, isDescending) = ((string?)null, false);
        var (limit, offset) = ((int?)null, (int?)null);
        while (!_failed && Peek() is { } token)
        {
            switch (token.Text.ToLowerInvariant())
            {
                case "where" or "and":
                    _next++;
                    filters.Add(Or(1));
                    break;
                case "isa" or "is":
                    _next++;
                    filters.Add(new AssetFilter.Tagged(Name("a tag"), _path));
                    break;
                case "has":
                    _next++;
                    filters.Add(new AssetFilter.Criterion(Path(), FilterOperator.NotNull, [], _path));
                    break;
                case "select":
                    _next++;
                    select.AddRange(Columns());
                    break;
                case "orderby":
                    _next++;
                    orderBy = Path();
                    isDescending = TryWord("desc");
                    _ = !isDescending && TryWord("asc");
                    break;
                case "limit":
                    _next++;
                    limit = Number();
                    break;
                case "offset":
                    _next++;
                    offset = Number();
                    break;
                case "groupby":
                    Fail(token, "groups are not supported");
                    break;
                default:
                    Fail(token, $"{token.Text} is not expected there");
                    break;
            }
        }

        var filter = filters.Count switch { 0 => null, 1 => filters[0], _ => new AssetFilter.Join(IsAnd: true, [.. filters]) };
        return new TypeQuery(source, filter, select.ToImmutable(), orderBy, isDescending, limit, offset);
    }

    private AssetFilter Or(int depth)
    {
        var parts = new List<AssetFilter> { And(depth) };
        while (TryWord("or"))
        {
            parts.Add(And(depth));
        }

        return parts.Count == 1 ? parts[0] : new AssetFilter.Join(IsAnd: false, [.. parts]);
    }

    private AssetFilter And(int depth)
    {
        var parts = new List<AssetFilter> { One(depth) };
        while (TryWord("and"))
        {
            parts.Add(One(depth));
        }

        return parts.Count == 1 ? parts[0] : new AssetFilter.Join(IsAnd: true, [.. parts]);
    }

    private AssetFilter One(int depth)
    {
        if (depth > _limits.Depth || ++_count > _limits.Clauses)
        {
            Fail(Peek(), depth > _limits.Depth ? $"conditions are nested deeper than {_limits.Depth} levels" : $"there are more than {_limits.Clauses} conditions");
        }

        if (_failed || Peek() is not { } token)
        {
            Fail(null, "a condition is missing at the end");
            return new AssetFilter.Join(IsAnd: true, []);
        }

        if (TryWord("not"))
        {
            return new AssetFilter.Not(One(depth + 1));
        }

        if (TrySign("("))
        {
            var inner = Or(depth + 1);
            NeedSign(")");
            return inner;
        }

        if (TryWord("has"))
        {
            return new AssetFilter.Criterion(Path(), FilterOperator.NotNull, [], _path);
        }

        return TryWord("isa") || TryWord("is") ? new AssetFilter.Tagged(Name("a tag"), _path) : Comparison(token);
    }

    private AssetFilter Comparison(TypeQueryToken start)
    {
        var name = Path();
        if (TryWord("isa") || TryWord("is"))
        {
            return new AssetFilter.Tagged(Name("a tag"), _path);
        }

        if (TryWord("has"))
        {
            return new AssetFilter.Criterion(Path(), FilterOperator.NotNull, [], _path);
        }

        if (_failed || Peek() is not { } sign || FilterOperators.Find(sign.Text) is not { } comparison || sign.Kind is TypeQueryTokenKind.Text)
        {
            Fail(start, $"{start.Text} needs a comparison");
            return new AssetFilter.Join(IsAnd: true, []);
        }

        _next++;
        return new AssetFilter.Criterion(name, comparison, comparison == FilterOperator.In ? List() : [Value()], _path);
    }

    private ImmutableArray<string> List()
    {
        NeedSign("[");
        var values = ImmutableArray.CreateBuilder<string>();
        do
        {
            values.Add(Value());
        }
        while (!_failed && TrySign(","));

        NeedSign("]");
        return values.ToImmutable();
    }

    private List<SelectedColumn> Columns()
    {
        var columns = new List<SelectedColumn>();
        do
        {
            var attribute = Path();
            if (Peek() is { Text: "(" } call)
            {
                Fail(call, $"functions such as {attribute} are not supported");
            }

            columns.Add(new SelectedColumn(attribute, TryWord("as") ? Name("a name") : attribute));
        }
        while (!_failed && TrySign(","));

        return columns;
    }

    /// <summary>An attribute, before which the type may stand.</summary>
    private string Path()
    {
        var name = Name("an attribute");
        while (!_failed && TrySign("."))
        {
            name = $"{name}.{Name("an attribute")}";
        }

        return name;
    }

    private string Name(string what)
    {
        if (Peek() is { Kind: TypeQueryTokenKind.Word or TypeQueryTokenKind.Name } token && (token.Kind == TypeQueryTokenKind.Name || !Clauses.Contains(token.Text.ToLowerInvariant())))
        {
            _next++;
            return token.Text;
        }

        Fail(Peek(), $"{what} is missing");
        return "";
    }

    private string Value()
    {
        if (Peek() is { Kind: TypeQueryTokenKind.Text or TypeQueryTokenKind.Number } token)
        {
            _next++;
            return token.Text;
        }

        if (TryWord("true"))
        {
            return "true";
        }

        if (TryWord("false"))
        {
            return "false";
        }

        Fail(Peek(), "a value is missing: a text in quotes, a number, true or false");
        return "";
    }

    private int Number()
    {
        if (Peek() is { Kind: TypeQueryTokenKind.Number } token && int.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            _next++;
            return number;
        }

        Fail(Peek(), "a whole number is missing");
        return 0;
    }

    private TypeQueryToken? Peek() => _next < _tokens.Count ? _tokens[_next] : null;

    private bool TryWord(string word)
    {
        if (Peek() is not { Kind: TypeQueryTokenKind.Word } token || !token.Text.Equals(word, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        _next++;
        return true;
    }

    private bool TrySign(string sign)
    {
        if (Peek() is not { Kind: TypeQueryTokenKind.Sign } token || token.Text != sign)
        {
            return false;
        }

        _next++;
        return true;
    }

    private void NeedSign(string sign)
    {
        if (!TrySign(sign))
        {
            Fail(Peek(), $"{sign} is missing");
        }
    }

    private void Fail(TypeQueryToken? at, string message)
    {
        if (!_failed)
        {
            FilterReader.Refuse(_problems, _path, at is null ? $"at the end: {message}" : $"at character {at.At + 1}: {message}");
        }

        _failed = true;
    }
}
