using System.Globalization;
using System.Text;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Testing;

namespace Cartulary.Architecture.Tests.Reference;

/// <summary>
/// The table of who is told what, for each kind of relationship and all that can become of one: it is what the catalog does, and
/// a change of it is seen in review.
/// </summary>
public sealed class RelatedAssetsReferenceTests
{
    private const string Page = "docs/reference/related-assets.md";
    private const string Begin = "<!-- begin: made by ./dev docs -->";
    private const string End = "<!-- end -->";

    private static readonly Kind[] Kinds =
    [
        new("aggregation, one in many", "Column", "table", "Table", "columns") { IsSingle = true },
        new("composition", "AtlasGlossaryTerm", "anchor", "AtlasGlossary", "terms") { IsSingle = true, IsOwned = true },
        new("one to one", "Readme", "asset", "Table", "readme") { IsSingle = true },
        new("association, many to many", "Column", "meanings", "AtlasGlossaryTerm", "assignedEntities") { HasAttributes = true },
        new("symmetric", "Readme", "seeAlso", "Readme", "seeAlso"),
        new("lineage", "Process", "inputs", "Table", "inputToProcesses") { HasOutput = true },
    ];

    private static readonly (string Name, Func<Pair, Task> Given, Func<Pair, Task> When)[] Operations =
    [
        ("A is created and names B", pair => pair.HaveAsync("B"), pair => pair.CreateAsync("A", ("A", "B"))),
        ("B is created and names A", pair => pair.HaveAsync("A"), pair => pair.CreateAsync("B", ("B", "A"))),
        ("A and B are created together", _ => Task.CompletedTask, pair => pair.CreateTogetherAsync()),
        ("A is saved and names B", pair => pair.HaveAsync("A", "B"), pair => pair.SaveAsync("A", "B")),
        ("B is saved and names A", pair => pair.HaveAsync("A", "B"), pair => pair.SaveAsync("B", "A")),
        ("the same is said again", pair => pair.HaveLinkedAsync(), pair => pair.SaveAsync("A", "B")),
        ("the relationship's own attributes change", pair => pair.HaveLinkedAsync(), pair => pair.DescribeAsync()),
        ("A names C instead of B", pair => pair.HaveLinkedAsync("C"), pair => pair.SaveAsync("A", "C")),
        ("C is saved and names A, which has B", pair => pair.HaveLinkedAsync("C"), pair => pair.SaveAsync("C", "A")),
        ("A names nobody any more", pair => pair.HaveLinkedAsync(), pair => pair.SaveAsync("A")),
        ("B names nobody any more", pair => pair.HaveLinkedAsync(), pair => pair.SaveAsync("B")),
        ("A is archived", pair => pair.HaveLinkedAsync(), pair => pair.DeleteAsync(DeletionKind.Archive, "A")),
        ("B is archived", pair => pair.HaveLinkedAsync(), pair => pair.DeleteAsync(DeletionKind.Archive, "B")),
        ("A and B are archived together", pair => pair.HaveLinkedAsync(), pair => pair.DeleteAsync(DeletionKind.Archive, "B", "A")),
        ("A names B, which is archived", pair => pair.HaveArchivedAsync(), pair => pair.SaveAsync("A", "B")),
        ("A is restored", pair => pair.HaveLinkedAndAsync(DeletionKind.Archive, "A"), pair => pair.RestoreAsync("A")),
        ("B is restored", pair => pair.HaveLinkedAndAsync(DeletionKind.Archive, "B"), pair => pair.RestoreAsync("B")),
        ("A is purged", pair => pair.HaveLinkedAsync(), pair => pair.DeleteAsync(DeletionKind.Purge, "A")),
        ("B is purged", pair => pair.HaveLinkedAsync(), pair => pair.DeleteAsync(DeletionKind.Purge, "B")),
        ("A and B are purged together", pair => pair.HaveLinkedAsync(), pair => pair.DeleteAsync(DeletionKind.Purge, "B", "A")),
        ("A is purged after it was archived", pair => pair.HaveLinkedAndAsync(DeletionKind.Archive, "A"), pair => pair.DeleteAsync(DeletionKind.Purge, "A")),
        ("B is purged after it was archived", pair => pair.HaveLinkedAndAsync(DeletionKind.Archive, "B"), pair => pair.DeleteAsync(DeletionKind.Purge, "B")),
    ];

