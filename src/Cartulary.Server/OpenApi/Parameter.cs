namespace Cartulary.Server.OpenApi;

/// <summary>A parameter of a query, or a header.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The JSON type of its value.</param>
/// <param name="Description">What it does.</param>
internal sealed record Parameter(string Name, string Type, string Description)
{
    /// <summary>Whether it must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether it may be repeated.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether its name is a pattern, so that any number of names fit.</summary>
    public bool IsFree { get; init; }

    /// <summary>Where it stands: query or header.</summary>
    public string Place { get; init; } = "query";

    /// <summary>A switch that is off when it is absent.</summary>
    public static Parameter Flag(string name, string description) => new(name, "boolean", description);

    /// <summary>A text.</summary>
    public static Parameter Text(string name, string description) => new(name, "string", description);

    /// <summary>A whole number.</summary>
    public static Parameter Number(string name, string description) => new(name, "integer", description);

    /// <summary>A header.</summary>
    public static Parameter Header(string name, string description) => new(name, "string", description) { Place = "header" };

    /// <summary>Texts, repeated or with commas between them.</summary>
    public static Parameter List(string name, string description) => new(name, "string", description) { IsList = true };
}
