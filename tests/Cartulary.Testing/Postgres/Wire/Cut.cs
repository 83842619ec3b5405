namespace Cartulary.Testing.Postgres.Wire;

/// <summary>Where the connection of a save is cut.</summary>
/// <param name="Side">Whose messages are counted.</param>
/// <param name="Message">After which of them, counted from 1 at the save's BEGIN.</param>
/// <param name="IsInTheMiddle">Whether only half of that message gets through.</param>
public sealed record Cut(CutSide Side, int Message, bool IsInTheMiddle = false);
