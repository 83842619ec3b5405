using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;

namespace Cartulary.Cli.Sources.Postgres.Lineage;

/// <summary>
/// Reads the text of a parse tree (<c>pg_node_tree</c>) without knowing its kinds of node or their fields, which differ from one
/// version of PostgreSQL to the next. What it needs to hold true is only the notation: nodes in curly brackets with fields that
/// begin with a colon, lists in round ones, words between spaces, and a backslash before a character that is meant as itself.
/// </summary>
internal sealed class NodeReader
{
    private readonly string _text;
    private int _position;

    private NodeReader(string text) => _text = text;

    /// <summary>Reads a text to its end.</summary>
    /// <exception cref="FormatException">It is not such a text, or it is nested too deeply.</exception>
    public static NodeValue Read(string text)
    {
        var reader = new NodeReader(text);
        var value = reader.ReadValue();
        reader.SkipSpace();
        return reader._position == text.Length ? value : throw reader.Unexpected();
    }

    private NodeValue ReadValue()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new FormatException("The tree is nested too deeply.");
        }

        return Peek() switch
        {
            '{' => ReadNode(),
            '(' => ReadList(),
            '}' or ')' or '\0' => throw Unexpected(),
            _ => ReadWord(),
        };
    }

    private NodeList ReadList()
    {
        _position++;
        var items = ImmutableArray.CreateBuilder<NodeValue>();
        while (Peek() != ')')
        {
            items.Add(ReadValue());
        }

        _position++;
        return new(items.DrainToImmutable());
    }

    private Node ReadNode()
    {
        _position++;
        var name = ReadWord().Text ?? throw Unexpected();
        var fields = new Dictionary<string, NodeValue>(StringComparer.Ordinal);
        while (Peek() == ':')
        {
            var field = ReadWord().Text![1..];
            fields[field] = ReadValue();

            // The bytes of a constant stand there one by one.
            while (Peek() is not (':' or '}'))
            {
                ReadValue();
            }
        }

        if (Peek() != '}')
        {
            throw Unexpected();
        }

        _position++;
        return new(name, fields.ToFrozenDictionary(StringComparer.Ordinal));
    }

    // A text in quotation marks stands inside a list; the marks belong to the notation only where they are not escaped.
    private NodeWord ReadWord()
    {
        SkipSpace();
        var start = _position;
        var word = new StringBuilder();
        while (_position < _text.Length && _text[_position] is not ((>= '\t' and <= '\r') or ' ' or '(' or ')' or '{' or '}'))
        {
            if (_text[_position] == '\\' && ++_position == _text.Length)
            {
                throw Unexpected();
            }

            word.Append(_text[_position++]);
        }

        var isQuoted = word.Length > 1 && _text[start] == '"' && _text[_position - 1] == '"';
        return _text.AsSpan(start, _position - start) switch
        {
            "" => throw Unexpected(),
            "<>" => new(null),
            _ => new(isQuoted ? word.ToString(1, word.Length - 2) : word.ToString()),
        };
    }

    private char Peek()
    {
        SkipSpace();
        return _position < _text.Length ? _text[_position] : '\0';
    }

    private void SkipSpace()
    {
        while (_position < _text.Length && _text[_position] is ' ' or (>= '\t' and <= '\r'))
        {
            _position++;
        }
    }

    private FormatException Unexpected() => new($"The tree cannot be read at character {_position}.");
}
