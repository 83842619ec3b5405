namespace Cartulary.Core.Types;

/// <summary>A set of type definitions does not fit together, for example a supertype is missing.</summary>
public sealed class InvalidTypeException : Exception
{
    /// <summary>Creates the exception with what is wrong.</summary>
    public InvalidTypeException(string message)
        : base(message)
    {
    }
}
