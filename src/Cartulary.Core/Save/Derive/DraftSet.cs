namespace Cartulary.Core.Save.Derive;

/// <summary>The states being worked out, in the order they were begun: those of listed assets in payload order first.</summary>
internal sealed class DraftSet
{
    private readonly Dictionary<BatchAsset, StateDraft> _drafts = [];
    private readonly List<StateDraft> _ordered = [];

    public IReadOnlyList<StateDraft> All => _ordered;

    public StateDraft? Find(BatchAsset asset) => _drafts.GetValueOrDefault(asset);

    /// <summary>The draft of an asset, begun when there is none.</summary>
    public StateDraft For(BatchAsset asset, string path = "")
    {
        if (!_drafts.TryGetValue(asset, out var draft))
        {
            draft = new StateDraft(asset, path);
            _drafts.Add(asset, draft);
            _ordered.Add(draft);
        }

        return draft;
    }
}
