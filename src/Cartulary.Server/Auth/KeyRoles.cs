namespace Cartulary.Server.Auth;

/// <summary>The roles as they are stored.</summary>
internal static class KeyRoles
{
    /// <summary>The stored text of <see cref="KeyRole.Administrator"/>.</summary>
    public const string Administrator = "administrator";

    /// <summary>The stored text of <see cref="KeyRole.ReadOnly"/>.</summary>
    public const string ReadOnly = "read-only";

    /// <summary>The role of a stored text; one that this version does not know may only read.</summary>
    public static KeyRole Of(string text) => text == Administrator ? KeyRole.Administrator : KeyRole.ReadOnly;
}
