using Cartulary.Core.Query;
using Cartulary.Server.Endpoints.Assets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Glossaries;

/// <summary>Apache Atlas's glossary API: the same assets as everywhere, in its form.</summary>
internal static class GlossaryEndpoints
{
    /// <summary>Maps them under a prefix.</summary>
    public static void MapGlossaries(this IEndpointRouteBuilder endpoints, AssetSaving saving, AssetReader reader)
    {
        var group = endpoints.MapGroup("/glossary");
        var reads = new GlossaryReads(reader);
        group.MapGlossaryWrites(new GlossaryWrites(saving, reader));
        reads.Map(group);
    }
}
