using Cartulary.Core.Types;

namespace Cartulary.Simulation;

/// <summary>A stored asset that others can be linked to.</summary>
internal sealed record Prop(Guid Guid, EntityType Type, string QualifiedName);
