using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Cartulary.Core.Ports;
using Cartulary.Server.Auth;

namespace Cartulary.Server.Endpoints.Service;

/// <summary>Who acts here, as Atlan's clients see users: the name of one or more keys.</summary>
/// <param name="Name">The name.</param>
/// <param name="Role">The strongest role of the keys with that name.</param>
/// <param name="Created">When the oldest of them was made, epoch milliseconds.</param>
internal sealed record ServiceUser(string Name, KeyRole Role, long Created)
{
    /// <summary>Its id, the same on every server and for every key of the name.</summary>
    public Guid Id => NamedGuid.Of("user", Name);

    /// <summary>The names of all keys in use, in order.</summary>
    public static ImmutableArray<ServiceUser> In(IEnumerable<ApiKey> keys) =>
    [
        .. keys.Where(key => key.Revoked is null)
            .GroupBy(key => key.Name, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new ServiceUser(group.Key, group.Max(key => KeyRoles.Of(key.Role)), group.Min(key => key.Created))),
    ];

    /// <summary>It as a record of an answer. Mail addresses are not known here, except where the name is one.</summary>
    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["username"] = Name,
        ["email"] = Name.Contains('@', StringComparison.Ordinal) ? Name : "",
        ["firstName"] = Name,
        ["lastName"] = "",
        ["enabled"] = true,
        ["emailVerified"] = false,
        ["createdTimestamp"] = Created,
        ["workspaceRole"] = ServiceRole.Of(Role).Name,
        ["groupCount"] = 0,
    };
}
