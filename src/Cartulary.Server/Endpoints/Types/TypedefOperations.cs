using Cartulary.Core.Errors;
using Cartulary.Server.OpenApi;

namespace Cartulary.Server.Endpoints.Types;

/// <summary>What the calls of type definitions are.</summary>
internal static class TypedefOperations
{
    private const string Tag = "Types";
    private static readonly Parameter Category = Parameter.List("type", "Only these categories, such as entity.");

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

    public static Operation ByName(string kind) => One(kind, "Name", "by its name");

    public static Operation ByGuid(string kind) => One(kind, "Guid", "by its guid");

    private static Operation One(string kind, string by, string how) =>
        new($"get{char.ToUpperInvariant(kind[0])}{kind[1..]}By{by}", Tag, $"{(kind[0] == 'e' ? "An" : "A")} {kind} {how}") { Answer = "Typedef", Refusals = [ErrorCodes.UnknownTypedef] };
}
