using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Save.Read;

namespace Cartulary.Core.Save.Import;

/// <summary>Lines of an export to be taken in: assets, or the guids of assets that were archived together.</summary>
/// <param name="Assets">The assets, as the file has them.</param>
/// <param name="Archived">The guids of assets to archive in one commit; empty when there are assets.</param>
public sealed record ImportRequest(ImmutableArray<JsonElement> Assets, ImmutableArray<Guid> Archived)
{
    /// <summary>Reads <c>{"assets":[…]}</c> or <c>{"archived":[…]}</c>; null with what is wrong.</summary>
    public static ImportRequest? Read(JsonElement body, SaveLimits limits, ProblemList problems)
    {
        if (body.EnumerateObject().ToList() is not [{ Value.ValueKind: JsonValueKind.Array } one] || one.Name is not ("assets" or "archived"))
        {
            problems.Add(new Problem(ErrorCodes.InvalidParameters, "", "invalid parameters: the body must have a list of assets, or one of archived ones, and nothing else"));
            return null;
        }

        // What one commit has archived has to be archived by one again.
        var most = one.Name == "assets" ? limits.AssetsPerRequest : limits.ChangedAssetsPerSave;
        if (one.Value.GetArrayLength() > most)
        {
            problems.Add(new Problem(ErrorCodes.TooManyAssets, one.Name, $"{one.Value.GetArrayLength()} assets are given; at most {most} are taken"));
            return null;
        }

        if (one.Name == "assets")
        {
            return new ImportRequest([.. one.Value.EnumerateArray()], []);
        }

        var guids = ImmutableArray.CreateBuilder<Guid>();
        foreach (var (item, place) in one.Value.EnumerateArray().Select((item, place) => (item, place)))
        {
            if (item.ValueKind == JsonValueKind.String && RequestGuid.TryParseReal(item.GetString(), out var guid))
            {
                guids.Add(guid);
            }
            else
            {
                problems.Add(new Problem(ErrorCodes.InvalidParameters, $"archived[{place}]", "invalid parameters: archived assets are given by guid"));
            }
        }

        return new ImportRequest([], guids.DrainToImmutable());
    }
}
