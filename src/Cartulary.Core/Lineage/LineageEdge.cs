using Cartulary.Core.Assets;

namespace Cartulary.Core.Lineage;

/// <summary>An edge between a process and one of its inputs or outputs.</summary>
/// <param name="Edge">The edge as recorded.</param>
/// <param name="Process">The process.</param>
/// <param name="Data">The asset that it reads or writes.</param>
/// <param name="IsInput">Whether the process reads it.</param>
public sealed record LineageEdge(StoredEdge Edge, EdgeEnd Process, EdgeEnd Data, bool IsInput)
{
    /// <summary>Where data comes from over the edge.</summary>
    public EdgeEnd From => IsInput ? Data : Process;

    /// <summary>Where data goes to over the edge.</summary>
    public EdgeEnd To => IsInput ? Process : Data;

    /// <summary>The end at which one arrives who goes in a direction.</summary>
    internal EdgeEnd Ahead(LineageDirection direction) => direction == LineageDirection.Input ? From : To;

    /// <summary>The end that one leaves who goes in a direction.</summary>
    internal EdgeEnd Behind(LineageDirection direction) => direction == LineageDirection.Input ? To : From;
}
