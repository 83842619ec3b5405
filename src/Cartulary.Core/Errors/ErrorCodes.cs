using System.Collections.Immutable;

namespace Cartulary.Core.Errors;

/// <summary>
/// Every code that this catalog answers with, in one place. Codes that begin with ATLAS are those of Apache Atlas and of
/// Atlan's metastore for the same mistake; codes that begin with CARTULARY are our own.
/// </summary>
public static class ErrorCodes
{
    /// <summary>A typedef name in a path is unknown.</summary>
    public static readonly ErrorCode UnknownTypedef = new("ATLAS-404-00-001", 404, "Unknown type definition");

    /// <summary>No definition has that guid.</summary>
    public static readonly ErrorCode UnknownTypedefGuid = new("ATLAS-404-00-002", 404, "Unknown type guid");

    /// <summary>A definition would be its own supertype.</summary>
    public static readonly ErrorCode CircularSupertypes = new("ATLAS-400-00-002", 400, "Circular supertypes");

    /// <summary>A supertype is a definition of another category.</summary>
    public static readonly ErrorCode UnfitSupertype = new("ATLAS-400-00-003", 400, "Unfit supertype");

    /// <summary>A definition names a type that does not exist.</summary>
    public static readonly ErrorCode UnknownTypeName = new("ATLAS-400-00-00A", 400, "Unknown type name");

    /// <summary>A definition that exists would get a mandatory attribute, which what exists does not have.</summary>
    public static readonly ErrorCode MandatoryAttributeAdded = new("ATLAS-400-00-00C", 400, "Mandatory attribute added");

    /// <summary>A definition would lose an attribute.</summary>
    public static readonly ErrorCode AttributeRemoved = new("ATLAS-400-00-00D", 400, "Attribute removed");

    /// <summary>A definition would lose a supertype.</summary>
    public static readonly ErrorCode SupertypeRemoved = new("ATLAS-400-00-00E", 400, "Supertype removed");

    /// <summary>A definition of another category has that name.</summary>
    public static readonly ErrorCode CategoryDiffers = new("ATLAS-400-00-010", 400, "Category differs");

    /// <summary>A definition contradicts itself or another one.</summary>
    public static readonly ErrorCode InvalidTypedef = new("ATLAS-400-00-011", 400, "Invalid type definition");

    /// <summary>An attribute that is no array has the cardinality LIST or SET.</summary>
    public static readonly ErrorCode CardinalityNeedsArray = new("ATLAS-400-00-012", 400, "Cardinality needs an array");

    /// <summary>A definition says another category than the list that it stands in.</summary>
    public static readonly ErrorCode InvalidCategory = new("ATLAS-400-00-015", 400, "Invalid category");

    /// <summary>The name of a definition holds characters that are not allowed.</summary>
    public static readonly ErrorCode InvalidTypeName = new("ATLAS-400-00-019", 400, "Invalid type name");

    /// <summary>A built-in definition would be removed, or changed by more than an addition.</summary>
    public static readonly ErrorCode BuiltInType = new("ATLAS-400-00-024", 400, "Built-in type");

    /// <summary>A definition, an attribute or an end has no name.</summary>
    public static readonly ErrorCode EmptyName = new("ATLAS-400-00-02B", 400, "Empty name");

    /// <summary>A relationship definition has not two ends.</summary>
    public static readonly ErrorCode MissingEnd = new("ATLAS-400-00-02C", 400, "Missing end");

    /// <summary>Both ends of a relationship definition are containers.</summary>
    public static readonly ErrorCode TwoContainers = new("ATLAS-400-00-02D", 400, "Two containers");

    /// <summary>An attribute of a relationship definition is neither primitive nor an enum.</summary>
    public static readonly ErrorCode EdgeAttributeType = new("ATLAS-400-00-02F", 400, "Unfit edge attribute");

    /// <summary>An end of an ASSOCIATION is a container.</summary>
    public static readonly ErrorCode AssociationWithContainer = new("ATLAS-400-00-030", 400, "Association with a container");

    /// <summary>No end of a COMPOSITION is a container.</summary>
    public static readonly ErrorCode CompositionWithoutContainer = new("ATLAS-400-00-031", 400, "Composition without a container");

