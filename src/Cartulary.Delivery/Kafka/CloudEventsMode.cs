namespace Cartulary.Delivery.Kafka;

/// <summary>How records are CloudEvents (CloudEvents, "Kafka Protocol Binding").</summary>
public enum CloudEventsMode
{
    /// <summary>They are none.</summary>
    None,

    /// <summary>The value is the envelope, and headers hold the attributes.</summary>
    Binary,

    /// <summary>The value is the whole CloudEvent, with the envelope as its data.</summary>
    Structured,
}
