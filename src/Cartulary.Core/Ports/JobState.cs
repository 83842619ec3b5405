namespace Cartulary.Core.Ports;

/// <summary>How far a job has come.</summary>
public enum JobState
{
    /// <summary>It goes on, on one server or another, until it is done.</summary>
    Running = 1,

    /// <summary>Everything is deleted.</summary>
    Done = 2,

    /// <summary>It has ended before everything was deleted, and says why.</summary>
    Failed = 3,
}
