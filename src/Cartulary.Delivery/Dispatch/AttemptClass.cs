namespace Cartulary.Delivery.Dispatch;

/// <summary>What an attempt came to.</summary>
public enum AttemptClass
{
    /// <summary>The receiver answered 2xx in time.</summary>
    Delivered,

    /// <summary>The receiver answered with another status.</summary>
    Status,

    /// <summary>The receiver's name could not be resolved.</summary>
    Dns,

    /// <summary>The receiver's address may not be called.</summary>
    Blocked,

    /// <summary>No connection came about.</summary>
    Connect,

    /// <summary>No TLS session came about, or its certificate was refused.</summary>
    Tls,

    /// <summary>The receiver did not answer in time.</summary>
    Timeout,

    /// <summary>The connection broke before the status came.</summary>
    Aborted,
}
