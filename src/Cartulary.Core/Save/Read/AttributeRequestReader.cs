using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Read;

/// <summary>Reads a body that is nothing but the new value of one attribute.</summary>
public static class AttributeRequestReader
{
    private const string Path = "entity";

    /// <summary>
    /// Reads a partial update of one attribute or relationship attribute of an asset. For a relationship a text is the guid of
    /// the other asset, and null removes all edges. An attribute that is a struct is refused, as the reference refuses it.
    /// </summary>
    /// <param name="body">The value as JSON.</param>
    /// <param name="target">The asset.</param>
    /// <param name="type">Its type.</param>
    /// <param name="name">The attribute's name.</param>
    /// <param name="limits">The limits of a save.</param>
    public static ReadOutcome Read(ReadOnlyMemory<byte> body, AssetSelector target, EntityType type, string name, SaveLimits limits)
    {
        if (OneValue.WhyNot(body, limits.JsonDepth) is { } fault)
        {
            return Refused(ErrorCodes.BadRequest, "", fault);
        }

        var asset = new RequestAsset { Path = Path, TypeName = type.Name };
        var field = new RequestField(name, OneValue.Of(body));
        if (type.Attribute(name) is { } attribute)
        {
            return attribute.Type is StructType
                ? Refused(ErrorCodes.AttributeUpdateNotSupported, "name", $"{type.Name}.{name} : attribute update not supported")
                : Understood(asset with { Attributes = [field] }, target);
        }

        return type.EndsNamed(name).IsEmpty
            ? Refused(ErrorCodes.AttributeNotFound, "name", $"Attribute {name} not found for type {type.Name}")
            : Understood(asset with { Relationships = [field with { Json = AsReference(field.Json) }] }, target);
    }

    private static ReadOnlyMemory<byte> AsReference(ReadOnlyMemory<byte> value) =>
        value.Span[0] == '"' ? (byte[])[.. "{\"guid\":"u8, .. value.Span, (byte)'}'] : value;

    private static ReadOutcome.Understood Understood(RequestAsset asset, AssetSelector target) =>
        new(SaveRequest.Part(asset, target));

    private static ReadOutcome.Refused Refused(ErrorCode code, string path, string message) =>
        new(ImmutableArray.Create(new Problem(code, path, message)));
}
