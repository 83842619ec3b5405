using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Cartulary.Core.Types;

namespace Cartulary.Core.Lineage;

/// <summary>
/// Over which relationship attributes lineage comes to assets of a type and goes from them: the inputs and outputs of processes, or
/// the ports of data products, seen from either end.
/// </summary>
internal sealed class LineageRoutes
{
    private const string ProcessType = "Process";
    private const string ProductType = "DataProduct";
    private static readonly ConditionalWeakTable<EntityType, LineageRoutes> OfProcesses = [];
    private static readonly ConditionalWeakTable<EntityType, LineageRoutes> OfProducts = [];
    private readonly ImmutableArray<EndAttribute> _up;
    private readonly ImmutableArray<EndAttribute> _down;

    private LineageRoutes(EntityType type, LineageKind kind)
    {
        IsProcess = type.Is(kind == LineageKind.Products ? ProductType : ProcessType);
        var ends = type.Ends.Select(end => (End: end, Flow: FlowOf(end.Relationship, kind))).Where(end => end.Flow is not null).ToList();
        _up = [.. ends.Where(end => IsUp(end.End, end.Flow!.Value)).Select(end => end.End)];
        _down = [.. ends.Where(end => !IsUp(end.End, end.Flow!.Value)).Select(end => end.End)];
    }

    /// <summary>Whether assets of the type are steps between others.</summary>
    public bool IsProcess { get; }

    /// <summary>Whether assets of the type can have lineage at all.</summary>
    public bool HasAny => !_up.IsEmpty || !_down.IsEmpty;

    /// <summary>The routes of a type.</summary>
    public static LineageRoutes Of(EntityType type, LineageKind kind) => kind == LineageKind.Products
        ? OfProducts.GetValue(type, static type => new LineageRoutes(type, LineageKind.Products))
        : OfProcesses.GetValue(type, static type => new LineageRoutes(type, LineageKind.Processes));

    /// <summary>The attributes whose members lie in a direction.</summary>
    public IEnumerable<EndAttribute> Towards(LineageDirection direction) => direction switch
    {
        LineageDirection.Input => _up,
        LineageDirection.Output => _down,
        _ => _up.Concat(_down),
    };

    /// <summary>At which end of a relationship the process stands, and whether the other end is its input; null when it is no lineage.</summary>
    public static (EndSide Process, bool IsInput)? FlowOf(RelationshipType relationship, LineageKind kind)
    {
        return IsInput(relationship.Definition.EndDef1) is { } one ? (EndSide.One, one)
            : IsInput(relationship.Definition.EndDef2) is { } two ? (EndSide.Two, two)
            : null;

        bool? IsInput(RelationshipEndDef end) => (kind, end) switch
        {
            (LineageKind.Processes, { Type: ProcessType, Name: "inputs" or "outputs" }) => end.Name == "inputs",
            (LineageKind.Products, { Type: ProductType, Name: "inputPorts" or "outputPorts" }) => end.Name == "inputPorts",
            _ => null,
        };
    }

    private static bool IsUp(EndAttribute end, (EndSide Process, bool IsInput) flow) => (end.Side == flow.Process) == flow.IsInput;
}
