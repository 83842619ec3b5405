namespace Cartulary.Delivery.Guard;

/// <summary>An address may not be called. Says the same whatever the reason, so that nobody learns what stands inside the network.</summary>
public sealed class BlockedAddressException : IOException
{
    /// <summary>Says so.</summary>
    public BlockedAddressException()
        : base("the address may not be called")
    {
    }

    /// <summary>Says so in other words.</summary>
    public BlockedAddressException(string message)
        : base(message)
    {
    }

    /// <summary>Says so in other words, with a cause.</summary>
    public BlockedAddressException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
