using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Cartulary.Server.Hosting;

/// <summary>The short cut for unchanged assets; section <c>ShortCut</c> of the configuration.</summary>
internal sealed class ShortCutOptions
{
    private const int BytesPerEntry = 96;
    private const int ShareOfMemory = 32;

    /// <summary>
    /// How many members of requests are remembered to have changed nothing, so that the same bytes need not be compared again;
    /// 0 compares everything always. Each takes 96 bytes once it is used, and together at most a thirty-second part of the
    /// memory that the process may use. The default is 1,000,000.
    /// </summary>
    [Range(0, 100_000_000)]
    public int Entries { get; set; } = 1_000_000;

    /// <summary>The entries that fit into their share of a memory of so many bytes.</summary>
    public int EntriesFor(long memory) => (int)Math.Min(Entries, memory / ShareOfMemory / BytesPerEntry);
}

/// <summary>Checks <see cref="ShortCutOptions"/>; generated from its attributes.</summary>
[OptionsValidator]
internal sealed partial class ShortCutOptionsValidator : IValidateOptions<ShortCutOptions>;
