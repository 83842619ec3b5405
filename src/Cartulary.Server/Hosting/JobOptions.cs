using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Cartulary.Server.Hosting;

/// <summary>How deletions of connections are carried out; section <c>Jobs</c> of the configuration.</summary>
internal sealed class JobOptions
{
    /// <summary>
    /// Assets that one commit deletes, where all together are more than <c>Limits:ChangedAssetsPerSave</c> allows; otherwise one commit
    /// deletes all. Saves wait for the end of a commit. The default is 5,000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int StepAssets { get; set; } = 5_000;
}

/// <summary>Checks <see cref="JobOptions"/>; generated from its attributes.</summary>
[OptionsValidator]
internal sealed partial class JobOptionsValidator : IValidateOptions<JobOptions>;
