using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Server.OpenApi;

namespace Cartulary.Server.Endpoints.Assets;

/// <summary>What the calls of tags are.</summary>
internal static class TagOperations
{
    private const string Tag = "Tags";

    private static readonly ImmutableArray<ErrorCode> Writing =
    [
        ErrorCodes.InvalidParameters, ErrorCodes.TagNotAllowed, ErrorCodes.InvalidTagRequest, ErrorCodes.InvalidPropagation, ErrorCodes.TagNotFound,
        ErrorCodes.InvalidAttributes, ErrorCodes.OperationNotSupported, ErrorCodes.GuidNotFound, ErrorCodes.SaveTooLarge, ErrorCodes.VersionMismatch,
        ErrorCodes.KeyReused,
    ];

    public static readonly Operation List = new("getTags", Tag, "The tags of an asset")
    {
        Description = "Its own and those that are passed on to it; entityGuid is the asset that was tagged.",
        Answer = "Tags",
        Refusals = [ErrorCodes.GuidNotFound],
    };

    public static readonly Operation Get = new("getTag", Tag, "One tag of an asset")
    {
        Description = "Its own, if it has one of that name, or else one that is passed on to it.",
        Answer = "Tag",
        Refusals = [ErrorCodes.GuidNotFound, ErrorCodes.TagNotFound, ErrorCodes.TagNotAttached],
    };

    public static readonly Operation Attach = new("attachTags", Tag, "Attach tags to an asset")
    {
        Description = "Tags that it has of its own already are refused. A tag is passed on unless propagate is false.",
        Parameters = AssetOperations.Manner,
        Body = "TagList",
        Answer = "",
        AskedAnswer = "SaveAnswer",
        Refusals = Writing,
    };

    public static readonly Operation Update = new("updateTags", Tag, "Change tags of an asset")
    {
        Description = "What is not said stays. Tags that are passed on to it are changed where they come from.",
        Parameters = AssetOperations.Manner,
        Body = "TagList",
        Answer = "",
        AskedAnswer = "SaveAnswer",
        Refusals = [.. Writing, ErrorCodes.PassedOnTagUpdate, ErrorCodes.TagNotAttached],
    };

    public static readonly Operation Remove = new("removeTag", Tag, "Take a tag away from an asset")
    {
        Description = "And from all assets that it was passed on to from there.",
        Parameters = [Parameter.Text("associatedEntityGuid", "The asset that was tagged; the asset itself when absent."), .. AssetOperations.Manner],
        Answer = "",
        AskedAnswer = "SaveAnswer",
        Refusals = [.. Writing, ErrorCodes.PassedOnTagRemoval, ErrorCodes.TagNotAttached],
    };

    public static readonly Operation AttachMany = new("attachTagToMany", Tag, "Attach a tag to assets")
    {
        Description = "All or nothing.",
        Parameters = AssetOperations.MannerOfMany,
        Body = "TagManyRequest",
        Answer = "",
        AskedAnswer = "SaveAnswer",
        Refusals = [.. Writing, ErrorCodes.TooManyAssets],
    };

    public static readonly Operation AttachManyDisplayed = AttachMany with
    {
        Id = "attachDisplayedTagToMany",
        Summary = "Attach a tag, by its display name, to assets",
    };

    public static readonly Operation Set = new("setTags", Tag, "Set the tags of assets")
    {
        Description = "All or nothing. Tags that stay as they are, and those that are passed on, are not touched.",
        Parameters = [Parameter.Text("overrideClassifications", "false keeps own tags that are not given. The default is true."), .. AssetOperations.MannerOfMany],
        Body = "SetTagsRequest",
        Answer = "SaveAnswer",
        Refusals = [.. Writing, ErrorCodes.TooManyAssets, ErrorCodes.PassedOnTagUpdate],
    };
}
