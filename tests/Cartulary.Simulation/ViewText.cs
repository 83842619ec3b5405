using System.Globalization;
using System.Text;
using Cartulary.Core.Assets;
using Cartulary.Core.Query;

namespace Cartulary.Simulation;

/// <summary>All that a read shows of an asset, as text, so that two reads can be compared.</summary>
internal static class ViewText
{
    public static string Of(AssetView view)
    {
        var text = new StringBuilder(Of(view.Asset));
        foreach (var end in view.Ends)
        {
            foreach (var edge in end.Edges)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n  {end.End.Name} {edge.Guid} {edge.Edge.IsLive} {Convert.ToHexString(edge.Edge.Attributes.Encoded.Span)} {Of(edge.Other)}");
            }
        }

        return text.AppendJoin(' ', view.LeftOut).ToString();
    }

    private static string Of(StoredAsset asset) => string.Create(
        CultureInfo.InvariantCulture,
        $"{asset.Guid} {asset.TypeId} {asset.Status} v{asset.Version} {asset.Created} {asset.Updated} {Convert.ToHexString(asset.State.Encoded.Span)}");
}
