using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace Cartulary.Search.Indexing;

/// <summary>An index on disk, open for writing. One thread at a time writes and publishes; readers that were published are safe for all.</summary>
internal sealed class IndexFolder : IDisposable
{
    private readonly FSDirectory _directory;
    private readonly IndexWriter _writer;
    private readonly IndexedDocument _documents = new();

    private IndexFolder(FSDirectory directory, IndexWriter writer, IndexStamp? stamp)
    {
        _directory = directory;
        _writer = writer;
        Stamp = stamp;
    }

    /// <summary>The stamp of the last commit; null when there is none.</summary>
    public IndexStamp? Stamp { get; private set; }

    /// <summary>Opens the index in a folder, which is made when missing; one that cannot be read is emptied.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="bufferMegabytes">How much is held in memory before it is written to a file.</param>
    /// <exception cref="IOException">The folder cannot be used, or another process has it.</exception>
    public static IndexFolder Open(string path, double bufferMegabytes)
    {
        var directory = FSDirectory.Open(path);
        try
        {
            var stamp = ReadStamp(directory);
            if (stamp is null)
            {
                Empty(directory);
            }

            var writer = OpenWriter(directory, bufferMegabytes, stamp is null);
            return new IndexFolder(directory, writer, stamp);
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    /// <summary>How many documents there are, those that are still to be removed included.</summary>
    public int Documents => _writer.NumDocs;

    /// <summary>Puts a document in the place of the one with its guid.</summary>
    public void Put(Core.Query.Search.SearchDocument document) => _writer.UpdateDocument(TermOf(document.Guid), _documents.Of(document));

    /// <summary>Adds a document that is not there yet.</summary>
    public void Add(Core.Query.Search.SearchDocument document) => _writer.AddDocument(_documents.Of(document));

    /// <summary>Removes the document of a guid.</summary>
    public void Remove(Guid guid) => _writer.DeleteDocuments(TermOf(guid));

    /// <summary>Removes all documents.</summary>
    public void Clear()
    {
        _writer.DeleteAll();
        Stamp = null;
    }

    /// <summary>A reader of all that was written, which the caller owns; the one given, owned once more, when nothing has changed.</summary>
    public DirectoryReader Read(DirectoryReader? before)
    {
        if (before is null)
        {
            return DirectoryReader.Open(_writer, applyAllDeletes: true);
        }

        var next = DirectoryReader.OpenIfChanged(before, _writer, applyAllDeletes: true);
        if (next is not null)
        {
            return next;
        }

        before.IncRef();
        return before;
    }

    /// <summary>Makes all that was written durable, with its stamp.</summary>
    public void Commit(IndexStamp stamp)
    {
        _writer.SetCommitData(stamp.ToData());
        _writer.Commit();
        Stamp = stamp;
    }

    /// <summary>Closes it; what was not committed is lost.</summary>
    public void Dispose()
    {
        _writer.Rollback();
        _documents.Dispose();
        _directory.Dispose();
    }

    private static Term TermOf(Guid guid) => new(IndexNames.Guid, guid.ToString("D"));

    private static IndexWriter OpenWriter(FSDirectory directory, double bufferMegabytes, bool isNew)
    {
        var settings = new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer: null)
        {
            OpenMode = isNew ? OpenMode.CREATE : OpenMode.APPEND,
            RAMBufferSizeMB = bufferMegabytes,
            Similarity = new MatchSimilarity(),
            WriteLockTimeout = 0,
        };
        try
        {
            return new IndexWriter(directory, settings);
        }
        catch (Exception failure) when (!isNew && IndexFault.IsDamage(failure))
        {
            return OpenWriter(directory, bufferMegabytes, isNew: true);
        }
        catch (LockObtainFailedException locked)
        {
            throw InUse(directory, locked);
        }
    }

    /// <summary>Takes files away that cannot be gone on with, since what is written over them could meet them again.</summary>
    private static void Empty(FSDirectory directory)
    {
        if (IndexWriter.IsLocked(directory))
        {
            throw InUse(directory);
        }

        foreach (var file in directory.ListAll().Where(file => file != IndexWriter.WRITE_LOCK_NAME))
        {
            directory.DeleteFile(file);
        }
    }

    private static IOException InUse(FSDirectory directory, Exception? locked = null) =>
        new($"Another process uses the search index in {directory.Directory.FullName}.", locked);

    /// <summary>The stamp of an index that can be read; null otherwise.</summary>
    private static IndexStamp? ReadStamp(FSDirectory directory)
    {
        try
        {
            if (!DirectoryReader.IndexExists(directory))
            {
                return null;
            }

            using var reader = DirectoryReader.Open(directory);
            return IndexStamp.Read(reader.IndexCommit.UserData);
        }
        catch (Exception failure) when (IndexFault.IsDamage(failure))
        {
            return null;
        }
    }
}
