using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Server.OpenApi;

namespace Cartulary.Server.Endpoints.Assets;

/// <summary>What the calls of assets are.</summary>
internal static class AssetOperations
{
    private const string Tag = "Assets";

    private static readonly Parameter UniqueAttribute = new("attr", "string", "The asset's unique attribute, as attr:NAME=VALUE; exactly one.")
    {
        IsFree = true, IsRequired = true,
    };

    private static readonly Parameter Guids = Parameter.List("guid", "The assets' guids.") with { IsRequired = true };

    private static readonly Parameter DeleteType = Parameter.Text("deleteType", "SOFT or DEFAULT, which mean the same: assets are archived.");

    private static readonly ImmutableArray<Parameter> Reading =
    [
        Parameter.Flag("ignoreRelationships", "Leaves relationships out."),
        Parameter.Flag("minExtInfo", "Understood, and changes nothing."),
    ];

    private static readonly ImmutableArray<Parameter> Past =
    [
        Parameter.Number("version", "The asset as its version of this number was."),
        Parameter.Text("asOf", "The asset as it was at this time: milliseconds, or ISO 8601."),
    ];

    private static readonly ImmutableArray<ErrorCode> Saving =
    [
        ErrorCodes.BadRequest, ErrorCodes.InvalidParameters, ErrorCodes.UnknownType, ErrorCodes.InvalidValue, ErrorCodes.InvalidAttributes,
        ErrorCodes.ReferenceNotFound, ErrorCodes.NotAuthorized, ErrorCodes.NameTaken, ErrorCodes.BodyTooLarge, ErrorCodes.SaveTooLarge,
        ErrorCodes.UnsupportedMediaType, ErrorCodes.TooManyRequests,
    ];

    private static readonly ImmutableArray<Parameter> Manner =
    [
        Parameter.Flag("receipts", "Says of each asset what became of it, and why."),
        Parameter.Flag("dryRun", "Answers as if it were saved, receipts included, and saves nothing."),
        Parameter.Text("If-Match", "The version that the asset must have, for a save of one asset.") with { Place = "header" },
        Parameter.Text("Idempotency-Key", "The same request under the same key is carried out once.") with { Place = "header" },
    ];

    private static readonly ImmutableArray<Parameter> Flags =
    [
        .. Manner,
        Parameter.Flag("replaceClassifications", "Understood, and has no effect yet; so are the others."),
        Parameter.Flag("replaceTags", "See replaceClassifications."),
        Parameter.Flag("appendTags", "See replaceClassifications."),
        Parameter.Flag("replaceBusinessAttributes", "See replaceClassifications."),
        Parameter.Flag("overwriteBusinessAttributes", "See replaceClassifications."),
        Parameter.Flag("skipProcessEdgeRestoration", "See replaceClassifications."),
    ];

    public static readonly Operation SaveMany = new("saveAssets", Tag, "Save assets")
    {
        Description = "All or nothing. What does not differ from what is stored is not written and not told.",
        Parameters = Flags, Body = "SaveManyRequest", Answer = "SaveAnswer", Refusals = [.. Saving, ErrorCodes.TooManyAssets],
    };

    public static readonly Operation SaveOne = new("saveAsset", Tag, "Save one asset")
    {
        Parameters = Flags, Body = "SaveOneRequest", Answer = "SaveAnswer", Refusals = Saving,
    };

    public static readonly Operation SavePart = new("updateAsset", Tag, "Change the asset that has a unique attribute")
    {
        Parameters = [UniqueAttribute, .. Manner], Body = "SaveOneRequest", Answer = "SaveAnswer", Refusals = [.. Saving, ErrorCodes.NotFoundByAttribute],
    };

    public static readonly Operation SaveAttribute = new("updateAttribute", Tag, "Change one attribute of an asset")
    {
        Parameters = [Parameter.Text("name", "The attribute's name.") with { IsRequired = true }, .. Manner], Body = "Anything", Answer = "SaveAnswer",
        Refusals = [.. Saving, ErrorCodes.GuidNotFound],
    };

    public static readonly Operation ArchiveMany = new("archiveAssets", Tag, "Archive assets")
    {
        Parameters = [Guids, DeleteType], Answer = "SaveAnswer", Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.NotAuthorized, ErrorCodes.TooManyAssets],
    };

    public static readonly Operation ArchiveByGuid = new("archiveAssetByGuid", Tag, "Archive an asset")
    {
        Parameters = [DeleteType], Answer = "SaveAnswer", Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.NotAuthorized],
    };

    public static readonly Operation ArchiveByName = new("archiveAssetByName", Tag, "Archive the asset that has a unique attribute")
    {
        Parameters = [UniqueAttribute, DeleteType], Answer = "SaveAnswer",
        Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.NotAuthorized, ErrorCodes.NotFoundByAttribute],
    };

    public static readonly Operation GetMany = new("getAssets", Tag, "Assets by their guids")
    {
        Parameters = [Guids, .. Reading], Answer = "ManyAssets", Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.GuidNotFound, ErrorCodes.TooManyAssets],
    };

    public static readonly Operation GetManyByName = new("getAssetsByName", Tag, "Assets of a type by their unique attributes")
    {
        Parameters = [UniqueAttribute with { Description = "Unique attributes, as attr_N:NAME=VALUE with a number N for each asset." }, .. Reading],
        Answer = "ManyAssets", Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.NotFoundByAttribute, ErrorCodes.TooManyAssets],
    };

    public static readonly Operation GetByGuid = new("getAssetByGuid", Tag, "An asset")
    {
        Parameters = [.. Reading, .. Past], Answer = "OneAsset", Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.GuidNotFound],
    };

    public static readonly Operation GetHeaderByGuid = new("getAssetHeaderByGuid", Tag, "An asset in short")
    {
        Answer = "AssetHeader", Refusals = [ErrorCodes.GuidNotFound],
    };

    public static readonly Operation GetByName = new("getAssetByName", Tag, "The asset that has a unique attribute")
    {
        Parameters = [UniqueAttribute, .. Reading, .. Past], Answer = "OneAsset", Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.NotFoundByAttribute],
    };

    public static readonly Operation GetHeaderByName = new("getAssetHeaderByName", Tag, "The asset that has a unique attribute, in short")
    {
        Parameters = [UniqueAttribute], Answer = "AssetHeader", Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.NotFoundByAttribute],
    };
}
