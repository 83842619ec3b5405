using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Read;

/// <summary>Reads the bodies of calls that are about the labels or the custom metadata of one asset alone.</summary>
public static class PartRequestReader
{
    /// <summary>Reads a list of labels.</summary>
    /// <param name="body">The body.</param>
    /// <param name="target">The asset.</param>
    /// <param name="type">Its type.</param>
    /// <param name="mode">What to do with the labels.</param>
    /// <param name="limits">The limits of a save.</param>
    public static ReadOutcome ReadLabels(ReadOnlyMemory<byte> body, AssetSelector target, EntityType type, LabelMode mode, SaveLimits limits) =>
        OneValue.WhyNot(body, limits.JsonDepth) is { } fault
            ? Refused(ErrorCodes.BadRequest, fault)
            : Understood(new RequestAsset { Path = "", TypeName = type.Name, Labels = new RequestField("labels", OneValue.Of(body)), LabelMode = mode }, target);

    /// <summary>Reads custom metadata: <c>{set:{attribute:value}}</c>.</summary>
    /// <param name="body">The body.</param>
    /// <param name="target">The asset.</param>
    /// <param name="type">Its type.</param>
    /// <param name="call">How it is meant.</param>
    /// <param name="limits">The limits of a save.</param>
    public static ReadOutcome ReadMetadata(ReadOnlyMemory<byte> body, AssetSelector target, EntityType type, MetadataCall call, SaveLimits limits) =>
        OneValue.WhyNot(body, limits.JsonDepth) is { } fault ? Refused(ErrorCodes.BadRequest, fault)
        : OneValue.IsEmpty(body) && call.Action != MetadataAction.Overwrite ? Refused(ErrorCodes.InvalidParameters, "no custom metadata is named")
        : Understood(new RequestAsset { Path = "", TypeName = type.Name, BusinessAttributes = new RequestField("businessAttributes", OneValue.Of(body)), MetadataCall = call }, target);

    /// <summary>Reads the custom metadata of one set: <c>{attribute:value}</c>. An empty body names the whole set.</summary>
    /// <param name="body">The body.</param>
    /// <param name="target">The asset.</param>
    /// <param name="type">Its type.</param>
    /// <param name="set">The set's name.</param>
    /// <param name="call">How it is meant.</param>
    /// <param name="limits">The limits of a save.</param>
    public static ReadOutcome ReadSet(ReadOnlyMemory<byte> body, AssetSelector target, EntityType type, string set, MetadataCall call, SaveLimits limits)
    {
        if (body.IsEmpty)
        {
            body = "{}"u8.ToArray();
        }

        if (OneValue.WhyNot(body, limits.JsonDepth) is { } fault)
        {
            return Refused(ErrorCodes.BadRequest, fault);
        }

        byte[] whole = [.. "{\""u8, .. JsonEncodedText.Encode(set).EncodedUtf8Bytes, .. "\":"u8, .. OneValue.Of(body).Span, (byte)'}'];
        return ReadMetadata(whole, target, type, call, limits);
    }

    private static ReadOutcome.Understood Understood(RequestAsset asset, AssetSelector target) => new(SaveRequest.Part(asset, target));

    private static ReadOutcome.Refused Refused(ErrorCode code, string message) => new(ImmutableArray.Create(new Problem(code, "", message)));
}
