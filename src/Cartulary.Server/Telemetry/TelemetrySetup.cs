using Cartulary.Core.Save;
using Cartulary.Delivery.Dispatch;
using Cartulary.Delivery.Kafka;
using Cartulary.Search.Following;
using Cartulary.Server.Hosting;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Cartulary.Server.Telemetry;

/// <summary>Hands what is measured on: to who asks at <c>/metrics</c>, and by OTLP where the settings name an address.</summary>
internal static class TelemetrySetup
{
    /// <summary>Where metrics are given.</summary>
    public const string MetricsPath = "/metrics";

    /// <summary>All of ours, and what the runtime and the web server tell of themselves.</summary>
    private static readonly string[] Meters = ["Cartulary.*", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    private static readonly Operation Operation = new("getMetrics", "Operations", "Metrics for Prometheus")
    {
        Description = "Clients on the server's own machine need none, unless the settings say otherwise.",
        MediaType = "text/plain",
        Answer = "Metrics",
    };

    /// <summary>Adds what the settings ask for.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder, TelemetryOptions options)
    {
        if (!options.Metrics && options.OtlpEndpoint.Length == 0)
        {
            return;
        }

        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(Describe);
        telemetry.WithMetrics(metrics => AddMetrics(metrics, options));
        if (options.OtlpEndpoint.Length > 0)
        {
            // The web server names route, method and status on a request's span only when it is asked to.
            AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", isEnabled: false);
            telemetry.WithTracing(tracing => tracing
                .AddSource(SaveTrace.SourceName, "Microsoft.AspNetCore")
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TraceShare)))
                .AddOtlpExporter(exporter => Aim(exporter, options, "v1/traces")));
        }
    }

    /// <summary>Begins to collect, before anything happens that is worth counting.</summary>
    public static void BeginTelemetry(this IServiceProvider services)
    {
        services.GetService<MeterProvider>();
        ServerMetrics.ShowZeros();
        SaveMetrics.ShowZeros();
        DeliveryMetrics.ShowZeros();
        KafkaMetrics.ShowZeros();
        SearchMetrics.ShowZeros();
    }

    /// <summary>Maps <c>/metrics</c>, if the settings want it.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder endpoints, TelemetryOptions options)
    {
        if (options.Metrics)
        {
            // The endpoint itself would take any method.
            endpoints.MapPrometheusScrapingEndpoint(MetricsPath).WithMetadata(new HttpMethodMetadata([HttpMethods.Get])).Describe(static () => Operation);
        }
    }

    private static void AddMetrics(MeterProviderBuilder metrics, TelemetryOptions options)
    {
        metrics.AddMeter(Meters);
        if (options.Metrics)
        {
            metrics.AddPrometheusExporter(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0);
        }

        if (options.OtlpEndpoint.Length > 0)
        {
            metrics.AddOtlpExporter(exporter => Aim(exporter, options, "v1/metrics"));
        }
    }

    private static void Aim(OtlpExporterOptions exporter, TelemetryOptions options, string path)
    {
        var isHttp = options.OtlpProtocol == "http";
        exporter.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = new Uri(isHttp ? $"{options.OtlpEndpoint.TrimEnd('/')}/{path}" : options.OtlpEndpoint);
        exporter.Headers = options.OtlpHeaders.Length > 0 ? options.OtlpHeaders : null;
    }

    private static void Describe(ResourceBuilder resource) =>
        resource.AddService("cartulary", serviceVersion: typeof(TelemetrySetup).Assembly.GetName().Version?.ToString(3));
}