    [Fact]
    [Trait("Writes", "docs")]
    public async Task The_table_says_who_is_told_what()
    {
        var kept = GeneratedFile.Read(Page);
        var begin = kept.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = kept.IndexOf(End, StringComparison.Ordinal);

        GeneratedFile.Match(Page, $"{kept[..begin]}\n{await TableAsync()}{kept[end..]}");
    }

    private static async Task<string> TableAsync()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var table = new StringBuilder();
        table.Append(CultureInfo.InvariantCulture, $"| | {string.Join(" | ", Kinds.Select(kind => $"{kind.Name}: A `{kind.TypeA}.{kind.EndA}`, B `{kind.TypeB}.{kind.EndB}`"))} |\n");
        table.Append(CultureInfo.InvariantCulture, $"|---|{string.Concat(Enumerable.Repeat("---|", Kinds.Length))}\n");
        var number = 0;
        foreach (var (name, given, when) in Operations)
        {
            var cells = new List<string>();
            foreach (var kind in Kinds)
            {
                var pair = new Pair(catalog, kind, string.Create(CultureInfo.InvariantCulture, $"n{number++}"));
                await pair.PrepareAsync();
                await given(pair);
                cells.Add(await pair.WatchAsync(when));
            }

            table.Append(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", cells)} |\n");
        }

