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

    /// <summary>An asset names a type that does not exist.</summary>
    public static readonly ErrorCode UnknownType = new("ATLAS-400-00-014", 400, "Unknown type");

    /// <summary>An attribute given to find an asset does not identify assets of the type.</summary>
    public static readonly ErrorCode NotUniqueAttribute = new("ATLAS-400-00-013", 400, "Not a unique attribute of the type");

    /// <summary>Parameters are missing or contradict each other.</summary>
    public static readonly ErrorCode InvalidParameters = new("ATLAS-400-00-01A", 400, "Invalid parameters");

    /// <summary>A reference or guid has not the form of one.</summary>
    public static readonly ErrorCode InvalidObjectId = new("ATLAS-400-00-021", 400, "Invalid object id");

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

    /// <summary>An asset that somebody has to administer would be left without an administrator.</summary>
    public static readonly ErrorCode NoAdministrator = new("ATLAS-400-00-114", 400, "No administrator");

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

    /// <summary>No asset of the type has that unique attribute.</summary>
    public static readonly ErrorCode NotFoundByAttribute = new("ATLAS-404-00-009", 404, "Asset not found by unique attribute");

    /// <summary>A referenced asset does not exist.</summary>
    public static readonly ErrorCode ReferenceNotFound = new("ATLAS-404-00-00A", 404, "Referenced asset not found");

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

    /// <summary>A request body is larger than allowed.</summary>
    public static readonly ErrorCode BodyTooLarge = new("CARTULARY-413-00-001", 413, "Body too large");

    /// <summary>A save would change more assets than one transaction may.</summary>
    public static readonly ErrorCode SaveTooLarge = new("CARTULARY-413-00-002", 413, "Save too large");

    /// <summary>The body is not JSON.</summary>
    public static readonly ErrorCode UnsupportedMediaType = new("CARTULARY-415-00-001", 415, "Unsupported media type");

    /// <summary>An idempotency key was used for another request.</summary>
    public static readonly ErrorCode KeyReused = new("CARTULARY-422-00-001", 422, "Idempotency key reused");

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
