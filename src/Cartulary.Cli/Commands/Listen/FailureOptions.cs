using System.CommandLine;
using Cartulary.Cli.Receiving;

namespace Cartulary.Cli.Commands.Listen;

/// <summary>The options that have a receiver fail on purpose.</summary>
internal sealed class FailureOptions
{
    private const int StatusMin = 300;
    private const int StatusMax = 599;

    private readonly Option<int?> _status = new("--fail") { Description = "Answer this status on purpose, to every message unless told otherwise", HelpName = "STATUS" };

    private readonly Option<int?> _every = new("--fail-every") { Description = "Fail every so-manyeth message only", HelpName = "N" };

    private readonly Option<int?> _first = new("--fail-first") { Description = "Fail the first so many messages only", HelpName = "N" };

    private readonly Option<string?> _asset =
        new("--fail-asset") { Description = "Fail messages about this asset only: its guid or its qualified name", HelpName = "ASSET" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_status, _every, _first, _asset])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What the options ask for.</summary>
    /// <exception cref="UsageException">They contradict each other.</exception>
    public FailurePlan Read(ParseResult parsed)
    {
        var plan = new FailurePlan(parsed.GetValue(_status))
        {
            Every = parsed.GetValue(_every),
            First = parsed.GetValue(_first),
            Asset = parsed.GetValue(_asset),
        };
        if (plan.Status is null && plan != new FailurePlan(Status: null))
        {
            throw new UsageException("say with which status to fail: --fail 503");
        }

        if (plan.Status is < StatusMin or > StatusMax)
        {
            throw new UsageException($"--fail must be a status from {StatusMin} to {StatusMax}, not {plan.Status}");
        }

        return plan is { Every: < 1 } or { First: < 1 } ? throw new UsageException("--fail-every and --fail-first must be 1 or more") : plan;
    }
}
