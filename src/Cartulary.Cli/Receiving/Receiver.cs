using Cartulary.Cli.Client;

namespace Cartulary.Cli.Receiving;

/// <summary>Judges each message that comes, shows it, and decides what is answered. One message at a time, so that what is shown is in order.</summary>
/// <param name="check">Checks signatures.</param>
/// <param name="plan">Which messages are failed on purpose.</param>
/// <param name="writer">Shows them.</param>
/// <param name="stopAfter">The end comes after so many different events; null for never.</param>
internal sealed class Receiver(SignatureCheck check, FailurePlan plan, ReceiverWriter writer, long? stopAfter) : IDisposable
{
    private const int Taken = 200;
    private const int Unauthorized = 401;
    private const int NoEvent = 400;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What has come so far.</summary>
    public Tally Tally { get; } = new();

    /// <summary>Ends when as many events have come as were wanted.</summary>
    public Task Enough => _enough.Task;

    /// <summary>Takes a message in; gives the status to answer.</summary>
    public async Task<int> TakeAsync(ReceivedRequest request)
    {
        await _turn.WaitAsync();
        try
        {
            return await JudgeAsync(request, Tally.Count());
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends the wish for more once the last answer is on its way.</summary>
    public void NoteAnswered()
    {
        if (Tally.Events >= stopAfter)
        {
            _enough.TrySetResult();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<int> JudgeAsync(ReceivedRequest request, long place)
    {
        var authenticity = check.Check(request);
        if (request.IsValidation)
        {
            writer.Note("validation message: answered 200");
            return Taken;
        }

        if (authenticity is not (Authenticity.Genuine or Authenticity.Unchecked))
        {
            Tally.CountRefused();
            writer.Warn($"answered 401 to {NameOf(request)}: {WhyNot(authenticity)}");
            return Unauthorized;
        }

        var told = request.Event;
        if (plan.StatusFor(place, told) is { } status)
        {
            Tally.CountFailed();
            await ShowAsync(request, told, status, authenticity, isRepeat: false, isOld: false);
            return status;
        }

        if (request.Json is null)
        {
            writer.Warn($"answered 400 to {NameOf(request)}: the body is no JSON");
            return NoEvent;
        }

        var (isRepeat, isOld) = told is null ? default : Tally.Take(request.Id, told.Asset.Guid, told.Message.Number("assetVersion") ?? 0);
        await ShowAsync(request, told, Taken, authenticity, isRepeat, isOld);
        return Taken;
    }

    private Task ShowAsync(ReceivedRequest request, FeedEvent? told, int status, Authenticity authenticity, bool isRepeat, bool isOld)
    {
        if (told is not null)
        {
            return writer.ShowAsync(request, told, status, authenticity, isRepeat, isOld);
        }

        writer.Note($"{NameOf(request)} is no event: answered {status}");
        return Task.CompletedTask;
    }

    private static string NameOf(ReceivedRequest request) => request.Id.Length > 0 ? Output.ValueText.Printable(request.Id) : "a message without an id";

    private static string WhyNot(Authenticity authenticity) => authenticity switch
    {
        Authenticity.Unsigned => "it is not signed",
        Authenticity.Stale => "it was signed more than five minutes ago, or in the future",
        _ => "the signature does not fit the secret",
    };
}
