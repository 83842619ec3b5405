namespace Cartulary.Storage.Commits;

/// <summary>A change beside the saves, such as of types or keys, that waits for its turn; it has a transaction for itself.</summary>
/// <typeparam name="TTurn">The turn of the store that the change belongs to.</typeparam>
internal sealed class PendingChange<TTurn>(Func<TTurn, ValueTask<bool>> change) : PendingWork
    where TTurn : IWriteTurn
{
    private readonly TaskCompletionSource<bool> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _result;

    /// <summary>What the change answered, once it is durable.</summary>
    public Task<bool> Completion => _completion.Task;

    public override int Rows => 1;

    public override bool IsExclusive => true;

    public override async ValueTask ApplyAsync(IWriteTurn turn) => _result = await change((TTurn)turn);

    public override void Complete() => _completion.TrySetResult(_result);

    public override void Fail(Exception failure) => _completion.TrySetException(failure);

    protected override void OnCancelled(CancellationToken token) => _completion.TrySetCanceled(token);
}
