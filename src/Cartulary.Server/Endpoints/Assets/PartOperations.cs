using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Server.OpenApi;

namespace Cartulary.Server.Endpoints.Assets;

/// <summary>What the calls of labels and custom metadata are.</summary>
internal static class PartOperations
{
    private const string LabelTag = "Labels";
    private const string MetadataTag = "Custom metadata";

    private static readonly ImmutableArray<Parameter> Manner = AssetOperations.Manner;

    private static readonly ImmutableArray<ErrorCode> Writing =
    [
        ErrorCodes.BadRequest, ErrorCodes.InvalidParameters, ErrorCodes.GuidNotFound, ErrorCodes.VersionMismatch, ErrorCodes.KeyReused,
    ];

    private static readonly ImmutableArray<ErrorCode> Metadata =
    [
        .. Writing, ErrorCodes.InvalidAttributes, ErrorCodes.InvalidValue, ErrorCodes.MetadataNotApplicable, ErrorCodes.MetadataAttributeNotFound,
    ];

    private static readonly Parameter Overwrites =
        Parameter.Flag("isOverwrite", "Makes what is given all the custom metadata of the asset; otherwise what is not given stays.");

    public static readonly Operation SetLabels = new("setLabels", LabelTag, "Set the labels of an asset")
    {
        Description = "Those that are not given are taken away.",
        Parameters = Manner,
        Body = "Labels",
        Answer = "",
        AskedAnswer = "SaveAnswer",
        Refusals = [.. Writing, ErrorCodes.LabelLength, ErrorCodes.LabelCharacters],
    };

    public static readonly Operation AddLabels = SetLabels with
    {
        Id = "addLabels",
        Summary = "Add labels to an asset",
        Description = "Those that it has already stay.",
    };

    public static readonly Operation RemoveLabels = SetLabels with
    {
        Id = "removeLabels",
        Summary = "Take labels away from an asset",
        Description = "Those that it does not have are passed over.",
    };

    public static readonly Operation SetMetadata = new("setCustomMetadata", MetadataTag, "Set custom metadata of an asset")
    {
        Description = "By internal names. Null clears a value; a set that is empty or null is cleared whole.",
        Parameters = [Overwrites, .. Manner],
        Body = "CustomMetadata",
        Answer = "",
        AskedAnswer = "SaveAnswer",
        Refusals = Metadata,
    };

    public static readonly Operation SetMetadataDisplayed = SetMetadata with
    {
        Id = "setDisplayedCustomMetadata",
        Summary = "Set custom metadata of an asset, by display names",
        Description = "Null clears a value; a set that is empty or null is cleared whole.",
    };

    public static readonly Operation RemoveMetadata = new("removeCustomMetadata", MetadataTag, "Clear custom metadata of an asset")
    {
        Description = "The attributes that are named, whatever values are given; all of a set that is empty or null.",
        Parameters = Manner,
        Body = "CustomMetadata",
        Answer = "",
        AskedAnswer = "SaveAnswer",
        Refusals = Metadata,
    };

    public static readonly Operation SetMetadataSet = new("setCustomMetadataSet", MetadataTag, "Set custom metadata of one set")
    {
        Description = "Null clears a value, an empty object the whole set; what is not given stays.",
        Parameters = Manner,
        Body = "CustomMetadataSet",
        Answer = "",
        AskedAnswer = "SaveAnswer",
        Refusals = Metadata,
    };

    public static readonly Operation RemoveMetadataSet = new("removeCustomMetadataSet", MetadataTag, "Clear custom metadata of one set")
    {
        Description = "The attributes that are named, whatever values are given; the whole set when none is.",
        Parameters = Manner,
        Body = "CustomMetadataSet",
        Answer = "",
        AskedAnswer = "SaveAnswer",
        Refusals = Metadata,
    };
}
