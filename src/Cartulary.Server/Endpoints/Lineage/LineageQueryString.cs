using System.Globalization;
using Cartulary.Core.Errors;
using Cartulary.Core.Lineage;
using Cartulary.Core.Query;
using Cartulary.Server.Endpoints.Assets;
using Cartulary.Server.Http;

namespace Cartulary.Server.Endpoints.Lineage;

/// <summary>Reads what the query of a request about lineage says; what is wrong goes to the query's problems.</summary>
internal sealed class LineageQueryString(QueryReader query)
{
    /// <summary>A whole number from -1 on; the default when it is absent.</summary>
    public int Number(string name, int @default, int max)
    {
        if (query.Text(name) is not { } text)
        {
            return @default;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= -1 && number <= max)
        {
            return number;
        }

        query.Refuse(ErrorCodes.BadRequest, name, $"{name} must be a whole number from -1 to {max}, not {text}");
        return @default;
    }

    /// <summary>The direction; both when it is absent.</summary>
    public LineageDirection Direction()
    {
        if (query.Text("direction") is not { } text)
        {
            return LineageDirection.Both;
        }

        if (LineageWords.Direction(text) is { } direction)
        {
            return direction;
        }

        query.Refuse(ErrorCodes.BadRequest, "direction", $"direction must be INPUT, OUTPUT or BOTH, not {text}");
        return LineageDirection.Both;
    }

    /// <summary>A switch.</summary>
    public bool Flag(string name) => query.Flag(name);

    /// <summary>The moment that is asked for.</summary>
    public (Moment Moment, string Parameter) Moment() => PastQuery.ReadForMany(query);
}