    /// <summary>No end of an AGGREGATION is a container.</summary>
    public static readonly ErrorCode AggregationWithoutContainer = new("ATLAS-400-00-032", 400, "Aggregation without a container");

    /// <summary>A part of a COMPOSITION could have several owners.</summary>
    public static readonly ErrorCode SeveralOwners = new("ATLAS-400-00-033", 400, "Several owners");

    /// <summary>An end of a relationship definition has the cardinality LIST.</summary>
    public static readonly ErrorCode ListEnd = new("ATLAS-400-00-034", 400, "List end");

    /// <summary>An end of a relationship definition is of a type that is no asset type.</summary>
    public static readonly ErrorCode InvalidEndType = new("ATLAS-400-00-035", 400, "Invalid end type");

    /// <summary>A relationship definition would get another first end.</summary>
    public static readonly ErrorCode FirstEndChanged = new("ATLAS-400-00-037", 400, "First end changed");

    /// <summary>A relationship definition would get another second end.</summary>
    public static readonly ErrorCode SecondEndChanged = new("ATLAS-400-00-038", 400, "Second end changed");

    /// <summary>A relationship definition would get another category.</summary>
    public static readonly ErrorCode RelationshipCategoryChanged = new("ATLAS-400-00-039", 400, "Relationship category changed");

    /// <summary>A tag would no longer be for an asset type.</summary>
    public static readonly ErrorCode EntityTypeRemoved = new("ATLAS-400-00-051", 400, "Asset type of a tag removed");

    /// <summary>A tag is for a type that is no asset type.</summary>
    public static readonly ErrorCode InvalidEntityTypes = new("ATLAS-400-00-052", 400, "Invalid asset types of a tag");

    /// <summary>A tag is for asset types that its supertypes are not for.</summary>
    public static readonly ErrorCode EntityTypesBeyondParents = new("ATLAS-400-00-054", 400, "Asset types beyond those of the supertypes");

    /// <summary>An attribute is of the type of a tag or of custom metadata.</summary>
    public static readonly ErrorCode AttributeOfTagType = new("ATLAS-400-00-081", 400, "Attribute of a tag type");

    /// <summary>A set of custom metadata has two attributes of one name.</summary>
    public static readonly ErrorCode DuplicateBusinessAttribute = new("ATLAS-400-00-092", 400, "Duplicate custom metadata attribute");

    /// <summary>An attribute of custom metadata would no longer apply to an asset type.</summary>
    public static readonly ErrorCode ApplicableTypeRemoved = new("ATLAS-400-00-093", 400, "Applicable asset type removed");

    /// <summary>An attribute of custom metadata is neither primitive, nor an enum, nor an array of those.</summary>
    public static readonly ErrorCode BusinessAttributeType = new("ATLAS-400-00-094", 400, "Unfit custom metadata attribute");

    /// <summary>A definition declares an attribute that a supertype has.</summary>
    public static readonly ErrorCode AttributeInSupertype = new("ATLAS-400-00-09D", 400, "Attribute of a supertype");

    /// <summary>A definition of that name exists.</summary>
    public static readonly ErrorCode TypeExists = new("ATLAS-409-00-001", 409, "Type exists");

    /// <summary>A definition is still used, by another one or by what is stored.</summary>
    public static readonly ErrorCode TypeInUse = new("ATLAS-409-00-002", 409, "Type in use");

    /// <summary>The two assets are joined by a relationship of that type already.</summary>
    public static readonly ErrorCode RelationshipExists = new("ATLAS-409-00-004", 409, "Relationship exists");

    /// <summary>An asset type stands at the end of a relationship definition.</summary>
    public static readonly ErrorCode TypeHasRelationships = new("ATLAS-409-00-005", 409, "Type has relationships");

    /// <summary>A tag or set of custom metadata with that display name exists.</summary>
    public static readonly ErrorCode DisplayNameTaken = new("ATLAS-409-00-012", 409, "Display name taken");

    /// <summary>Two attributes of a set of custom metadata have one display name.</summary>
    public static readonly ErrorCode AttributeDisplayNameTaken = new("ATLAS-409-00-013", 409, "Display name of an attribute taken");

