namespace Cartulary.Server.Auth;

/// <summary>What the holder of a key may do; each role may do what those before it may.</summary>
internal enum KeyRole
{
    /// <summary>Read.</summary>
    ReadOnly,

    /// <summary>Save and archive assets.</summary>
    Editor,

    /// <summary>Everything, keys included.</summary>
    Administrator,
}
