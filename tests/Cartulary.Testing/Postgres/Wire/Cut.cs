namespace Cartulary.Testing.Postgres.Wire;

/// <summary>Where the connection of a save is cut.</summary>
/// <param name="Side">Whose messages are counted.</param>
/// <param name="Message">After which of them, counted from 1.</param>
/// <param name="IsInTheMiddle">Whether only half of that message gets through.</param>
/// <param name="From">The statement at which counting begins; without one it begins with the save.</param>
public sealed record Cut(CutSide Side, int Message, bool IsInTheMiddle = false, string? From = null);
