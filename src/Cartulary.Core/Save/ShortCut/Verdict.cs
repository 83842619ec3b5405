using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Save.ShortCut;

/// <summary>
/// "This member changed nothing of this asset as of this commit", and the marks of the names that led to the assets it speaks
/// of. It holds while neither the asset nor one of the names is touched. The default instance is no verdict.
/// </summary>
internal readonly struct Verdict
{
    /// <summary>So many names one member may go by: its own and those of what it refers to. One that has more always takes the long way.</summary>
    public const int NamesMax = 4;

    private readonly NameMarks _names;

    public Verdict(Guid asset, long asOf, ReadOnlySpan<ulong> names)
    {
        Asset = asset;
        AsOf = asOf;
        names.CopyTo(_names);
    }

    public Guid Asset { get; }

    /// <summary>The commit whose state it was found on.</summary>
    public long AsOf { get; }

    /// <summary>The marks of names; a zero stands for none.</summary>
    [UnscopedRef]
    public ReadOnlySpan<ulong> Names => _names;

    public bool IsNone => Asset == Guid.Empty;

    /// <summary>Adds the marks of everything it rests on.</summary>
    public void AddMarks(HashSet<ulong> marks)
    {
        marks.Add(ConflictMarks.Touch(Asset));
        foreach (var name in Names)
        {
            if (name != 0)
            {
                marks.Add(name);
            }
        }
    }

    [InlineArray(NamesMax)]
    private struct NameMarks
    {
        private ulong _first;
    }
}
