namespace Cartulary.Cli.Receiving;

/// <summary>Whether a message is of who knows the secret.</summary>
internal enum Authenticity
{
    /// <summary>No secret is known here, so nobody can tell.</summary>
    Unchecked,

    /// <summary>It is.</summary>
    Genuine,

    /// <summary>It carries neither a signature nor a secret.</summary>
    Unsigned,

    /// <summary>Its signature, or its secret, is another one.</summary>
    Forged,

    /// <summary>It was signed too long ago, or in the future: somebody may be sending an old message again.</summary>
    Stale,
}
