using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Derive;

/// <summary>
/// Turns the command <c>starred</c> into what it means for the actor (Atlan, "Star assets"): who has starred the asset, how many
/// have, and since when. Starring what one has starred, and taking back a star that one has not given, change nothing.
/// </summary>
internal static class Starring
{
    public static void Apply(StateDraft draft, bool? starred, string actor)
    {
        var type = draft.Asset.Type;
        if (starred is not { } wanted || type.Attribute("starredBy") is not { } by)
        {
            return;
        }

        var known = TextsIn(draft.Get(by));
        if (known.Contains(actor, StringComparer.Ordinal) == wanted)
        {
            return;
        }

        string[] users = wanted ? [.. known, actor] : [.. known.Where(user => user != actor)];
        draft.Set(by, Texts(users));
        if (type.Attribute("starredCount") is { } count)
        {
            draft.Set(count, Number(users.Length));
        }

        if (type.Attribute("starredDetailsList") is { Type: ArrayType { Element: StructType details } } list)
        {
            SetDetails(draft, list, details, wanted ? actor : null, users);
        }
    }

    /// <summary>The new star comes last, and its time last in it, where the commit finds it.</summary>
    private static void SetDetails(StateDraft draft, AssetAttribute list, StructType details, string? newcomer, string[] users)
    {
        if (details.Attribute("assetStarredBy") is not { } who || details.Attribute("assetStarredAt") is not { } when || who.Id > when.Id)
        {
            return;
        }

        var kept = StructsIn(draft.Get(list)).Where(star => users.Contains(UserOf(star, who), StringComparer.Ordinal) && UserOf(star, who) != newcomer).ToList();
        if (newcomer is null)
        {
            draft.Set(list, Array(kept));
            return;
        }

        var writer = new CanonicalWriter();
        writer.WriteStructStart(details.Id, 2);
        writer.WriteNumber((ulong)who.Id);
        writer.WriteString(newcomer);
        writer.WriteNumber((ulong)when.Id);
        writer.WriteDate(0);
        draft.Stamp(list, Array([.. kept, writer.ToValue()])!.Value);
    }

    private static string? UserOf(CanonicalValue star, AssetAttribute who)
    {
        var reader = new CanonicalReader(star.Span);
        reader.ReadByte();
        reader.ReadNumber();
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            var id = reader.ReadCount();
            var value = new CanonicalValue(reader.ReadValue().ToArray());
            if (id == who.Id)
            {
                return value.AsText();
            }
        }

        return null;
    }

    private static List<string> TextsIn(CanonicalValue? array) => [.. StructsIn(array).Select(value => value.AsText()!)];

    private static List<CanonicalValue> StructsIn(CanonicalValue? array)
    {
        var values = new List<CanonicalValue>();
        if (array is { } present)
        {
            var reader = new CanonicalReader(present.Span);
            reader.ReadByte();
            for (var count = reader.ReadCount(); count > 0; count--)
            {
                values.Add(new CanonicalValue(reader.ReadValue().ToArray()));
            }
        }

        return values;
    }

    /// <summary>Texts as the set they are: in the order of their bytes.</summary>
    private static CanonicalValue? Texts(IEnumerable<string> texts) => Array([.. texts.Select(CanonicalValue.FromText).Order()]);

    private static CanonicalValue? Array(IReadOnlyCollection<CanonicalValue> values)
    {
        if (values.Count == 0)
        {
            return null;
        }

        var writer = new CanonicalWriter();
        writer.WriteArrayStart(values.Count);
        foreach (var value in values)
        {
            writer.WriteValue(value);
        }

        return writer.ToValue();
    }

    private static CanonicalValue Number(int number)
    {
        var writer = new CanonicalWriter();
        writer.WriteInteger(number);
        return writer.ToValue();
    }
}
