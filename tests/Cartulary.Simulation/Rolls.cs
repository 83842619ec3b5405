namespace Cartulary.Simulation;

/// <summary>How failing cases are shown: the seed is enough to run one again, so the rolls themselves are left out.</summary>
internal static class Rolls
{
    public static string Print(uint[] rolls) => $"{rolls.Length} rolls";
}