    /// <summary>A tag is attached to an asset.</summary>
    public static readonly ErrorCode TagInUse = new("ATLAS-400-00-0016", 409, "Tag in use");

    /// <summary>An asset names a type that does not exist.</summary>
    public static readonly ErrorCode UnknownType = new("ATLAS-400-00-014", 400, "Unknown type");

    /// <summary>An attribute given to find an asset does not identify assets of the type.</summary>
    public static readonly ErrorCode NotUniqueAttribute = new("ATLAS-400-00-013", 400, "Not a unique attribute of the type");

    /// <summary>Parameters are missing or contradict each other.</summary>
    public static readonly ErrorCode InvalidParameters = new("ATLAS-400-00-01A", 400, "Invalid parameters");

    /// <summary>A search asks for a query, field or option that there is not.</summary>
    public static readonly ErrorCode UnsupportedQuery = new("ATLAS-400-00-503", 400, "Unsupported query");

    /// <summary>A search of the audit would look at, or give, more than the limits let.</summary>
    public static readonly ErrorCode AuditTooWide = new("CARTULARY-400-00-001", 400, "Audit search too wide");

    /// <summary>A reference or guid has not the form of one.</summary>
    public static readonly ErrorCode InvalidObjectId = new("ATLAS-400-00-021", 400, "Invalid object id");

    /// <summary>Assets of the type have no custom metadata of that name.</summary>
    public static readonly ErrorCode MetadataNotApplicable = new("ATLAS-400-00-095", 400, "Custom metadata does not apply");

    /// <summary>The custom metadata has no attribute of that name for assets of the type.</summary>
    public static readonly ErrorCode MetadataAttributeNotFound = new("ATLAS-400-00-096", 400, "Custom metadata attribute not found");

    /// <summary>A type has no attribute of that name.</summary>
    public static readonly ErrorCode AttributeNotFound = new("ATLAS-400-00-023", 400, "Attribute not found");

    /// <summary>An attribute cannot be changed by itself, but only with the whole asset.</summary>
    public static readonly ErrorCode AttributeUpdateNotSupported = new("ATLAS-400-00-027", 400, "Attribute update not supported");

    /// <summary>A value is outside the documented limits.</summary>
    public static readonly ErrorCode InvalidValue = new("ATLAS-400-00-028", 400, "Invalid value");

    /// <summary>The request cannot be understood or asks for what is not offered.</summary>
    public static readonly ErrorCode BadRequest = new("ATLAS-400-00-029", 400, "Bad request");

    /// <summary>A glossary or term name is empty or holds a character that is not allowed.</summary>
    public static readonly ErrorCode InvalidName = new("ATLAS-400-00-083", 400, "Invalid name");

    /// <summary>Assets of the type may not have the tag.</summary>
    public static readonly ErrorCode TagNotAllowed = new("ATLAS-400-00-055", 400, "Tag not allowed for the type");

    /// <summary>A tag that is passed on to an asset is changed where it comes from.</summary>
    public static readonly ErrorCode PassedOnTagUpdate = new("ATLAS-400-00-06B", 400, "Propagated tag cannot be updated");

    /// <summary>A tag that is passed on to an asset is removed where it comes from.</summary>
    public static readonly ErrorCode PassedOnTagRemoval = new("ATLAS-400-00-06C", 400, "Propagated tag cannot be removed");

    /// <summary>The asset has not the tag.</summary>
    public static readonly ErrorCode TagNotAttached = new("ATLAS-400-00-06D", 400, "Tag not attached");

    /// <summary>A call about tags names none, or one without a type.</summary>
    public static readonly ErrorCode InvalidTagRequest = new("ATLAS-400-00-06F", 400, "Invalid tag request");

    /// <summary>The restrictions of a tag leave it no way to be passed on.</summary>
    public static readonly ErrorCode InvalidPropagation = new("ATLAS-400-00-091", 400, "Invalid propagation");

    /// <summary>The key of a custom attribute is too long.</summary>
    public static readonly ErrorCode CustomAttributeKeyLength = new("ATLAS-400-00-08C", 400, "Custom attribute key too long");

