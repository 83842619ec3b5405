using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Cartulary.Delivery.Kafka;
using Cartulary.Delivery.Messages;
using Microsoft.Extensions.Options;

namespace Cartulary.Server.Hosting;

/// <summary>Events to Kafka; section <c>Kafka</c> of the configuration.</summary>
internal sealed class KafkaOptions
{
    /// <summary>Brokers to begin with, as <c>HOST:PORT</c> with commas between them. The default, an empty text, sends nothing to Kafka.</summary>
    public string BootstrapServers { get; set; } = "";

    /// <summary>The topic. It must exist, with as many partitions as it is to have for good. The default is <c>ATLAS_ENTITIES</c>.</summary>
    [RegularExpression("[A-Za-z0-9._-]{1,249}")]
    public string Topic { get; set; } = "ATLAS_ENTITIES";

    /// <summary>
    /// How records are CloudEvents: binary, with attributes in headers beside the unchanged value; structured, with the envelope inside the event; or none.
    /// The default is binary.
    /// </summary>
    [RegularExpression("none|binary|structured")]
    public string CloudEvents { get; set; } = "binary";

    /// <summary>Largest record in bytes; larger events are compressed and cut into parts, as Apache Atlas does it. The default is 1,000,000.</summary>
    [Range(4_096, 100_000_000)]
    public int MaxMessageBytes { get; set; } = 1_000_000;

    /// <summary>
    /// Where the first start begins: now, with the next event; beginning, with the oldest one that is kept; or after a sequence. Later starts go on where the
    /// last one ended. The default is now.
    /// </summary>
    [RegularExpression("now|beginning|[0-9]{1,18}")]
    public string StartAt { get; set; } = "now";

    /// <summary>Most records that are on their way at a time; with more, the log is read no further. The default is 10,000.</summary>
    [Range(1, 1_000_000)]
    public int InFlightRecords { get; set; } = 10_000;

    /// <summary>Most bytes of such records, but always one event. The default is 33,554,432 (32 MiB).</summary>
    [Range(1, 1_073_741_824)]
    public int InFlightBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>Milliseconds from one time that the position is stored to the next. The default is 200.</summary>
    [Range(10, 60_000)]
    public int CheckpointMilliseconds { get; set; } = 200;

    /// <summary>
    /// Days for which the log is kept for what has not been sent while something is wrong, such as that brokers are away; then <c>Retention</c> may trim it.
    /// While nothing is wrong it is kept until it has been sent. The default is 14.
    /// </summary>
    [Range(0, 3_650)]
    public int HoldDays { get; set; } = 14;

    /// <summary>Seconds that records on their way may take when the server stops. The default is 10.</summary>
    [Range(0, 600)]
    public int StopSeconds { get; set; } = 10;

    /// <summary>PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL. The default is PLAINTEXT.</summary>
    [RegularExpression("PLAINTEXT|SSL|SASL_PLAINTEXT|SASL_SSL")]
    public string SecurityProtocol { get; set; } = "PLAINTEXT";

    /// <summary>PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, GSSAPI or OAUTHBEARER; needed with SASL.</summary>
    [RegularExpression("(PLAIN|SCRAM-SHA-256|SCRAM-SHA-512|GSSAPI|OAUTHBEARER)?")]
    public string SaslMechanism { get; set; } = "";

    /// <summary>The name for PLAIN and SCRAM.</summary>
    public string SaslUsername { get; set; } = "";

    /// <summary>The password for PLAIN and SCRAM; a secret.</summary>
    public string SaslPassword { get; set; } = "";

    /// <summary>The brokers' service name for GSSAPI. The default, an empty text, is kafka.</summary>
    public string SaslKerberosServiceName { get; set; } = "";

    /// <summary>The server's principal for GSSAPI.</summary>
    public string SaslKerberosPrincipal { get; set; } = "";

    /// <summary>The file of the principal's keys for GSSAPI.</summary>
    public string SaslKerberosKeytab { get; set; } = "";

    /// <summary>Where OAUTHBEARER gets its tokens: the address of an OpenID Connect provider.</summary>
    public string SaslOauthbearerTokenEndpointUrl { get; set; } = "";

    /// <summary>The client's id at that provider.</summary>
    public string SaslOauthbearerClientId { get; set; } = "";

    /// <summary>The client's secret at that provider; a secret.</summary>
    public string SaslOauthbearerClientSecret { get; set; } = "";

    /// <summary>The scope that is asked for at that provider.</summary>
    public string SaslOauthbearerScope { get; set; } = "";

    /// <summary>The file, or folder, of the certificates that brokers are checked against. The default, an empty text, is those of the system.</summary>
    public string SslCaLocation { get; set; } = "";

    /// <summary>The file of the server's own certificate, as PEM.</summary>
    public string SslCertificateLocation { get; set; } = "";

    /// <summary>The file of the server's own key, as PEM.</summary>
    public string SslKeyLocation { get; set; } = "";

    /// <summary>The password of that key; a secret.</summary>
    public string SslKeyPassword { get; set; } = "";

    /// <summary>Whether events go to Kafka.</summary>
    public bool IsOn => BootstrapServers.Length > 0;

    /// <summary>Where events go to, and how.</summary>
    public KafkaSettings ForSink(EventNaming naming) => new(BootstrapServers, Topic, SinkStart.Parse(StartAt), naming)
    {
        CloudEvents = Enum.Parse<CloudEventsMode>(CloudEvents, ignoreCase: true),
        MaxMessageBytes = MaxMessageBytes,
        InFlightRecords = InFlightRecords,
        InFlightBytes = InFlightBytes,
        CheckpointEvery = TimeSpan.FromMilliseconds(CheckpointMilliseconds),
        StopWithin = TimeSpan.FromSeconds(StopSeconds),
        Security = [.. Security().Where(static pair => pair.Value.Length > 0)],
    };

    private ImmutableArray<KeyValuePair<string, string>> Security() =>
    [
        new("security.protocol", SecurityProtocol),
        new("sasl.mechanism", SaslMechanism),
        new("sasl.username", SaslUsername),
        new("sasl.password", SaslPassword),
        new("sasl.kerberos.service.name", SaslKerberosServiceName),
        new("sasl.kerberos.principal", SaslKerberosPrincipal),
        new("sasl.kerberos.keytab", SaslKerberosKeytab),
        new("sasl.oauthbearer.method", SaslOauthbearerTokenEndpointUrl.Length > 0 ? "oidc" : ""),
        new("sasl.oauthbearer.token.endpoint.url", SaslOauthbearerTokenEndpointUrl),
        new("sasl.oauthbearer.client.id", SaslOauthbearerClientId),
        new("sasl.oauthbearer.client.secret", SaslOauthbearerClientSecret),
        new("sasl.oauthbearer.scope", SaslOauthbearerScope),
        new("ssl.ca.location", SslCaLocation),
        new("ssl.certificate.location", SslCertificateLocation),
        new("ssl.key.location", SslKeyLocation),
        new("ssl.key.password", SslKeyPassword),
    ];
}

/// <summary>Checks <see cref="KafkaOptions"/>; generated from its attributes.</summary>
[OptionsValidator]
internal sealed partial class KafkaOptionsValidator : IValidateOptions<KafkaOptions>;
