using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Types;
using Cartulary.Search.Indexing;
using Lucene.Net.Index;

namespace Cartulary.Search.Following;

/// <summary>
/// Brings an index up to the catalog, step by step. Every step reads one snapshot; when it has read the log up to the
/// snapshot's head, the index is exactly that state. One thread at a time.
/// </summary>
/// <param name="store">The catalog.</param>
/// <param name="types">Its types.</param>
/// <param name="folder">The index.</param>
internal sealed class Indexer(ICatalogStore store, TypeRegistrySource types, IndexFolder folder) : IDisposable
{
    private const int StepEvents = 10_000;
    private const int ChunkAssets = 500;
    private DirectoryReader? _reader;
    private IndexerState? _state;

    /// <summary>What the index holds; null before it was continued or built.</summary>
    public IndexerState? State => _state;

    /// <summary>Goes on with what is in the folder; false when that has to be built anew.</summary>
    public async ValueTask<bool> ContinueAsync(CancellationToken cancellationToken)
    {
        if (folder.Stamp is not { } stamp)
        {
            return false;
        }

        await using var session = await store.ReadAsync(cancellationToken);
        var registry = await types.ForAsync(session, cancellationToken);
        var marks = IndexStamp.MarksOf(registry);
        if (!IsPast(session.Head, stamp.LogId, stamp.Sequence) || !stamp.Marks.IsSubsetOf(marks))
        {
            return false;
        }

        _state = new IndexerState(stamp.LogId, stamp.Sequence, registry, marks);
        return true;
    }

    /// <summary>Builds the index anew, as of about now; what happens meanwhile is left to the steps that follow. False when that has to be done again.</summary>
    /// <param name="progress">Is told how many assets there are already.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async ValueTask<bool> BuildAsync(Action<long> progress, CancellationToken cancellationToken)
    {
        folder.Clear();
        _state = null;
        IndexerState state;
        await using (var session = await store.ReadAsync(cancellationToken))
        {
            var registry = await types.ForAsync(session, cancellationToken);
            state = new IndexerState(session.Head.LogId, session.Head.Sequence, registry, IndexStamp.MarksOf(registry));
        }

        var (after, count) = (new AssetId(0), 0L);
        while (true)
        {
            await using var session = await store.ReadAsync(cancellationToken);
            var registry = await types.ForAsync(session, cancellationToken);
            if (session.Head.LogId != state.LogId || state.With(registry) is not { } next)
            {
                return false;
            }

            state = next;
            var assets = await session.ScanAsync(after, ChunkAssets, cancellationToken);
            foreach (var document in await SearchDocumentReader.ReadAsync(session, registry, assets, cancellationToken))
            {
                folder.Add(document);
            }

            count += assets.Length;
            progress(count);
            if (assets.Length < ChunkAssets)
            {
                _state = state;
                return true;
            }

            after = assets[^1].Id;
        }
    }

    /// <summary>Follows the log a step.</summary>
    public async ValueTask<StepOutcome> StepAsync(CancellationToken cancellationToken)
    {
        var state = _state ?? throw new InvalidOperationException("The index was neither continued nor built.");
        await using var session = await store.ReadAsync(cancellationToken);
        var registry = await types.ForAsync(session, cancellationToken);
        if (!IsPast(session.Head, state.LogId, state.Sequence) || state.With(registry) is not { } next)
        {
            return StepOutcome.Lost;
        }

        var commits = await session.ReadLogAsync(state.Sequence, StepEvents, cancellationToken);
        var touched = TouchedAssets.Of(commits, registry);
        if (touched.Renamed.Count > 0)
        {
            touched.Add(Dependents.Of(Refresh(), touched.Renamed, cancellationToken));
        }

        foreach (var chunk in touched.Assets.Chunk(ChunkAssets))
        {
            await PutAsync(session, registry, chunk, cancellationToken);
        }

        var sequence = commits.IsEmpty ? session.Head.Sequence : commits[^1].FirstSequence + commits[^1].Count - 1;
        _state = next with { Sequence = sequence };
        return sequence == session.Head.Sequence ? StepOutcome.AtHead : StepOutcome.Behind;
    }

    /// <summary>The state of the index, to be searched; it is exact when the last step ended at the head.</summary>
    public IndexView View()
    {
        var reader = Refresh();
        reader.IncRef();
        return new IndexView(reader, _state!.LogId, _state.Sequence, _state.Registry, reader.NumDocs);
    }

    /// <summary>Makes the index durable as it is.</summary>
    public void Commit() => folder.Commit(_state!.Stamp);

    /// <inheritdoc/>
    public void Dispose() => _reader?.DecRef();

    private static bool IsPast(CatalogHead head, Guid logId, long sequence) =>
        head.LogId == logId && sequence <= head.Sequence && sequence >= head.Oldest - 1;

    private DirectoryReader Refresh()
    {
        var before = _reader;
        _reader = folder.Read(before);
        before?.DecRef();
        return _reader;
    }

    private async ValueTask PutAsync(
        IReadSession session, TypeRegistry registry, KeyValuePair<AssetId, Guid>[] chunk, CancellationToken cancellationToken)
    {
        var assets = await session.LoadAsync([.. chunk.Select(one => one.Key)], cancellationToken);
        foreach (var document in await SearchDocumentReader.ReadAsync(session, registry, [.. assets.Values], cancellationToken))
        {
            folder.Put(document);
        }

        foreach (var (_, guid) in chunk.Where(one => !assets.ContainsKey(one.Key)))
        {
            folder.Remove(guid);
        }
    }
}

/// <summary>What came of a step.</summary>
internal enum StepOutcome
{
    /// <summary>There is more to follow.</summary>
    Behind,

    /// <summary>The index is exactly what the snapshot was.</summary>
    AtHead,

    /// <summary>The log is not the one that the index followed, or documents are others now: it has to be built anew.</summary>
    Lost,
}
