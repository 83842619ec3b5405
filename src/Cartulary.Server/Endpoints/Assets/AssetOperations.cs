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
        IsFree = true,
        IsRequired = true,
    };

    private static readonly Parameter Guids = Parameter.List("guid", "The assets' guids.") with { IsRequired = true };

    private static readonly Parameter DeleteType = Parameter.Text("deleteType", "SOFT or DEFAULT: assets are archived. HARD: assets in use are purged. PURGE: assets are purged, archived or not.");

    private static readonly ImmutableArray<Parameter> Reading =
    [
        Parameter.Flag("ignoreRelationships", "Leaves relationships out."),
        Parameter.Flag("minExtInfo", "Understood, and changes nothing."),
    ];

    private static readonly Parameter Version = Parameter.Number("version", "The asset as the save that gave it this version left it.");

    private static readonly ImmutableArray<Parameter> PastOfMany =
    [
        Parameter.Text("asOf", "As it was at this time: milliseconds since 1970, or ISO 8601. At most one of version, asOf and asOfSequence."),
        Parameter.Number("asOfSequence", "As it was right after the save that told the event with this sequence."),
    ];

    private static readonly ImmutableArray<Parameter> Past = [Version, .. PastOfMany];

    private static readonly Parameter Known = Parameter.Header("If-None-Match", "Versions in quotes that the reader has already; answered 304 if it is one of them.");

    private static readonly ImmutableArray<(string Name, string Meaning)> Tagged = [("ETag", "The asset's version, in quotes.")];

    private static readonly ImmutableArray<(string Name, string Meaning)> Replayed =
        [("Idempotent-Replayed", "true when this is the answer that the same request got before.")];

    private static readonly ImmutableArray<ErrorCode> OfThePast =
        [ErrorCodes.InvalidParameters, ErrorCodes.NoSuchVersion, ErrorCodes.PositionAhead, ErrorCodes.PastTrimmed];

    private static readonly ImmutableArray<ErrorCode> ByNameOnly =
        [ErrorCodes.BadRequest, ErrorCodes.UnknownType, ErrorCodes.NotUniqueAttribute, ErrorCodes.NotFoundByAttribute];

    /// <summary>Those of every call that saves or archives.</summary>
    public static readonly ImmutableArray<ErrorCode> Writing =
    [
        ErrorCodes.BadRequest, ErrorCodes.InvalidParameters, ErrorCodes.InvalidObjectId, ErrorCodes.VersionMismatch, ErrorCodes.SaveTooLarge,
        ErrorCodes.KeyReused, ErrorCodes.OperationNotSupported, ErrorCodes.BeingDeleted,
    ];

    /// <summary>Those of every call that saves.</summary>
    public static readonly ImmutableArray<ErrorCode> Saving =
    [
        .. Writing, ErrorCodes.UnknownType, ErrorCodes.NotUniqueAttribute, ErrorCodes.AttributeNotFound, ErrorCodes.InvalidValue, ErrorCodes.NoRelationship,
        ErrorCodes.InvalidName, ErrorCodes.CustomAttributeKeyLength, ErrorCodes.CustomAttributeKeyCharacters, ErrorCodes.CustomAttributeValueLength,
        ErrorCodes.LabelLength, ErrorCodes.LabelCharacters, ErrorCodes.RelationshipGivenTwice, ErrorCodes.GuidNotFound, ErrorCodes.InvalidAttributes,
        ErrorCodes.NotFoundByAttribute, ErrorCodes.ReferenceNotFound, ErrorCodes.GlossaryExists, ErrorCodes.TermExists, ErrorCodes.CategoryExists,
        ErrorCodes.RelationshipToSelf, ErrorCodes.NameTaken, ErrorCodes.AnchorChange, ErrorCodes.ParentFromOtherGlossary, ErrorCodes.NoAdministrator,
    ];

    /// <summary>What every call that saves takes.</summary>
    public static readonly ImmutableArray<Parameter> MannerOfMany =
    [
        Parameter.Flag("receipts", "Says of each asset what became of it, and why."),
        Parameter.Flag("dryRun", "Answers as if it were done, with receipts and the events that would be told, and does nothing."),
        Parameter.Header("Idempotency-Key", "1 to 255 visible characters: the same request with the same key is carried out once."),
        Parameter.Header("X-Atlan-Request-Id", "Serves as a key where Idempotency-Key is absent, except that another request with it is simply carried out."),
    ];

    /// <summary>What every call that saves one asset takes.</summary>
    public static readonly ImmutableArray<Parameter> Manner =
    [
        .. MannerOfMany,
        Parameter.Header("If-Match", "Versions in quotes, one of which the asset must have, or * for any version of an asset that exists; otherwise 412."),
    ];

    private static readonly ImmutableArray<Parameter> Flags =
    [
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
        Parameters = [.. MannerOfMany, .. Flags],
        Body = "SaveManyRequest",
        Answer = "SaveAnswer",
        AnswerHeaders = Replayed,
        Refusals = [.. Saving, ErrorCodes.TooManyAssets],
    };

    public static readonly Operation SaveOne = new("saveAsset", Tag, "Save one asset")
    {
        Description = "With referredEntities, those that its references point at too. What does not differ is not written and not told.",
        Parameters = [.. Manner, .. Flags],
        Body = "SaveOneRequest",
        Answer = "SaveAnswer",
        AnswerHeaders = Replayed,
        Refusals = [.. Saving, ErrorCodes.TooManyAssets],
    };

    public static readonly Operation SavePart = new("updateAsset", Tag, "Change the asset that has a unique attribute")
    {
        Description = "Its mandatory attributes need not be sent. Nothing is created when nobody has the name.",
        Parameters = [UniqueAttribute, .. Manner],
        Body = "SaveOneRequest",
        Answer = "SaveAnswer",
        AnswerHeaders = Replayed,
        Refusals = [.. Saving, ErrorCodes.TooManyAssets],
    };

    public static readonly Operation SaveAttribute = new("updateAttribute", Tag, "Change one attribute of an asset")
    {
        Description = "The body is the value as JSON. For a relationship attribute it is a reference, a guid as text, or null to remove all.",
        Parameters = [Parameter.Text("name", "The attribute's name.") with { IsRequired = true }, .. Manner],
        Body = "Anything",
        Answer = "SaveAnswer",
        AnswerHeaders = Replayed,
        Refusals = [.. Saving, ErrorCodes.AttributeUpdateNotSupported],
    };

    public static readonly Operation DeleteMany = new("deleteAssets", Tag, "Archive or purge assets")
    {
        Description = "What they own goes with them. Guids that nobody has, and what is archived already, change nothing; PURGE removes archived assets too.",
        Parameters = [Guids, DeleteType, .. MannerOfMany],
        Answer = "SaveAnswer",
        AnswerHeaders = Replayed,
        Refusals = [.. Writing, ErrorCodes.GuidNotFound, ErrorCodes.TooManyAssets],
    };

    public static readonly Operation DeleteManyByName = new("deleteAssetsByName", Tag, "Archive or purge assets by their unique attributes")
    {
        Description = "As by guid; names that nobody has change nothing.",
        Parameters = [DeleteType, .. MannerOfMany],
        Body = "AssetNames",
        Answer = "SaveAnswer",
        AnswerHeaders = Replayed,
        Refusals = [.. Writing, ErrorCodes.UnknownType, ErrorCodes.NotUniqueAttribute, ErrorCodes.InvalidObjectId, ErrorCodes.TooManyAssets],
    };

    public static readonly Operation DeleteByGuid = new("deleteAssetByGuid", Tag, "Archive or purge an asset")
    {
        Description = "What it owns goes with it. A guid that nobody has changes nothing.",
        Parameters = [DeleteType, .. Manner],
        Answer = "SaveAnswer",
        AnswerHeaders = Replayed,
        Refusals = [.. Writing, ErrorCodes.GuidNotFound],
    };

    public static readonly Operation DeleteByName = new("deleteAssetByName", Tag, "Archive or purge the asset that has a unique attribute")
    {
        Description = "What it owns goes with it.",
        Parameters = [UniqueAttribute, DeleteType, .. Manner],
        Answer = "SaveAnswer",
        AnswerHeaders = Replayed,
        Refusals = [.. Writing, .. ByNameOnly],
    };

    public static readonly Operation RestoreMany = new("restoreAssets", Tag, "Restore archived assets")
    {
        Description = "The parts that were archived together with them come back too. Guids that nobody has, and assets in use, change nothing.",
        Parameters = [Guids, .. MannerOfMany],
        Answer = "SaveAnswer",
        AnswerHeaders = Replayed,
        Refusals = [.. Writing, ErrorCodes.GuidNotFound, ErrorCodes.TooManyAssets, ErrorCodes.GlossaryExists, ErrorCodes.TermExists],
    };

    public static readonly Operation PurgeArchived = new("purgeArchivedAssets", Tag, "Purge archived assets (Apache Atlas)")
    {
        Description = "The body lists guids. Assets in use, and guids that nobody has, change nothing.",
        Parameters = [.. MannerOfMany],
        Body = "AssetGuids",
        Answer = "SaveAnswer",
        AnswerHeaders = Replayed,
        Refusals = [.. Writing, ErrorCodes.InvalidObjectId, ErrorCodes.TooManyAssets],
    };

    public static readonly Operation GetMany = new("getAssets", Tag, "Assets by their guids")
    {
        Description = "In the order of the guids; archived ones too.",
        Parameters = [Guids, .. Reading, .. PastOfMany],
        Answer = "ManyAssets",
        Refusals = [.. OfThePast, ErrorCodes.GuidNotFound, ErrorCodes.TooManyAssets],
    };

    public static readonly Operation GetManyByName = new("getAssetsByName", Tag, "Assets of a type by their unique attributes")
    {
        Description = "In the order of the numbers; archived ones too.",
        Parameters =
        [
            UniqueAttribute with { Description = "Unique attributes, as attr_N:NAME=VALUE with a number N for each asset." }, .. Reading, .. PastOfMany,
        ],
        Answer = "ManyAssets",
        Refusals = [.. OfThePast, .. ByNameOnly, ErrorCodes.TooManyAssets],
    };

    public static readonly Operation GetByGuid = new("getAssetByGuid", Tag, "An asset")
    {
        Description = "As it is, or as it was; archived ones too.",
        Parameters = [.. Reading, .. Past, Known],
        Answer = "OneAsset",
        AnswerHeaders = Tagged,
        IsConditional = true,
        Refusals = [.. OfThePast, ErrorCodes.GuidNotFound],
    };

    public static readonly Operation GetHeaderByGuid = new("getAssetHeaderByGuid", Tag, "An asset in short")
    {
        Parameters = Past,
        Answer = "AssetHeader",
        Refusals = [.. OfThePast, ErrorCodes.GuidNotFound],
    };

    public static readonly Operation GetByName = new("getAssetByName", Tag, "The asset that has a unique attribute")
    {
        Description = "As it is, or as it was; archived ones too. A name finds the asset that has it now.",
        Parameters = [UniqueAttribute, .. Reading, .. Past, Known],
        Answer = "OneAsset",
        AnswerHeaders = Tagged,
        IsConditional = true,
        Refusals = [.. OfThePast, .. ByNameOnly],
    };

    public static readonly Operation GetHeaderByName = new("getAssetHeaderByName", Tag, "The asset that has a unique attribute, in short")
    {
        Parameters = [UniqueAttribute, .. Past],
        Answer = "AssetHeader",
        Refusals = [.. OfThePast, .. ByNameOnly],
    };

    /// <summary>The same for calls beside these that name an asset by a unique attribute.</summary>
    public static Operation Named(Operation byGuid) => byGuid with
    {
        Id = $"{byGuid.Id}ByName",
        Parameters = [UniqueAttribute, .. byGuid.Parameters],
        Refusals = [.. byGuid.Refusals.Remove(ErrorCodes.GuidNotFound), .. ByNameOnly],
    };
}