    /// <summary>The key of a custom attribute holds characters that are not allowed.</summary>
    public static readonly ErrorCode CustomAttributeKeyCharacters = new("ATLAS-400-00-08D", 400, "Invalid custom attribute key");

    /// <summary>The value of a custom attribute is too long.</summary>
    public static readonly ErrorCode CustomAttributeValueLength = new("ATLAS-400-00-08E", 400, "Custom attribute value too long");

    /// <summary>A label is too long.</summary>
    public static readonly ErrorCode LabelLength = new("ATLAS-400-00-08F", 400, "Label too long");

    /// <summary>A label holds characters that are not allowed.</summary>
    public static readonly ErrorCode LabelCharacters = new("ATLAS-400-00-090", 400, "Invalid label");

    /// <summary>Of the two numbers that say which part of lineage is wanted only one is given.</summary>
    public static readonly ErrorCode LineagePageIncomplete = new("ATLAS-400-00-102", 400, "Incomplete page of lineage");

    /// <summary>A part of lineage is wanted of more than one step.</summary>
    public static readonly ErrorCode LineagePageDepth = new("ATLAS-400-00-103", 400, "Page of lineage with more than one step");

    /// <summary>It is to be counted what comes after a part of lineage, and no part is asked for.</summary>
    public static readonly ErrorCode LineageCountWithoutPage = new("ATLAS-400-00-104", 400, "Count of lineage without a page");

    /// <summary>An asset that somebody has to administer would be left without an administrator.</summary>
    public static readonly ErrorCode NoAdministrator = new("ATLAS-400-00-114", 400, "No administrator");

    /// <summary>Assets of these types do not stand at the ends of a relationship of that type.</summary>
    public static readonly ErrorCode UnfitEnds = new("ATLAS-400-00-036", 400, "Unfit ends");

    /// <summary>The asset at an end of a relationship is not of the type that the request names.</summary>
    public static readonly ErrorCode EndTypeDiffers = new("ATLAS-400-00-045", 400, "Other type at an end");

    /// <summary>A request about a relationship does not say both of its ends.</summary>
    public static readonly ErrorCode EndNotGiven = new("ATLAS-400-00-07D", 400, "End not given");

    /// <summary>A relationship that stands cannot get another end.</summary>
    public static readonly ErrorCode EndChange = new("ATLAS-400-00-069", 404, "Change of an end");

    /// <summary>A relationship that stands cannot get another type.</summary>
    public static readonly ErrorCode RelationshipTypeChange = new("ATLAS-400-00-06A", 404, "Change of the relationship's type");

    /// <summary>No relationship joins the two types on that attribute.</summary>
    public static readonly ErrorCode NoRelationship = new("ATLAS-400-00-043", 400, "No such relationship");

    /// <summary>A relationship attribute was given both as the whole and as an addition or removal.</summary>
    public static readonly ErrorCode RelationshipGivenTwice = new("ATLAS-400-00-108", 400, "Relationship given twice");

    /// <summary>A request holds more assets than allowed.</summary>
    public static readonly ErrorCode TooManyAssets = new("ATLAS-400-00-212", 400, "Too many assets");

    /// <summary>The key is missing or not known.</summary>
    public static readonly ErrorCode NotAuthenticated = new("ATLAS-401-00-001", 401, "Not authenticated");

    /// <summary>The principal may not do this.</summary>
    public static readonly ErrorCode NotAuthorized = new("ATLAS-403-00-001", 403, "Not authorized");

    /// <summary>No asset has that guid.</summary>
    public static readonly ErrorCode GuidNotFound = new("ATLAS-404-00-005", 404, "Asset not found");

    /// <summary>An asset's attributes are missing or have values of another type.</summary>
    public static readonly ErrorCode InvalidAttributes = new("ATLAS-404-00-007", 404, "Invalid attributes");

    /// <summary>No tag has that name.</summary>
    public static readonly ErrorCode TagNotFound = new("ATLAS-404-00-008", 404, "No such tag");

