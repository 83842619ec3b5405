using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Cartulary.Server.Hosting;

/// <summary>Where the server listens and keeps its data; the top level of the configuration.</summary>
internal sealed class ServerOptions
{
    /// <summary>The addresses to listen on, separated by semicolons. The default is http://127.0.0.1:21000: this machine only.</summary>
    [Required]
    public string Urls { get; set; } = "http://127.0.0.1:21000";

    /// <summary>The folder of the catalog; made when missing. The default is cartulary-data in the working directory.</summary>
    [Required]
    public string Data { get; set; } = "cartulary-data";
}

/// <summary>Checks <see cref="ServerOptions"/>; generated from its attributes.</summary>
[OptionsValidator]
internal sealed partial class ServerOptionsValidator : IValidateOptions<ServerOptions>;
