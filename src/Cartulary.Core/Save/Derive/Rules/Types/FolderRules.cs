using System.Collections.Immutable;

namespace Cartulary.Core.Save.Derive.Rules.Types;

/// <summary>A folder of a collection: what stands in it follows when it moves to another collection.</summary>
internal sealed class FolderRules() : CollectedRules("folder")
{
    public override string TypeName => "Folder";

    public override string TreeEnd => "parent";

    public override ImmutableArray<string> ChildEnds => ["childrenFolders", "childrenQueries"];
}