        return table.ToString();
    }

    /// <summary>A kind of relationship: the types and ends of both sides.</summary>
    private sealed record Kind(string Name, string TypeA, string EndA, string TypeB, string EndB)
    {
        /// <summary>Whether A has one partner.</summary>
        public bool IsSingle { get; init; }

        /// <summary>Whether A cannot be without B.</summary>
        public bool IsOwned { get; init; }

        public bool HasAttributes { get; init; }

        /// <summary>Whether A has another partner, O, so that it makes lineage with B.</summary>
        public bool HasOutput { get; init; }
    }

    /// <summary>Two assets that may be related, and others beside them.</summary>
    private sealed class Pair(TestCatalog catalog, Kind kind, string prefix)
    {
        private readonly Dictionary<string, Guid> _guids = [];

        public async Task HaveAsync(params string[] names)
        {
            foreach (var name in names)
            {
                await CreateAsync(name);
            }
        }

        public async Task HaveLinkedAsync(params string[] others)
        {
            await HaveAsync([.. others, "B"]);
            await CreateAsync("A", ("A", "B"));
        }

        public async Task HaveLinkedAndAsync(DeletionKind deletion, string name)
        {
            await HaveLinkedAsync();
            await DeleteAsync(deletion, name);
        }

        public async Task HaveArchivedAsync()
        {
            await HaveAsync("A", "B");
            await DeleteAsync(DeletionKind.Archive, "B");
        }

        public async Task CreateAsync(string name, (string From, string To)? link = null)
        {
            var keep = kind.IsOwned && name == "A" && link is null ? await OwnerAsync() : null;
            var ends = link is { } said ? [End(said.From, said.To)] : keep is null ? Array.Empty<string>() : [keep];
            await SendAsync(Entity(name, "-1", ends), name);
        }

        public async Task CreateTogetherAsync()
        {
            var reference = $"\"{kind.EndA}\":{Many("{\"guid\":\"-2\"}")}";
            var outcome = await catalog.SaveAsync($"{{\"entities\":[{Entity("A", "-1", [reference])},{Entity("B", "-2", [])}]}}");
            Note(outcome, ("-1", "A"), ("-2", "B"));
        }

        public Task SaveAsync(string name, params string[] partners) => SendAsync(Entity(name, _guids[name].ToString(), [End(name, partners)]), name);

        public Task DescribeAsync() => kind.HasAttributes
            ? SendAsync(Entity("A", _guids["A"].ToString(), [$"\"{kind.EndA}\":[{{\"guid\":\"{_guids["B"]}\",\"relationshipAttributes\":{{\"typeName\":\"AtlasGlossarySemanticAssignment\",\"attributes\":{{\"confidence\":7}}}}}}]"]), "A")
            : Task.CompletedTask;

        public async Task DeleteAsync(DeletionKind deletion, params string[] names) =>
            (await catalog.TryAsync(SaveRequest.Delete([.. names.Select(name => new AssetSelector.ByGuid(_guids[name]))], deletion))).ShouldBeOfType<SaveOutcome.Committed>();

        public async Task RestoreAsync(string name) =>
            (await catalog.TryAsync(SaveRequest.Restore([new AssetSelector.ByGuid(_guids[name])]))).ShouldBeOfType<SaveOutcome.Committed>();

        /// <summary>Who is told what of something, by the letters of the assets.</summary>
        public async Task<string> WatchAsync(Func<Pair, Task> when)
        {
            var mark = catalog.Head;
            try
            {
                await when(this);
            }
            catch (RefusedException refused)
            {
                return $"refused, {refused.Message}";
            }

            var letters = _guids.ToDictionary(pair => pair.Value, pair => pair.Key);
            var told = (await catalog.EventsAsync(mark)).ConvertAll(message =>
            {
                var entity = message.GetProperty("entity");
                var verb = message.GetProperty("operationType").GetString() switch
                {
                    "ENTITY_CREATE" => "create",
                    "ENTITY_DELETE" => "delete",
                    _ => "update",
                };
                return $"{letters[entity.GetProperty("guid").GetGuid()]} {verb}";
            });
            return told.Count == 0 ? "nobody" : string.Join(", ", told.Order(StringComparer.Ordinal));
        }

        private async Task<string> OwnerAsync()
        {
            await CreateAsync("C");
            return $"\"{kind.EndA}\":{{\"guid\":\"{_guids["C"]}\"}}";
        }

        /// <summary>Makes what the pair needs beside it.</summary>
        public async Task PrepareAsync()
        {
            if (kind.HasOutput)
            {
                await CreateAsync("O");
            }

            if (kind.TypeB == "AtlasGlossaryTerm")
            {
                await SendAsync($"{{\"typeName\":\"AtlasGlossary\",\"guid\":\"-1\",\"attributes\":{{\"name\":\"{prefix}G\",\"qualifiedName\":\"-\"}}}}", "G");
            }
        }

        private string End(string name, params string[] partners)
        {
            var (end, isMany) = name == "A" ? (kind.EndA, !kind.IsSingle) : (kind.EndB, kind.EndB != "readme");
            var references = partners.Select(partner => $"{{\"guid\":\"{_guids[partner]}\"}}");
            return $"\"{end}\":{(isMany ? $"[{string.Join(',', references)}]" : references.FirstOrDefault() ?? "null")}";
        }

        private string Many(string reference) => kind.IsSingle ? reference : $"[{reference}]";

        private string Entity(string name, string guid, IReadOnlyList<string> ends)
        {
            var type = name switch
            {
                "A" => kind.TypeA,
                "O" => "Table",
                _ => kind.TypeB,
            };
            var said = ends.ToList();
            if (type == "AtlasGlossaryTerm" && kind.TypeB == type)
            {
                said.Add($"\"anchor\":{{\"guid\":\"{_guids["G"]}\"}}");
            }

            if (kind.HasOutput && name == "A" && _guids.TryGetValue("O", out var output))
            {
                said.Add($"\"outputs\":[{{\"guid\":\"{output}\"}}]");
            }

            return $"{{\"typeName\":\"{type}\",\"guid\":\"{guid}\",\"attributes\":{{\"name\":\"{prefix}{name}\",\"qualifiedName\":\"{prefix}{name}\"}},\"relationshipAttributes\":{{{string.Join(',', said)}}}}}";
        }

        private async Task SendAsync(string entity, string name)
        {
            var outcome = await catalog.TrySaveAsync($"{{\"entities\":[{entity}]}}");
            if (outcome is SaveOutcome.Rejected rejected)
            {
                throw new RefusedException(rejected.Problems[0].Code.Code);
            }

            Note(outcome, ("-1", name));
        }

        private void Note(SaveOutcome outcome, params (string Guid, string Name)[] names)
        {
            if (outcome is SaveOutcome.Committed committed)
            {
                foreach (var (guid, name) in names)
                {
                    foreach (var assigned in committed.Summary.GuidAssignments.Where(pair => pair.Key == guid))
                    {
                        _guids[name] = assigned.Value;
                    }
                }
            }
        }
    }

    private sealed class RefusedException(string code) : Exception(code);
}
