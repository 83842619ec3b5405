using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Cartulary.Server.Hosting;

/// <summary>What the server tells of its work; section <c>Telemetry</c> of the configuration.</summary>
internal sealed class TelemetryOptions
{
    /// <summary>Whether metrics are kept and given at /metrics, in the format of Prometheus. The default is true.</summary>
    public bool Metrics { get; set; } = true;

    /// <summary>
    /// Whether /metrics needs a key from everybody. When it does not, clients on this machine need none, and others do. Set it
    /// where a proxy on this machine hands requests on. The default is false.
    /// </summary>
    public bool MetricsNeedKey { get; set; }

    /// <summary>
    /// Where metrics and traces are sent by OTLP, for example http://127.0.0.1:4318; empty sends nothing and makes no traces.
    /// The default is empty.
    /// </summary>
    [RegularExpression("https?://.+")]
    public string OtlpEndpoint { get; set; } = "";

    /// <summary>How they are sent: http (protobuf over HTTP) or grpc. The default is http.</summary>
    [RegularExpression("http|grpc")]
    public string OtlpProtocol { get; set; } = "http";

    /// <summary>Headers sent with them, such as a key: name=value, separated by commas. The default is empty.</summary>
    public string OtlpHeaders { get; set; } = "";

    /// <summary>
    /// The share of requests whose traces are sent, from 0 to 1; a request that says in its traceparent whether it is sampled is
    /// obeyed. The default is 1.
    /// </summary>
    [Range(0.0, 1.0)]
    public double TraceShare { get; set; } = 1;
}

/// <summary>Checks <see cref="TelemetryOptions"/>; generated from its attributes.</summary>
[OptionsValidator]
internal sealed partial class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>;
