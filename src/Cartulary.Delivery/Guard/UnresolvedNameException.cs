namespace Cartulary.Delivery.Guard;

/// <summary>The name of a receiver could not be resolved.</summary>
public sealed class UnresolvedNameException : IOException
{
    /// <summary>Says so.</summary>
    public UnresolvedNameException()
        : base("the name could not be resolved")
    {
    }

    /// <summary>Says so in other words.</summary>
    public UnresolvedNameException(string message)
        : base(message)
    {
    }

    /// <summary>Says so, with a cause.</summary>
    public UnresolvedNameException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
