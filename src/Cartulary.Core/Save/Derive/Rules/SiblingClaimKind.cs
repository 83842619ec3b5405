using Cartulary.Core.Errors;

namespace Cartulary.Core.Save.Derive.Rules;

/// <summary>What an asset can hold alone among its siblings, and how a second one is refused.</summary>
/// <param name="Attribute">The attribute that holds it.</param>
/// <param name="Taken">The code of the refusal.</param>
/// <param name="Message">The message of the refusal, for a value.</param>
internal sealed record SiblingClaimKind(string Attribute, ErrorCode Taken, Func<string, string> Message);
