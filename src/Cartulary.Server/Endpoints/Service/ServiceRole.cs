using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Cartulary.Server.Auth;

namespace Cartulary.Server.Endpoints.Service;

/// <summary>A role under the name that Atlan's clients know.</summary>
/// <param name="Name">The name, for example <c>$admin</c>.</param>
/// <param name="Description">What it stands for.</param>
internal sealed record ServiceRole(string Name, string Description)
{
    private static readonly ServiceRole Admin = new("$admin", "May do everything: keys with the role administrator");
    private static readonly ServiceRole Member = new("$member", "May read and save assets: keys with the role editor");
    private static readonly ServiceRole Guest = new("$guest", "May read: keys with the role read-only");

    /// <summary>All roles.</summary>
    public static ImmutableArray<ServiceRole> All { get; } =
        [Admin, Member, Guest, new("$api-token-default-access", "Known to clients; no key has it by itself")];

    /// <summary>Its id, the same on every server.</summary>
    public Guid Id => NamedGuid.Of("role", Name);

    /// <summary>The role that stands for the role of a key.</summary>
    public static ServiceRole Of(KeyRole role) => role switch
    {
        KeyRole.Administrator => Admin,
        KeyRole.Editor => Member,
        _ => Guest,
    };

    /// <summary>It as a record of an answer.</summary>
    public JsonObject ToJson() => new() { ["id"] = Id, ["name"] = Name, ["description"] = Description };
}
