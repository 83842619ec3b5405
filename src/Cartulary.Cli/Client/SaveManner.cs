namespace Cartulary.Cli.Client;

/// <summary>How a request is saved.</summary>
internal enum SaveManner
{
    /// <summary>It is saved.</summary>
    Plain,

    /// <summary>It is saved, and the answer says for each asset what changed.</summary>
    WithReceipts,

    /// <summary>Nothing is saved; the answer says for each asset what would change.</summary>
    Trial,
}
