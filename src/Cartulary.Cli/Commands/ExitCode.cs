namespace Cartulary.Cli.Commands;

/// <summary>How a command ends; <c>--help</c> lists these.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The question was answered, and the answer is no.</summary>
    public const int No = 1;

    /// <summary>The command line was not understood.</summary>
    public const int Usage = 2;

    /// <summary>Nothing was done.</summary>
    public const int Failed = 3;

    /// <summary>The key is missing or may not do this.</summary>
    public const int Denied = 4;

    /// <summary>Done in part.</summary>
    public const int Partial = 5;
}