    /// <summary>No asset of the type has that unique attribute.</summary>
    public static readonly ErrorCode NotFoundByAttribute = new("ATLAS-404-00-009", 404, "Asset not found by unique attribute");

    /// <summary>A referenced asset does not exist.</summary>
    public static readonly ErrorCode ReferenceNotFound = new("ATLAS-404-00-00A", 404, "Referenced asset not found");

    /// <summary>No relationship has that guid.</summary>
    public static readonly ErrorCode RelationshipNotFound = new("ATLAS-404-00-00C", 404, "Relationship not found");

    /// <summary>A relationship's attributes are missing or have values of another type.</summary>
    public static readonly ErrorCode InvalidRelationship = new("ATLAS-404-00-00D", 404, "Invalid relationship attributes");

    /// <summary>The relationship with that guid has ended.</summary>
    public static readonly ErrorCode RelationshipEnded = new("ATLAS-404-00-00F", 404, "Relationship has ended");

    /// <summary>Assets of the type have no lineage.</summary>
    public static readonly ErrorCode NoLineageType = new("ATLAS-404-00-011", 404, "Type without lineage");

    /// <summary>No such address.</summary>
    public static readonly ErrorCode UnknownEndpoint = new("CARTULARY-404-00-001", 404, "No such endpoint");

    /// <summary>No key has that id.</summary>
    public static readonly ErrorCode KeyNotFound = new("CARTULARY-404-00-002", 404, "No such key");

    /// <summary>The last administrator's key stays in use.</summary>
    public static readonly ErrorCode LastAdministrator = new("CARTULARY-409-00-002", 409, "Last administrator");

    /// <summary>No job has that id.</summary>
    public static readonly ErrorCode JobNotFound = new("CARTULARY-404-00-004", 404, "No such job");

    /// <summary>The asset has no such version, or did not exist at that time.</summary>
    public static readonly ErrorCode NoSuchVersion = new("CARTULARY-404-00-003", 404, "No such version");

    /// <summary>There is no subscription with this id.</summary>
    public static readonly ErrorCode WebhookNotFound = new("CARTULARY-404-00-005", 404, "No such webhook");

    /// <summary>There are as many subscriptions as are allowed.</summary>
    public static readonly ErrorCode TooManyWebhooks = new("CARTULARY-409-00-005", 409, "Too many webhooks");

    /// <summary>A subscription has two secrets already.</summary>
    public static readonly ErrorCode TwoSecrets = new("CARTULARY-409-00-006", 409, "Two secrets in use");

    /// <summary>The secrets of a subscription cannot be opened with the keys of this server.</summary>
    public static readonly ErrorCode SecretUnreadable = new("CARTULARY-409-00-007", 409, "Secrets cannot be opened");

    /// <summary>A sink is to be resumed that nothing blocks, or something else than the request says.</summary>
    public static readonly ErrorCode SinkNotBlocked = new("CARTULARY-409-00-008", 409, "Sink not blocked");

    /// <summary>An asset of an import is in the catalog already, and otherwise than in the file.</summary>
    public static readonly ErrorCode ImportDiffers = new("CARTULARY-409-00-009", 409, "Import differs");

    /// <summary>An export cannot be gone on with, because the moment that it shows cannot be read as it was any more.</summary>
    public static readonly ErrorCode ExportEnded = new("CARTULARY-409-00-010", 409, "Export cannot go on");

    /// <summary>The address does not take this HTTP method.</summary>
    public static readonly ErrorCode MethodNotAllowed = new("CARTULARY-405-00-001", 405, "Method not allowed");

    /// <summary>The body of a request did not arrive in time.</summary>
    public static readonly ErrorCode RequestTimeout = new("CARTULARY-408-00-001", 408, "Request too slow");

    /// <summary>A glossary of that name exists.</summary>
    public static readonly ErrorCode GlossaryExists = new("ATLAS-409-00-007", 409, "Glossary exists");

    /// <summary>A category of that name exists on the same level of the glossary.</summary>
    public static readonly ErrorCode CategoryExists = new("ATLAS-409-00-00A", 409, "Category exists");

    /// <summary>A term or category cannot move into that glossary.</summary>
    public static readonly ErrorCode AnchorChange = new("ATLAS-400-00-0010", 409, "Glossary change not possible");

