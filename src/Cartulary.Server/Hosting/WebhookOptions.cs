using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cartulary.Delivery.Dispatch;
using Cartulary.Delivery.Guard;
using Cartulary.Delivery.Webhooks;
using Microsoft.Extensions.Options;

namespace Cartulary.Server.Hosting;

/// <summary>Webhooks; section <c>Webhooks</c> of the configuration.</summary>
internal sealed class WebhookOptions
{
    /// <summary>Whether this server sends messages to webhooks. The default is true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Most webhooks; with more, a further one gets 409. The default is 10,000.</summary>
    [Range(1, 1_000_000)]
    public int Max { get; set; } = 10_000;

    /// <summary>
    /// How often in a minute a key may make a webhook, test one, or give one another address, each of which calls that address; then it gets 429. The
    /// default is 60.
    /// </summary>
    [Range(1, 1_000_000)]
    public int CallsPerMinute { get; set; } = 60;

    /// <summary>Whether messages may go to loopback and private addresses; link-local and metadata addresses stay forbidden. The default is false.</summary>
    public bool AllowPrivateNetworks { get; set; }

    /// <summary>Networks that messages may go to although they are not public, such as <c>10.1.0.0/16</c>, with commas between them. The default is none.</summary>
    public string AllowedNetworks { get; set; } = "";

    /// <summary>Whether messages may go to public addresses over http without TLS. The default is false.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>
    /// A file of certificates in PEM: authorities that may vouch for receivers beside those that the machine trusts, such as one of your own. The default is
    /// none.
    /// </summary>
    public string CaFile { get; set; } = "";

    /// <summary>Most messages under way at a time, to all receivers together. The default is 1,024.</summary>
    [Range(1, 100_000)]
    public int SendSlots { get; set; } = 1_024;

    /// <summary>Most events that are known of a webhook beyond its position. The default is 1,024.</summary>
    [Range(1, 100_000)]
    public int WindowEvents { get; set; } = 1_024;

    /// <summary>Most bytes of such events, but always one event. The default is 8,388,608 (8 MiB).</summary>
    [Range(1, 1_073_741_824)]
    public long WindowBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Most parked events of a webhook; with more, nothing further is read for it. The default is 10,000.</summary>
    [Range(1, 10_000_000)]
    public int ParkedMax { get; set; } = 10_000;

    /// <summary>Largest envelope that is sent whole, in bytes; a larger one is sent in a short form. The default is 1,000,000.</summary>
    [Range(1_000, 1_073_741_824)]
    public int MessageBytesMax { get; set; } = 1_000_000;

    /// <summary>Seconds that connecting to a receiver may take, TLS included. The default is 5.</summary>
    [Range(1, 60)]
    public int ConnectSeconds { get; set; } = 5;

    /// <summary>Failures in a row after which a receiver counts as failing. The default is 5.</summary>
    [Range(1, 1_000)]
    public int FailuresToOpen { get; set; } = 5;

    /// <summary>Hours for which a receiver may fail before its webhook is disabled. The default is 120.</summary>
    [Range(1, 8_760)]
    public int DisableAfterHours { get; set; } = 120;

    /// <summary>
    /// Days for which the log is kept for a webhook that is paused or disabled; then <c>Retention</c> may trim what it has not had. For one that runs, and
    /// for events that were given up, it is kept as long as they need it. The default is 14.
    /// </summary>
    [Range(0, 3_650)]
    public int HoldDays { get; set; } = 14;

    /// <summary>
    /// Seconds between the attempts of one event, with commas between them; after the last one it is given up. The default is
    /// 5,30,120,600,1800,3600,10800,21600,43200,86400,86400: twelve attempts in 71 hours.
    /// </summary>
    [Required]
    [RegularExpression("[0-9]{1,7}(,[0-9]{1,7}){0,99}")]
    public string RetrySeconds { get; set; } = "5,30,120,600,1800,3600,10800,21600,43200,86400,86400";

    /// <summary>
    /// A webhook is paused at an event that follows from so many others, each saved with <c>X-Cartulary-Cause</c> in answer to the one before. The default
    /// is 16.
    /// </summary>
    [Range(2, 1_000)]
    public int LoopDepth { get; set; } = 16;

    /// <summary>Metrics name so many webhooks, the first by id. The default is 1,000.</summary>
    [Range(0, 1_000_000)]
    public int MetricLabelsMax { get; set; } = 1_000;

    /// <summary>Days for which events that were given up are kept. The default is 30.</summary>
    [Range(1, 3_650)]
    public int DeadLetterDays { get; set; } = 30;

    /// <summary>Days for which failed attempts are kept. The default is 7.</summary>
    [Range(1, 3_650)]
    public int AttemptDays { get; set; } = 7;

    /// <summary>Most failed attempts that are kept of a webhook. The default is 1,000.</summary>
    [Range(1, 1_000_000)]
    public int FailedAttemptsMax { get; set; } = 1_000;

