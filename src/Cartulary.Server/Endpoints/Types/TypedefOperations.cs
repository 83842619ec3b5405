using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Server.OpenApi;

namespace Cartulary.Server.Endpoints.Types;

/// <summary>What the calls of type definitions are.</summary>
internal static class TypedefOperations
{
    private const string Tag = "Types";
    private static readonly Parameter Category = Parameter.List("type", "Only these categories, such as entity.");

    private static readonly Parameter SharedDisplayNames = Parameter.Flag("allowDuplicateDisplayName", "Tags and custom metadata may have display names that others have.");

    private static readonly ImmutableArray<ErrorCode> Definition =
    [
        ErrorCodes.InvalidParameters, ErrorCodes.InvalidValue, ErrorCodes.InvalidCategory, ErrorCodes.InvalidTypeName, ErrorCodes.EmptyName, ErrorCodes.UnknownTypeName,
        ErrorCodes.CircularSupertypes, ErrorCodes.UnfitSupertype, ErrorCodes.InvalidTypedef, ErrorCodes.CardinalityNeedsArray, ErrorCodes.AttributeInSupertype, ErrorCodes.AttributeOfTagType,
        ErrorCodes.MissingEnd, ErrorCodes.TwoContainers, ErrorCodes.EdgeAttributeType, ErrorCodes.AssociationWithContainer, ErrorCodes.CompositionWithoutContainer,
        ErrorCodes.AggregationWithoutContainer, ErrorCodes.SeveralOwners, ErrorCodes.ListEnd, ErrorCodes.InvalidEndType, ErrorCodes.InvalidEntityTypes,
        ErrorCodes.EntityTypesBeyondParents, ErrorCodes.DuplicateBusinessAttribute, ErrorCodes.BusinessAttributeType,
    ];

    private static readonly ImmutableArray<ErrorCode> Removal =
        [ErrorCodes.UnknownTypedef, ErrorCodes.BuiltInType, ErrorCodes.TypeInUse, ErrorCodes.TypeHasRelationships, ErrorCodes.TagInUse];

    public static readonly Operation GetAll = new("getTypedefs", Tag, "All type definitions")
    {
        Parameters = [Category],
        Answer = "Typedefs",
        Refusals = [ErrorCodes.InvalidParameters],
    };

    public static readonly Operation GetHeaders = new("getTypedefHeaders", Tag, "The names of all type definitions")
    {
        Parameters = [Category],
        Answer = "TypedefHeaders",
        Refusals = [ErrorCodes.InvalidParameters],
    };

    public static readonly Operation Create = new("createTypedefs", Tag, "Make type definitions")
    {
        Description = "All or none. Under /api/meta the server makes up the names of tags and of custom metadata.",
        Parameters = [SharedDisplayNames],
        Body = "TypedefsToSave",
        Answer = "Typedefs",
        Refusals = [.. Definition, ErrorCodes.TypeExists, ErrorCodes.DisplayNameTaken, ErrorCodes.AttributeDisplayNameTaken],
    };

    public static readonly Operation Update = new("updateTypedefs", Tag, "Change type definitions")
    {
        Description = "All or none, each given whole. Definitions that are what they were are not changed.",
        Parameters = [Parameter.Flag("patch", "Attributes may be mandatory that assets lack; they need them on their next full save."), SharedDisplayNames],
        Body = "TypedefsToSave",
        Answer = "Typedefs",
        Refusals =
        [
            .. Definition, ErrorCodes.UnknownTypedef, ErrorCodes.CategoryDiffers, ErrorCodes.MandatoryAttributeAdded, ErrorCodes.AttributeRemoved, ErrorCodes.SupertypeRemoved,
            ErrorCodes.AttributeUpdateNotSupported, ErrorCodes.FirstEndChanged, ErrorCodes.SecondEndChanged, ErrorCodes.RelationshipCategoryChanged,
            ErrorCodes.EntityTypeRemoved, ErrorCodes.ApplicableTypeRemoved, ErrorCodes.BuiltInType, ErrorCodes.TypeExists, ErrorCodes.TypeInUse, ErrorCodes.DisplayNameTaken,
            ErrorCodes.AttributeDisplayNameTaken,
        ],
    };

    public static readonly Operation Remove = new("removeTypedef", Tag, "Remove a type definition")
    {
        Description = "One that nothing refers to and of which nothing is stored.",
        Answer = "",
        Refusals = Removal,
    };

    public static readonly Operation RemoveMany = new("removeTypedefs", Tag, "Remove type definitions")
    {
        Description = "All or none. Of each definition only the name counts.",
        Body = "TypedefsToSave",
        Answer = "",
        Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.InvalidCategory, ErrorCodes.MissingEnd, .. Removal],
    };

    public static Operation ByName(string kind) => One(kind, "Name", "by its name", ErrorCodes.UnknownTypedef);

    public static Operation ByGuid(string kind) => One(kind, "Guid", "by its guid", ErrorCodes.UnknownTypedefGuid);

    private static Operation One(string kind, string by, string how, ErrorCode unknown) =>
        new($"get{char.ToUpperInvariant(kind[0])}{kind[1..]}By{by}", Tag, $"{(kind[0] == 'e' ? "An" : "A")} {kind} {how}") { Answer = "Typedef", Refusals = [unknown] };
}
