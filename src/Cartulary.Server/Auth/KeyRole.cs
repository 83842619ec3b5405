namespace Cartulary.Server.Auth;

/// <summary>What the holder of a key may do.</summary>
internal enum KeyRole
{
    /// <summary>Read.</summary>
    ReadOnly,

    /// <summary>Read and write everything.</summary>
    Administrator,
}
