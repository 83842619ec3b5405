using System.Text;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Save.Normalize;
using Cartulary.Core.Types;
using Cartulary.Testing;

namespace Cartulary.Core.Tests.Save.Normalize;

/// <summary>Reads and shows values of the types of <see cref="EverythingModel"/>.</summary>
internal static class Values
{
    public static TypeRegistry Registry { get; } = EverythingModel.Registry();

    public static DataType TypeOf(string typeName) =>
        Registry.FindEntity(EverythingModel.TypeName)!.Attribute(EverythingModel.NameOf(typeName))!.Type;

    /// <summary>Reads JSON that must be accepted.</summary>
    public static CanonicalValue? Read(string typeName, string json)
    {
        var value = TryRead(typeName, json, out var problems);
        problems.ShouldBeEmpty($"{json} as {typeName}");
        return value;
    }

    /// <summary>Reads JSON that may be wrong.</summary>
    public static CanonicalValue? TryRead(string typeName, string json, out List<(string Code, string Path, string Message)> problems, int textLength = 1_000_000)
    {
        var found = new List<(string, string, string)>();
        var value = new ValueReader((code, path, message) => found.Add((code.Code, path, message)))
            .Read(Encoding.UTF8.GetBytes(json), TypeOf(typeName), new ValueLimits(textLength));
        problems = found;
        return value;
    }

    /// <summary>A value as JSON; the word null for none.</summary>
    public static string Show(CanonicalValue? value)
    {
        if (value is not { } present)
        {
            return "null";
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            ValueJson.Write(writer, present, Registry);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
