using Cartulary.Core.Types;

namespace Cartulary.Core.Save;

/// <summary>The types whose qualified names the server makes: what a payload says of them finds an asset but never names one.</summary>
internal static class ServerNames
{
    public const string Glossary = "AtlasGlossary";
    public const string Term = "AtlasGlossaryTerm";

    public static bool AreMadeFor(EntityType type) => type.Is(Glossary) || type.Is(Term);
}
