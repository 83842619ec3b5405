using Cartulary.Core.Ports;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Resolve;

/// <summary>
/// One member of a relationship attribute as a request writes it. An empty attribute is listed once with
/// <see cref="IsEmpty"/>, so that clearing it is seen.
/// </summary>
internal sealed record ListedReference(
    RequestAsset Owner, EndAttribute End, EdgeMode Mode, string FieldPath, RequestReference Reference, AssetKey? Key, EntityType? KeyType)
{
    private static readonly RequestReference Nothing = new("", null, null, null, null, null, null);

    public bool IsEmpty => ReferenceEquals(Reference, Nothing);

    public static ListedReference Empty(RequestAsset owner, EndAttribute end, EdgeMode mode, string fieldPath) =>
        new(owner, end, mode, fieldPath, Nothing, null, null);
}
