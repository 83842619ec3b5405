using System.Text;
using SQLitePCL;

namespace Cartulary.Storage.Sqlite.Connections;

/// <summary>
/// A prepared statement, bound and run again and again. Parameters count from 1, columns from 0. After the last row, or a
/// failure, it is ready to be bound again; who stops before the last row resets it.
/// </summary>
internal sealed class Statement(Database database, sqlite3_stmt handle) : IDisposable
{
    private const int TextOnStack = 512;
    private bool _isRunning;

    public Statement Bind(int parameter, long value)
    {
        database.Check(raw.sqlite3_bind_int64(handle, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, long? value) => value is { } present ? Bind(parameter, present) : BindNull(parameter);

    public Statement Bind(int parameter, ReadOnlySpan<byte> blob)
    {
        database.Check(blob.IsEmpty
            ? raw.sqlite3_bind_zeroblob(handle, parameter, 0)
            : raw.sqlite3_bind_blob(handle, parameter, blob));
        return this;
    }

    public Statement Bind(int parameter, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return Bind(parameter, bytes);
    }

    public Statement Bind(int parameter, string? text)
    {
        if (text is null)
        {
            return BindNull(parameter);
        }

        if (text.Length == 0)
        {
            database.Check(raw.sqlite3_bind_text(handle, parameter, text));
            return this;
        }

        var utf8 = text.Length <= TextOnStack ? stackalloc byte[TextOnStack * 3] : new byte[Encoding.UTF8.GetByteCount(text)];
        return BindText(parameter, utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }

    /// <summary>Binds text that is UTF-8 already and not empty.</summary>
    public Statement BindText(int parameter, ReadOnlySpan<byte> utf8)
    {
        database.Check(raw.sqlite3_bind_text(handle, parameter, utf8));
        return this;
    }

    public Statement BindNull(int parameter)
    {
        database.Check(raw.sqlite3_bind_null(handle, parameter));
        return this;
    }

    /// <summary>Moves to the next row; false when there is none.</summary>
    public bool Step()
    {
        _isRunning = true;
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            var failure = database.Failure(code);
            Reset();
            throw failure;
        }

        Reset();
        return false;
    }

    /// <summary>Runs a statement whose rows do not matter, if it has any.</summary>
    public void Execute()
    {
        Step();
        Reset();
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Long(int column) => raw.sqlite3_column_int64(handle, column);

    public int Int(int column) => raw.sqlite3_column_int(handle, column);

    /// <summary>The bytes of a column; valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    public Guid Guid(int column) => new(Blob(column), bigEndian: true);

    /// <summary>Stops a run that has not come to its end.</summary>
    public void Reset()
    {
        if (_isRunning)
        {
            _isRunning = false;
            raw.sqlite3_reset(handle);
        }
    }

    public void Dispose() => handle.Dispose();
}
