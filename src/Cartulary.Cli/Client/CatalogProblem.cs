namespace Cartulary.Cli.Client;

/// <summary>One of the things that a server found wrong with a request.</summary>
/// <param name="Code">The code of the mistake.</param>
/// <param name="Path">Where in the request it stands, for example <c>entities[3].attributes.order</c>.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record CatalogProblem(string Code, string Path, string Message);
