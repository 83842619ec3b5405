using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Cartulary.Cli.Commands.Webhooks;

/// <summary><c>cartulary webhooks create</c>: makes a webhook and shows its secret once.</summary>
internal static class CreateWebhookCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("NAME") { Description = "What people call it" };
        var address = new Argument<string>("ADDRESS") { Description = "The http or https address that messages go to" };
        var format = new Option<string>("--format")
        {
            Description = "cloudevents, signed as Standard Webhooks has it, or atlan, for receivers that were written for Atlan",
            HelpName = "FORMAT",
            DefaultValueFactory = _ => "cloudevents",
        };
        format.AcceptOnlyFromAmong("cloudevents", "atlan");
        var filter = new WebhookFilter();
        var startAt = new Option<long?>("--start-at") { Description = "Send events after this sequence too [default: only those to come]", HelpName = "N" };
        var secretFile = new Option<string?>("--secret-file") { Description = "A file that holds the secret [default: one is made]", HelpName = "FILE" };
        var headersFile = new Option<string?>("--headers-file")
        {
            Description = "A file of headers that every message carries, one NAME: VALUE a line",
            HelpName = "FILE",
        };
        var inFlight = new Option<int?>("--max-in-flight") { Description = "Most messages under way at a time [default: 8]", HelpName = "N" };
        var timeout = new Option<int?>("--timeout-ms") { Description = "How long the receiver may take [default: 15000]", HelpName = "MS" };
        var noValidation = new Option<bool>("--no-validation") { Description = "Do not send the validation message to an address of Atlan's form first" };
        var command = new CliCommand("create", "Make a webhook; its secret is shown this once")
        {
            Examples =
            [
                "cartulary webhooks create orders https://example.com/hook --prefix default/sqlite/shop > orders.secret",
                "cartulary webhooks create crawled https://example.com/hook --type Table --ignore-attributes lastSyncRun --exclude-actor crawler",
                "cartulary webhooks create local http://127.0.0.1:8787/ --format atlan",
            ],
        };
        command.Arguments.Add(name);
        command.Arguments.Add(address);
        command.Options.Add(format);
        filter.AddTo(command);
        foreach (var option in (Option[])[startAt, secretFile, headersFile, inFlight, timeout, noValidation])
        {
            command.Options.Add(option);
        }

        return context.Talking(command, async (client, parsed, cancellationToken) =>
        {
            var wish = filter.Read(parsed);
            wish["name"] = parsed.GetRequiredValue(name);
            wish["url"] = parsed.GetRequiredValue(address);
            wish["format"] = parsed.GetRequiredValue(format);
            Add(wish, "startAt", parsed.GetValue(startAt));
            Add(wish, "maxInFlight", parsed.GetValue(inFlight));
            Add(wish, "timeoutMs", parsed.GetValue(timeout));
            await AddFilesAsync(wish, parsed.GetValue(secretFile), parsed.GetValue(headersFile), cancellationToken);
            var webhook = await client.CreateWebhookAsync(wish, !parsed.GetValue(noValidation), cancellationToken);
            return await NewSecret.WriteAsync(context, parsed.GetValue(context.Json), webhook, cancellationToken);
        });
    }

    private static async Task AddFilesAsync(JsonObject wish, string? secretFile, string? headersFile, CancellationToken cancellationToken)
    {
        if (secretFile is not null)
        {
            wish["secret"] = (await File.ReadAllTextAsync(secretFile, cancellationToken)).Trim();
        }

        if (headersFile is not null)
        {
            wish["headers"] = ReadHeaders(await File.ReadAllLinesAsync(headersFile, cancellationToken));
        }
    }

    private static void Add(JsonObject wish, string name, long? value)
    {
        if (value is { } number)
        {
            wish[name] = number;
        }
    }

    private static JsonObject ReadHeaders(string[] lines)
    {
        var headers = new JsonObject();
        foreach (var (line, index) in lines.Select((line, index) => (line.Trim(), index)).Where(pair => pair.Item1.Length > 0))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                // The line may hold a secret and is not shown.
                throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"line {index + 1} of the headers is not NAME: VALUE"));
            }

            headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }

        return headers;
    }
}
