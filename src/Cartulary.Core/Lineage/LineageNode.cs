using Cartulary.Core.Assets;

namespace Cartulary.Core.Lineage;

/// <summary>An asset or a process that was reached.</summary>
/// <param name="Asset">What the edges know of it.</param>
/// <param name="IsProcess">Whether it is a process.</param>
/// <param name="Depth">
/// How many steps lie between it and where the walk began, a step leading from an asset through a process to the next asset. A
/// process belongs to the step that it makes; a walk that begins at a process begins in the middle of step 1.
/// </param>
public sealed record LineageNode(EdgeEnd Asset, bool IsProcess, int Depth);