    /// <summary>Most successful attempts that are kept of a webhook. The default is 100.</summary>
    [Range(1, 1_000_000)]
    public int SuccessfulAttemptsMax { get; set; } = 100;

    /// <summary>Minutes for which a receiver may fail before a notice says so. The default is 15.</summary>
    [Range(0, 100_000)]
    public int NoticeAfterMinutes { get; set; } = 15;

    /// <summary>Days for which notices are kept. The default is 30.</summary>
    [Range(1, 3_650)]
    public int NoticeDays { get; set; } = 30;

    /// <summary>Most notices that are kept of a webhook. The default is 1,000.</summary>
    [Range(1, 1_000_000)]
    public int NoticesMax { get; set; } = 1_000;

    /// <summary>Seconds from one look for what need not be kept to the next. The default is 60.</summary>
    [Range(1, 86_400)]
    public int CleanSeconds { get; set; } = 60;

    /// <summary>How the source of CloudEvents begins; the id of the log follows. The default is <c>urn:cartulary:log:</c>.</summary>
    [Required]
    public string Source { get; set; } = "urn:cartulary:log:";

    /// <summary>How the types of CloudEvents begin. The default is <c>io.cartulary</c>.</summary>
    [Required]
    public string TypePrefix { get; set; } = "io.cartulary";

    /// <summary>Seconds that messages under way may take when the server stops. The default is 10.</summary>
    [Range(0, 600)]
    public int StopSeconds { get; set; } = 10;

    /// <summary>When deliveries are tried again.</summary>
    public DeliveryPolicy Policy() => new()
    {
        Delays = [.. RetrySeconds.Split(',').Select(seconds => 1_000 * long.Parse(seconds, CultureInfo.InvariantCulture))],
        WindowEvents = WindowEvents,
        WindowBytes = WindowBytes,
        ParkedMax = ParkedMax,
        FailuresToOpen = FailuresToOpen,
        DisableAfter = (long)TimeSpan.FromHours(DisableAfterHours).TotalMilliseconds,
        TellAfter = (long)TimeSpan.FromMinutes(NoticeAfterMinutes).TotalMilliseconds,
    };

    /// <summary>The bounds of all deliveries together.</summary>
    public DispatchLimits Dispatch() => new()
    {
        SendSlots = SendSlots,
        LoopDepth = LoopDepth,
        SubscriptionsLabelled = MetricLabelsMax,
        StopWithin = TimeSpan.FromSeconds(StopSeconds),
        CleanEvery = TimeSpan.FromSeconds(CleanSeconds),
        DeadLettersFor = TimeSpan.FromDays(DeadLetterDays),
        FailuresFor = TimeSpan.FromDays(AttemptDays),
        FailuresMax = FailedAttemptsMax,
        SuccessesMax = SuccessfulAttemptsMax,
        NoticesFor = TimeSpan.FromDays(NoticeDays),
        NoticesMax = NoticesMax,
    };

    /// <summary>The bounds of one message.</summary>
    /// <exception cref="OptionsValidationException">The file of authorities cannot be read.</exception>
    public SenderLimits Sender() => new()
    {
        AllowHttp = AllowHttp,
        ConnectTimeout = TimeSpan.FromSeconds(ConnectSeconds),
        Authorities = ReadAuthorities(),
    };

    private X509Certificate2Collection ReadAuthorities()
    {
        var authorities = new X509Certificate2Collection();
        if (CaFile.Length == 0)
        {
            return authorities;
        }

        try
        {
            authorities.ImportFromPemFile(CaFile);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new OptionsValidationException("Webhooks", typeof(WebhookOptions), [$"Webhooks:CaFile: {problem.Message}"]);
        }

        return authorities.Count > 0
            ? authorities
            : throw new OptionsValidationException("Webhooks", typeof(WebhookOptions), [$"Webhooks:CaFile: {CaFile} holds no certificate in PEM"]);
    }

    /// <summary>Which addresses may be called.</summary>
    /// <exception cref="OptionsValidationException">A network is none.</exception>
    public AddressRules Addresses()
    {
        var networks = AllowedNetworks.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var wrong = Array.FindAll(networks, network => !IPNetwork.TryParse(network, out _));
        return wrong.Length == 0
            ? new AddressRules(AllowPrivateNetworks, [.. networks.Select(IPNetwork.Parse)])
            : throw new OptionsValidationException("Webhooks", typeof(WebhookOptions), [$"Webhooks:AllowedNetworks: {wrong[0]} is no network such as 10.1.0.0/16"]);
    }
}

/// <summary>Checks <see cref="WebhookOptions"/>; generated from its attributes.</summary>
[OptionsValidator]
internal sealed partial class WebhookOptionsValidator : IValidateOptions<WebhookOptions>;
