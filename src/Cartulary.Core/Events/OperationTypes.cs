namespace Cartulary.Core.Events;

/// <summary>The names of event kinds on the wire (Atlan, "Events", operationType).</summary>
public static class OperationTypes
{
    /// <summary>All names.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<EventKind>().Select(Of)];

    /// <summary>The name of a kind.</summary>
    public static string Of(EventKind kind) => kind switch
    {
        EventKind.EntityCreate => "ENTITY_CREATE",
        EventKind.EntityUpdate => "ENTITY_UPDATE",
        EventKind.EntityDelete => "ENTITY_DELETE",
        EventKind.ClassificationAdd => "CLASSIFICATION_ADD",
        EventKind.ClassificationUpdate => "CLASSIFICATION_UPDATE",
        EventKind.ClassificationDelete => "CLASSIFICATION_DELETE",
        EventKind.BusinessAttributeUpdate => "BUSINESS_ATTRIBUTE_UPDATE",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of event."),
    };
}
