using System.Globalization;

namespace Cartulary.Scenarios.ManyServers;

/// <summary>
/// How often each fault is made: once or a few times, so that all tests stay quick, or as often as <c>CARTULARY_FAULT_ROUNDS</c> says.
/// The long run also makes freezes as long as they are in the field, and cuts connections at every message.
/// </summary>
internal static class Rounds
{
    private const int Once = 1;

    private static readonly int? Given =
        int.TryParse(Environment.GetEnvironmentVariable("CARTULARY_FAULT_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : null;

    /// <summary>How many rounds.</summary>
    public static int Count { get; } = Of(Once);

    /// <summary>Whether time does not matter.</summary>
    public static bool IsLong => Count > Once;

    /// <summary>How many rounds of a fault of which there are more in a quick run, or fewer.</summary>
    public static int Of(int quick) => Given ?? quick;

    /// <summary>How long a server stays frozen: longer than the database bears with one that holds the head.</summary>
    public static TimeSpan Frozen => TimeSpan.FromSeconds(IsLong ? 30 : 8);
}