    /// <summary>A category cannot stand below one of another glossary.</summary>
    public static readonly ErrorCode ParentFromOtherGlossary = new("ATLAS-400-00-0015", 409, "Category of another glossary");

    /// <summary>The asset's type or state does not allow what is asked.</summary>
    public static readonly ErrorCode OperationNotSupported = new("ATLAS-409-00-015", 409, "Operation not supported");

    /// <summary>A term of that name exists in the glossary.</summary>
    public static readonly ErrorCode TermExists = new("ATLAS-409-00-009", 409, "Term exists");

    /// <summary>An asset cannot be related to itself in this way.</summary>
    public static readonly ErrorCode RelationshipToSelf = new("ATLAS-409-00-014", 409, "Relationship to itself");

    /// <summary>Another asset holds that unique value.</summary>
    public static readonly ErrorCode NameTaken = new("ATLAS-409-00-016", 409, "Name taken");

    /// <summary>The feed's position lies after its head, or belongs to another log.</summary>
    public static readonly ErrorCode PositionAhead = new("CARTULARY-409-00-001", 409, "Position not in this log");

    /// <summary>A job is deleting the asset, or the connection that it would belong to.</summary>
    public static readonly ErrorCode BeingDeleted = new("CARTULARY-409-00-003", 409, "Being deleted");

    /// <summary>The feed's position has been trimmed away.</summary>
    public static readonly ErrorCode PositionTooOld = new("CARTULARY-410-00-001", 410, "Position too old");

    /// <summary>What the asset was then has been trimmed away.</summary>
    public static readonly ErrorCode PastTrimmed = new("CARTULARY-410-00-002", 410, "Past trimmed");

    /// <summary>An asset has not the version that the client expects.</summary>
    public static readonly ErrorCode VersionMismatch = new("CARTULARY-412-00-001", 412, "Version not as expected");

    /// <summary>A search would take more than one may: too many buckets, or a pattern that stands for too much.</summary>
    public static readonly ErrorCode SearchTooLarge = new("CARTULARY-400-00-002", 400, "Search too large");

    /// <summary>A request body is larger than allowed.</summary>
    public static readonly ErrorCode BodyTooLarge = new("CARTULARY-413-00-001", 413, "Body too large");

    /// <summary>A save would change more assets than one transaction may.</summary>
    public static readonly ErrorCode SaveTooLarge = new("CARTULARY-413-00-002", 413, "Save too large");

    /// <summary>The body is not JSON.</summary>
    public static readonly ErrorCode UnsupportedMediaType = new("CARTULARY-415-00-001", 415, "Unsupported media type");

    /// <summary>An idempotency key was used for another request.</summary>
    public static readonly ErrorCode KeyReused = new("CARTULARY-422-00-001", 422, "Idempotency key reused");

    /// <summary>Lineage could not be read in the time that one reading may take.</summary>
    public static readonly ErrorCode LineageTooLong = new("CARTULARY-422-00-003", 422, "Lineage too long");

    /// <summary>More is asked at once than the server takes.</summary>
    public static readonly ErrorCode TooManyRequests = new("CARTULARY-429-00-001", 429, "Too many requests");

    /// <summary>Something failed that is not the client's fault.</summary>
    public static readonly ErrorCode Internal = new("ATLAS-500-00-001", 500, "Internal error");

    /// <summary>The server is stopping or its store is away.</summary>
    public static readonly ErrorCode Unavailable = new("ATLAS-503-00-001", 503, "Unavailable");

    /// <summary>There is no room left where the catalog is kept.</summary>
    public static readonly ErrorCode StorageFull = new("CARTULARY-507-00-001", 507, "Storage full");

    /// <summary>All codes, by code.</summary>
    public static ImmutableArray<ErrorCode> All { get; } =
    [
        .. typeof(ErrorCodes).GetFields()
            .Where(field => field.FieldType == typeof(ErrorCode))
            .Select(field => (ErrorCode)field.GetValue(null)!)
            .OrderBy(code => code.Code, StringComparer.Ordinal),
    ];
}
