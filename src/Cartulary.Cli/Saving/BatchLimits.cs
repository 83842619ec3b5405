namespace Cartulary.Cli.Saving;

/// <summary>How large one request may become. A single larger asset still goes, alone.</summary>
/// <param name="Assets">Most assets.</param>
/// <param name="Bytes">Most bytes of JSON.</param>
internal sealed record BatchLimits(int Assets = 500, int Bytes = 8 << 20);
