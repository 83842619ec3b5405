using System.Collections.Immutable;

namespace Cartulary.Server.Auth;

/// <summary>The roles as they are stored and written in the API.</summary>
internal static class KeyRoles
{
    /// <summary>The text of <see cref="KeyRole.Administrator"/>.</summary>
    public const string Administrator = "administrator";

    /// <summary>The text of <see cref="KeyRole.Editor"/>.</summary>
    public const string Editor = "editor";

    /// <summary>The text of <see cref="KeyRole.ReadOnly"/>.</summary>
    public const string ReadOnly = "read-only";

    /// <summary>All texts, the strongest role first.</summary>
    public static ImmutableArray<string> All { get; } = [Administrator, Editor, ReadOnly];

    /// <summary>The role of a stored text; one that this version does not know may only read.</summary>
    public static KeyRole Of(string text) => text switch
    {
        Administrator => KeyRole.Administrator,
        Editor => KeyRole.Editor,
        _ => KeyRole.ReadOnly,
    };
}
