using System.Globalization;
using System.Text;
using Cartulary.Load.Driving;
using Cartulary.Load.Figures;
using Cartulary.Load.Workload;

namespace Cartulary.Load.Measuring;

/// <summary>Whether one more column costs more in a wide table, and one more member in a large term.</summary>
internal sealed class HotParents(Effort effort, FigureList figures, Target server)
{
    private const int Samples = 40;
    private int _nextColumn = 50_000_000;

    /// <summary>Measures.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        figures.Group("One more member, by how many there are already (p50)");
        foreach (var members in effort.Members)
        {
            await MeasureTableAsync(members, cancellationToken);
        }

        foreach (var members in effort.Members)
        {
            await MeasureTermAsync(members, cancellationToken);
        }
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private async Task MeasureTableAsync(int members, CancellationToken cancellationToken)
    {
        var table = $"WIDE_{members}";
        await ClosedLoop.OnceAsync(server, 1, [Bulk.Of([Warehouse.Table(table)])], cancellationToken);
        await ClosedLoop.OnceAsync(server, 1, [.. Columns(table, members).Chunk(100).Select(Bulk.Of)], cancellationToken);
        var added = Alone(Columns(table, Samples));
        var add = await effort.LowestAsync(() =>
        {
            added = Alone(Columns(table, Samples));
            return MedianAsync(added, cancellationToken);
        });
        figures.Add(new Figure($"create a column, table of {Number(members)}", add, "us") { Aim = "flat" });
        var again = await effort.LowestAsync(() => MedianAsync(added, cancellationToken));
        figures.Add(new Figure($"save that column again unchanged, table of {Number(members)}", again, "us") { Aim = "flat" });
        var whole = Enumerable.Repeat(Bulk.Of([Warehouse.Table(table)]), Samples).ToArray();
        var resave = await effort.LowestAsync(() => MedianAsync(whole, cancellationToken));
        figures.Add(new Figure($"save the table again unchanged, table of {Number(members)}", resave, "us") { Aim = "flat" });
    }

    private async Task MeasureTermAsync(int members, CancellationToken cancellationToken)
    {
        var term = await CreateTermAsync(members, cancellationToken);
        var table = $"MEMBERS_{members}";
        await ClosedLoop.OnceAsync(server, 1, [Bulk.Of([Warehouse.Table(table)])], cancellationToken);
        await ClosedLoop.OnceAsync(server, 1, [.. Columns(table, members, Warehouse.Meaning(term)).Chunk(100).Select(Bulk.Of)], cancellationToken);
        var link = await effort.LowestAsync(async () =>
        {
            var first = _nextColumn;
            await ClosedLoop.OnceAsync(server, 1, [Bulk.Of([.. Columns(table, Samples)])], cancellationToken);
            _nextColumn = first;
            return await MedianAsync(Alone(Columns(table, Samples, Warehouse.Meaning(term))), cancellationToken);
        });
        figures.Add(new Figure($"link an asset to a term of {Number(members)}", link, "us") { Aim = "flat" });
    }

    private async Task<string> CreateTermAsync(int members, CancellationToken cancellationToken)
    {
        var body = $$$"""
            {"entities":[
            {"typeName":"AtlasGlossary","guid":"-1","attributes":{"name":"Words {{{members}}}","qualifiedName":"-1"}},
            {"typeName":"AtlasGlossaryTerm","guid":"-2","attributes":{"name":"Amount","qualifiedName":"-2","anchor":{"typeName":"AtlasGlossary","guid":"-1"}} }]}
            """;
        var answer = await server.AskAsync(Encoding.UTF8.GetBytes(body), cancellationToken);
        return answer.GetProperty("guidAssignments").GetProperty("-2").GetString()!;
    }

    private List<string> Columns(string table, int count, string more = "")
    {
        var columns = Enumerable.Range(_nextColumn, count).Select(number => Warehouse.Column(number, table, more)).ToList();
        _nextColumn += count;
        return columns;
    }

    private static Bulk[] Alone(IEnumerable<string> entities) => [.. entities.Select(entity => Bulk.Of([entity]))];

    private async Task<double> MedianAsync(Bulk[] bulks, CancellationToken cancellationToken) =>
        (await ClosedLoop.OnceAsync(server, 1, bulks, cancellationToken)).Latencies.Microseconds(0.5);
}
