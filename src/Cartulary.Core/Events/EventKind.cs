namespace Cartulary.Core.Events;

/// <summary>What an event tells of its asset. The numbers are stored and never used for anything else.</summary>
public enum EventKind : byte
{
    /// <summary>It was created.</summary>
    EntityCreate = 1,

    /// <summary>Its attributes, labels, custom attributes, status or edges changed.</summary>
    EntityUpdate = 2,

    /// <summary>It was archived or purged.</summary>
    EntityDelete = 3,

    /// <summary>It has tags that it did not have.</summary>
    ClassificationAdd = 4,

    /// <summary>Tags that it keeps say something else.</summary>
    ClassificationUpdate = 5,

    /// <summary>It has lost tags.</summary>
    ClassificationDelete = 6,

    /// <summary>Its custom metadata changed.</summary>
    BusinessAttributeUpdate = 7,
}
