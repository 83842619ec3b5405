using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Cartulary.Server.Hosting;

/// <summary>How API keys are remembered; section <c>Auth</c> of the configuration.</summary>
internal sealed class AuthOptions
{
    /// <summary>An unknown key makes the server look at the stored ones again, at most once in so many seconds. The default is 2.</summary>
    [Range(0, 3_600)]
    public int RefreshSeconds { get; set; } = 2;

    /// <summary>Known keys are looked at again after so many seconds, so that a revoked one ends everywhere. The default is 60.</summary>
    [Range(1, 3_600)]
    public int RememberSeconds { get; set; } = 60;
}

/// <summary>Checks <see cref="AuthOptions"/>; generated from its attributes.</summary>
[OptionsValidator]
internal sealed partial class AuthOptionsValidator : IValidateOptions<AuthOptions>;
