using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Server.Endpoints.Assets;
using Cartulary.Server.OpenApi;

namespace Cartulary.Server.Endpoints.Relationships;

/// <summary>What the calls of relationships are.</summary>
internal static class RelationshipOperations
{
    private const string Tag = "Relationships";

    private static readonly ImmutableArray<ErrorCode> Finding = [ErrorCodes.RelationshipNotFound, ErrorCodes.RelationshipEnded];

    private static readonly ImmutableArray<ErrorCode> Writing =
    [
        ErrorCodes.BadRequest, ErrorCodes.InvalidParameters, ErrorCodes.SaveTooLarge, ErrorCodes.KeyReused, ErrorCodes.OperationNotSupported,
        ErrorCodes.BeingDeleted, ErrorCodes.InvalidAttributes,
    ];

    private static readonly ImmutableArray<ErrorCode> Saying =
    [
        ErrorCodes.InvalidObjectId, ErrorCodes.UnknownType, ErrorCodes.NotUniqueAttribute, ErrorCodes.InvalidValue, ErrorCodes.EndTypeDiffers,
        ErrorCodes.ReferenceNotFound, ErrorCodes.InvalidRelationship,
    ];

    public static readonly Operation Get = new("getRelationship", Tag, "A relationship by its guid")
    {
        Description = "One whose end is archived has the status DELETED.",
        Parameters = [Parameter.Flag("extendedInfo", "Adds the assets at both ends in short.")],
        Answer = "RelationshipWithAssets",
        Refusals = [ErrorCodes.InvalidParameters, .. Finding],
    };

    public static readonly Operation Create = new("createRelationship", Tag, "Join two assets")
    {
        Description = "Both ends are told, as by the save of an asset that says the same. One that stands already is refused. With receipts or dryRun the answer is that of a save.",
        Parameters = AssetOperations.MannerOfMany,
        Body = "RelationshipToSave",
        Answer = "RelationshipSaved",
        Refusals =
        [
            .. Writing, .. Saying, ErrorCodes.EndNotGiven, ErrorCodes.UnfitEnds, ErrorCodes.RelationshipEnded, ErrorCodes.RelationshipExists,
            ErrorCodes.RelationshipToSelf, ErrorCodes.AnchorChange, ErrorCodes.ParentFromOtherGlossary, ErrorCodes.TermExists, ErrorCodes.CategoryExists,
            ErrorCodes.NameTaken,
        ],
    };

    public static readonly Operation Change = new("updateRelationship", Tag, "Change what a relationship says of itself")
    {
        Description = "What is not said stays, null clears. Type and ends may be said again and cannot be others. With receipts or dryRun the answer is that of a save.",
        Parameters = AssetOperations.MannerOfMany,
        Body = "RelationshipToSave",
        Answer = "RelationshipSaved",
        Refusals = [.. Writing, .. Saying, .. Finding, ErrorCodes.EndChange, ErrorCodes.RelationshipTypeChange],
    };

    public static readonly Operation Remove = new("removeRelationship", Tag, "End a relationship")
    {
        Description = "Both ends are told. A part cannot leave its owner for none.",
        Parameters = AssetOperations.MannerOfMany,
        Answer = "",
        AskedAnswer = "SaveAnswer",
        Refusals = [.. Writing, .. Finding],
    };
}
