namespace Cartulary.Core.Ports;

/// <summary>What came of revoking a key.</summary>
public enum KeyRevocation
{
    /// <summary>There is no such key in use.</summary>
    NotInUse,

    /// <summary>The key is the last one in use with the role that must stay, and stays in use.</summary>
    LastOfRole,

    /// <summary>The key is revoked.</summary>
    Revoked,
}
