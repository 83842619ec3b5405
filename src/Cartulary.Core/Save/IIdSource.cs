namespace Cartulary.Core.Save;

/// <summary>Makes the ids that a save needs; passed in, so that the rest is a function of its inputs.</summary>
public interface IIdSource
{
    /// <summary>A new guid, ordered by time (RFC 9562, version 7).</summary>
    Guid NewGuid();

    /// <summary>A new random name of 21 letters and digits, for qualified names that the server makes.</summary>
    string NewName();
}
