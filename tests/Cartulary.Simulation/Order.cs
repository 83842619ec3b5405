namespace Cartulary.Simulation;

/// <summary>What must hold of the order of events in every log.</summary>
internal static class Order
{
    public static void Check(IReadOnlyList<ToldEvent> events)
    {
        events.Select(told => told.Sequence).ShouldBe(Enumerable.Range(1, events.Count).Select(number => (long)number));
        foreach (var asset in events.GroupBy(told => told.Guid))
        {
            var versions = asset.GroupBy(told => told.SaveId).Select(save => save.Select(told => told.Version).Distinct().ShouldHaveSingleItem()).ToList();
            versions.ShouldBe(Enumerable.Range(1, versions.Count).Select(number => (long)number));
        }

        var saves = events.GroupBy(told => told.SaveId).ToList();
        foreach (var save in saves)
        {
            CheckSave([.. save]);
        }
    }

    /// <summary>
    /// Creations, then updates that were asked for, then those that follow from others by guid, then tags and custom metadata,
    /// then archivings.
    /// </summary>
    private static void CheckSave(List<ToldEvent> save)
    {
        (save[^1].Sequence - save[0].Sequence + 1).ShouldBe(save.Count, "the events of a save stand together");
        save.Select(told => (told.Guid, told.Operation)).ShouldBeUnique("one event for an asset, kind and save");
        save.Select(Rank).ShouldBeInOrder(SortDirection.Ascending, $"save {save[0].SaveId}, from sequence {save[0].Sequence}");
        save.Where(told => Rank(told) == 2).Select(told => told.Guid).ShouldBeInOrder();
        foreach (var told in save.Where(told => told.Cause is not null))
        {
            var cause = save.Where(other => other.Sequence == told.Cause!.Value.Sequence).ShouldHaveSingleItem(told.ToString());
            cause.Guid.ShouldBe(told.Cause!.Value.Guid);
        }
    }

    private static int Rank(ToldEvent told) => told.Operation switch
    {
        "ENTITY_CREATE" => 0,
        "ENTITY_DELETE" => 4,
        not "ENTITY_UPDATE" => 3,
        _ => told.Cause is null ? 1 : 2,
    };
}
