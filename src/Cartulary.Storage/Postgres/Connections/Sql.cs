using Npgsql;
using NpgsqlTypes;

namespace Cartulary.Storage.Postgres.Connections;

/// <summary>Commands with typed, positional parameters; lists go over as arrays.</summary>
internal static class Sql
{
    /// <summary>A command of a batch.</summary>
    public static NpgsqlBatchCommand Command(string text, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public static NpgsqlParameter Of(long value) => new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint, TypedValue = value };

    public static NpgsqlParameter Of(int value) => new NpgsqlParameter<int> { NpgsqlDbType = NpgsqlDbType.Integer, TypedValue = value };

    public static NpgsqlParameter Of(Guid value) => new NpgsqlParameter<Guid> { NpgsqlDbType = NpgsqlDbType.Uuid, TypedValue = value };

    public static NpgsqlParameter Of(string value) => new NpgsqlParameter<string> { NpgsqlDbType = NpgsqlDbType.Text, TypedValue = value };

    public static NpgsqlParameter Of(TimeSpan value) => new NpgsqlParameter<TimeSpan> { NpgsqlDbType = NpgsqlDbType.Interval, TypedValue = value };

    public static NpgsqlParameter Of(byte[] value) => new NpgsqlParameter<byte[]> { NpgsqlDbType = NpgsqlDbType.Bytea, TypedValue = value };

    public static NpgsqlParameter Of(long? value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = value is { } present ? present : DBNull.Value };

    public static NpgsqlParameter Of(bool value) => new NpgsqlParameter<bool> { NpgsqlDbType = NpgsqlDbType.Boolean, TypedValue = value };

    public static NpgsqlParameter OfOptionalText(string? value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Text, Value = value is { } present ? present : DBNull.Value };

    public static NpgsqlParameter OfOptional(Guid? value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Uuid, Value = value is { } present ? present : DBNull.Value };

    public static NpgsqlParameter OfOptional(int? value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Integer, Value = value is { } present ? present : DBNull.Value };

    public static NpgsqlParameter OfOptional(bool? value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Boolean, Value = value is { } present ? present : DBNull.Value };

    public static NpgsqlParameter Of(List<long> values) => Array(values, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Of(List<long?> values) => Array(values, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Of(List<int> values) => Array(values, NpgsqlDbType.Integer);

    public static NpgsqlParameter Of(List<int?> values) => Array(values, NpgsqlDbType.Integer);

    public static NpgsqlParameter Of(List<short> values) => Array(values, NpgsqlDbType.Smallint);

    public static NpgsqlParameter Of(List<bool> values) => Array(values, NpgsqlDbType.Boolean);

    public static NpgsqlParameter Of(List<Guid> values) => Array(values, NpgsqlDbType.Uuid);

    public static NpgsqlParameter Of(List<string> values) => Array(values, NpgsqlDbType.Text);

    public static NpgsqlParameter OfTexts(List<string?> values) => Array(values, NpgsqlDbType.Text);

    public static NpgsqlParameter Of(List<byte[]> values) => Array(values, NpgsqlDbType.Bytea);

    public static NpgsqlParameter OfBlobs(List<byte[]?> values) => Array(values, NpgsqlDbType.Bytea);

    private static NpgsqlParameter<List<T>> Array<T>(List<T> values, NpgsqlDbType element) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | element, TypedValue = values };
}
