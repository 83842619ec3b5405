using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Cartulary.Load.Figures;

/// <summary>The figures of one run of the bench, printed as they come.</summary>
internal sealed class FigureList(Machine machine, TextWriter output)
{
    private const int NameWidth = 58;
    private readonly List<Figure> _figures = [];
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Starts a group of figures.</summary>
    public void Group(string title, string bound = "")
    {
        if (_figures.Count == 0)
        {
            output.WriteLine(machine);
        }

        output.WriteLine();
        output.WriteLine($"{title,-NameWidth} {"measured",14} {"",-9} {(bound.Length == 0 ? "" : "bound"),10} {(bound.Length == 0 ? "" : "ratio"),6}  aim");
        if (bound.Length > 0)
        {
            output.WriteLine($"  bound: {bound}");
        }
    }

    /// <summary>Adds a figure and prints it.</summary>
    public void Add(Figure figure)
    {
        _figures.Add(figure);
        output.WriteLine($"  {figure.Name,-(NameWidth - 2)} {Text(figure.Value),14} {figure.Unit,-9} {Text(figure.Bound),10} {figure.Ratio,6:F2}  {figure.Aim}".TrimEnd());
    }

    /// <summary>Says how long it took.</summary>
    public void Finish()
    {
        output.WriteLine();
        output.WriteLine($"Done in {Stopwatch.GetElapsedTime(_start).TotalSeconds:F0} s. Figures are the best of their runs; ratios are to bounds of this same run.");
    }

    /// <summary>Writes the figures for programs.</summary>
    public async Task WriteJsonAsync(FileInfo file, CancellationToken cancellationToken)
    {
        await using var stream = file.Create();
        await JsonSerializer.SerializeAsync(stream, new { machine, figures = _figures }, JsonSerializerOptions.Web, cancellationToken);
    }

    private static string Text(double? value) => value is { } number
        ? number.ToString(Math.Abs(number) < 100 ? "N2" : "N0", CultureInfo.InvariantCulture)
        : "";
}
