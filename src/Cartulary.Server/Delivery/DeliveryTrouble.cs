namespace Cartulary.Server.Delivery;

/// <summary>Why a server cannot deliver, through no fault of receivers or brokers.</summary>
internal abstract record DeliveryTrouble
{
    private DeliveryTrouble()
    {
    }

    /// <summary>What is delivered cannot be stored.</summary>
    /// <param name="Failure">What showed it.</param>
    public sealed record NotWritable(Exception Failure) : DeliveryTrouble;

    /// <summary>The server cannot say that it is there, so that others take over what it delivers.</summary>
    public sealed record NoLease : DeliveryTrouble;
}
