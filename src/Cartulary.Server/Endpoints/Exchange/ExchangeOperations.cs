using Cartulary.Core.Errors;
using Cartulary.Server.OpenApi;

namespace Cartulary.Server.Endpoints.Exchange;

/// <summary>What the calls of exports and imports are.</summary>
internal static class ExchangeOperations
{
    private const string Tag = "Exports";

    public static readonly Operation Export = new("exportCatalog", Tag, "The catalog as a file of JSON lines")
    {
        Description = "All of one moment, as it is sent. An answer without the line `end` is broken off; with `moment` and `lines` the rest of it can be read.",
        Parameters =
        [
            Parameter.List("typeName", "Only assets of these types and their subtypes."),
            Parameter.Text("under", "Only assets of this qualified name and those below it."),
            Parameter.Text("moment", "The moment of an export that was broken off, from the header of its answer; `typeName` and `under` as in that one."),
            Parameter.Number("lines", "How many whole lines of that export the reader has: those after them are sent."),
        ],
        Answer = "ExportFile",
        AnswerHeaders = [(ExchangeEndpoints.MomentHeader, "The moment that the export shows, to go on with it.")],
        MediaType = "application/x-ndjson",
        Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.UnknownType, ErrorCodes.ExportEnded, ErrorCodes.TooManyRequests, ErrorCodes.Unavailable],
    };

    public static readonly Operation Import = new("importCatalog", Tag, "Take lines of an export into the catalog")
    {
        Description = "Assets with their guids, exactly as they are in the file; or the guids of assets that were archived together. In one commit, or not at all.",
        Parameters = [Parameter.Flag("dryRun", "Say what would be done, and do nothing.")],
        Body = "ImportRequest",
        Answer = "ImportAnswer",
        Refusals =
        [
            ErrorCodes.InvalidParameters, ErrorCodes.InvalidAttributes, ErrorCodes.AttributeNotFound, ErrorCodes.MetadataAttributeNotFound, ErrorCodes.TagNotFound,
            ErrorCodes.UnknownType, ErrorCodes.UnfitEnds, ErrorCodes.ReferenceNotFound, ErrorCodes.RelationshipExists, ErrorCodes.RelationshipGivenTwice,
            ErrorCodes.GuidNotFound, ErrorCodes.NameTaken, ErrorCodes.GlossaryExists, ErrorCodes.TermExists, ErrorCodes.CategoryExists, ErrorCodes.BeingDeleted,
            ErrorCodes.ImportDiffers, ErrorCodes.TooManyAssets, ErrorCodes.SaveTooLarge,
        ],
    };
}
