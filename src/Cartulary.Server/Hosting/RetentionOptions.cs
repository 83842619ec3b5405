using System.ComponentModel.DataAnnotations;
using Cartulary.Core.Events;
using Microsoft.Extensions.Options;

namespace Cartulary.Server.Hosting;

/// <summary>How much of the past is kept; section <c>Retention</c> of the configuration. Without it, all of it.</summary>
internal sealed class RetentionOptions
{
    /// <summary>Events, versions and ended relationships older than so many days are removed; 0 keeps them for ever. The default is 0.</summary>
    [Range(0, 36_500)]
    public int Days { get; set; }

    /// <summary>Events before the last so many are removed, with the versions and ended relationships of that time; 0 keeps all. The default is 0.</summary>
    [Range(0, 9_007_199_254_740_991)]
    public long Events { get; set; }

    /// <summary>Seconds from one look for what can be removed to the next. The default is 60.</summary>
    [Range(1, 86_400)]
    public int IntervalSeconds { get; set; } = 60;

    /// <summary>Rows that are removed in one step; saves wait for the end of a step, and steps leave them most of the time. The default is 1,000.</summary>
    [Range(1, 1_000_000)]
    public int StepRows { get; set; } = 1_000;

    /// <summary>What is kept.</summary>
    public LogRetention ForLog() => new(Days == 0 ? null : TimeSpan.FromDays(Days), Events == 0 ? null : Events);
}

/// <summary>Checks <see cref="RetentionOptions"/>; generated from its attributes.</summary>
[OptionsValidator]
internal sealed partial class RetentionOptionsValidator : IValidateOptions<RetentionOptions>;
