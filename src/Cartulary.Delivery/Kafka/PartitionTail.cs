namespace Cartulary.Delivery.Kafka;

/// <summary>
/// The last of our records in a partition. Records of a partition are written in order and without gaps, so it proves that all events before it
/// that belong there are there. The default is that of a partition without any.
/// </summary>
/// <param name="Sequence">The highest sequence.</param>
/// <param name="Part">The highest part of that event.</param>
/// <param name="Parts">How many parts it has.</param>
public readonly record struct PartitionTail(long Sequence, int Part, int Parts)
{
    /// <summary>All events of the partition up to this sequence are there, whole.</summary>
    public long Proven => Part >= Parts - 1 ? Sequence : Sequence - 1;

    /// <summary>The tail when one more record is found; repeats of older ones do not count.</summary>
    public PartitionTail With(RecordMarks record) =>
        (record.Sequence, record.Part).CompareTo((Sequence, Part)) > 0 || Parts == 0 ? new PartitionTail(record.Sequence, record.Part, record.Parts) : this;
}
