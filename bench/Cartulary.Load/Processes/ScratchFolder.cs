namespace Cartulary.Load.Processes;

/// <summary>A new folder that is deleted at the end. It stands where the working copy's build does, so on a real disk.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public ScratchFolder()
    {
        var parent = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../bench"));
        Directory.CreateDirectory(parent);
        Location = Path.Combine(parent, Path.GetRandomFileName());
        Directory.CreateDirectory(Location);
    }

    /// <summary>Where it is.</summary>
    public string Location { get; }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Location, recursive: true);
}
