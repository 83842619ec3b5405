using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Cartulary.Server.Hosting;

/// <summary>How secrets are kept; section <c>Secrets</c> of the configuration.</summary>
internal sealed class SecretOptions
{
    /// <summary>
    /// The file of the keys that secrets of webhooks are encrypted with: a line for each key, a number and 32 bytes in base64, the last one in use. It must be
    /// the same on all servers of a catalog. The default, an empty text, is <c>keys/secrets.key</c> in the data folder, made at the first start.
    /// </summary>
    [StringLength(4_096)]
    public string KeyFile { get; set; } = "";
}

/// <summary>Checks <see cref="SecretOptions"/>; generated from its attributes.</summary>
[OptionsValidator]
internal sealed partial class SecretOptionsValidator : IValidateOptions<SecretOptions>;
