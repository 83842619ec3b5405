using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Save.ShortCut;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Resolve;

/// <summary>
/// First stage: turns every name in a request into an asset, in a constant number of reads whatever the size of the request.
/// </summary>
internal sealed class Resolver(PlanningScope scope)
{
    private readonly AssetPool _pool = new(scope);
    private readonly List<Listing> _listed = [];
    private readonly List<ListedReference> _references = [];
    private readonly List<ListedReference> _late = [];

    /// <summary>
    /// The resolved request. When problems were reported it is not to be carried out, has no stored edges, and serves to find
    /// what else is wrong.
    /// </summary>
    public async ValueTask<ResolvedBatch> ResolveAsync(SaveRequest request, CancellationToken cancellationToken)
    {
        ListAll(request);
        var targets = await FindTargetsAsync(request, cancellationToken);
        var guids = await scope.FindByGuidAsync(GuidsAskedFor(request), cancellationToken);
        var found = await scope.FindByKeyAsync(KeysAskedFor(), cancellationToken);
        var matches = found.ToLookup(match => match.Key);
        await _pool.LoadAsync(
            [.. guids.Values, .. found.Select(match => match.Asset), .. targets.Values.OfType<AssetId>(), .. request.Members], cancellationToken);

        var identities = new IdentityResolver(scope, _pool, guids, matches);
        var assets = ResolveListed(request, identities, targets);
        identities.CheckNames();
        if (_late.Count > 0)
        {
            matches = await FindLateAsync(found, matches, cancellationToken);
        }

        var calls = new EdgeCallResolver(scope, _pool);
        var statements = request.Edge is { } call
            ? await calls.ResolveAsync(call, cancellationToken)
            : new ReferenceResolver(scope, identities, matches).Resolve(_references, Subjects());
        MarkReads(assets, statements);
        Tell(scope.Verdicts);
        var named = Named(request, guids, targets).ToList();
        var tagged = Tagged(request, guids, targets);
        scope.Listings = new Listings(scope.Registry, _listed, _references, statements, [.. tagged.Select(found => found.Call)]);
        CheckVersions(request, request.Kind == RequestKind.Tags ? [.. tagged.Select(call => call.Asset)] : named);
        var edges = new EdgeBook(scope.Registry);
        ImmutableArray<StatusStep> archived = [];
        ImmutableArray<StatusStep> restored = [];
        if (!scope.HasProblems)
        {
            await LoadEdgesAsync(edges, statements, cancellationToken);
            calls.CheckNew(edges, statements);
            var statusSteps = new StatusSteps(scope, _pool, edges);
            if (request.Kind == RequestKind.Delete)
            {
                archived = await statusSteps.DeleteAsync(named, request.Deletion, cancellationToken);
            }

            restored = await statusSteps.RestoreAsync(
                request.Kind == RequestKind.Restore ? named : [.. RestoredIn(assets)], cancellationToken);
        }

        return new ResolvedBatch
        {
            Kind = request.Kind,
            Assets = assets,
            Pool = _pool,
            EdgeStatements = statements,
            Edges = edges,
            Manner = request.Manner,
            TagCalls = tagged,
            Archived = archived,
            Restored = restored,
            KeyMatches = matches,
            Job = request.Job,
            GuidAssignments = request.Edge is null ? identities.Assignments : calls.Assignments,
        };
    }

    private void ListAll(SaveRequest request)
    {
        foreach (var asset in request.Assets)
        {
            List(asset);
        }
    }

    private void List(RequestAsset request)
    {
        if (scope.Registry.FindEntity(request.TypeName) is not { } type)
        {
            scope.Unresolved.Add(request);
            if (request.TypeName.Length == 0)
            {
                // The reader has said so.
                return;
            }

            scope.Report(ErrorCodes.UnknownType, $"{request.Path}.typeName", $"Type ENTITY with name {request.TypeName} does not exist", request.Guid?.Text);
            return;
        }

        var statement = new StatementReader(scope, request, type);
        var said = statement.Statement();
        scope.UnknownNames += said.Unknown.Length;
        _listed.Add(new Listing(request, type, statement.UniqueKeys(), said));
        _references.AddRange(statement.References());
    }

    /// <summary>The assets that the request names by unique attribute, in its address or to delete or restore them.</summary>
    private async ValueTask<Dictionary<AssetSelector, AssetId?>> FindTargetsAsync(SaveRequest request, CancellationToken cancellationToken)
    {
        var targets = new Dictionary<AssetSelector, AssetId?>();
        var asked = new List<(AssetSelector.ByUniqueAttribute Selector, AssetKey Key, EntityType Type)>();
        foreach (var selector in TargetsOf(request).OfType<AssetSelector.ByUniqueAttribute>().Distinct())
        {
            if (SelectorResolver.KeyOf(scope.Registry, selector, out var type, out var problem) is { } key)
            {
                asked.Add((selector, key, type!));
            }
            else
            {
                scope.Report(problem!);
            }
        }

        var matches = (await scope.FindByKeyAsync(asked.Select(one => one.Key).ToHashSet(), cancellationToken)).ToLookup(match => match.Key);
        foreach (var (selector, key, type) in asked)
        {
            var (found, missing) = SelectorResolver.Choose(matches[key], type, selector);
            targets[selector] = found;
            if (missing is not null && !(request.PassesOverUnknownNames && missing.Code == ErrorCodes.NotFoundByAttribute))
            {
                scope.Report(missing);
            }
        }

        return targets;
    }

    private HashSet<Guid> GuidsAskedFor(SaveRequest request) =>
    [
        .. _listed.Select(listed => listed.Request.Guid?.Real).OfType<Guid>(),
        .. GuidsIn(_references),
        .. TargetsOf(request).OfType<AssetSelector.ByGuid>().Select(selector => selector.Guid),
    ];

    private HashSet<AssetKey> KeysAskedFor() =>
    [
        .. _listed.SelectMany(listed => listed.Keys),
        .. KeysIn(_references),
    ];

    private static IEnumerable<Guid> GuidsIn(IEnumerable<ListedReference> references) => references.Select(reference => reference.Reference.Guid?.Real).OfType<Guid>();

    private static IEnumerable<AssetKey> KeysIn(IEnumerable<ListedReference> references) => references.Select(reference => reference.Key).OfType<AssetKey>();

    /// <summary>Finds the assets of references that were understood only when the type of their owner was known.</summary>
    private async ValueTask<ILookup<AssetKey, KeyMatch>> FindLateAsync(
        ImmutableArray<KeyMatch> found, ILookup<AssetKey, KeyMatch> matches, CancellationToken cancellationToken)
    {
        var guids = await scope.FindByGuidAsync([.. GuidsIn(_late).Distinct()], cancellationToken);
        var more = await scope.FindByKeyAsync([.. KeysIn(_late).Where(key => !matches.Contains(key)).Distinct()], cancellationToken);
        await _pool.LoadAsync([.. guids.Values, .. more.Select(match => match.Asset)], cancellationToken);
        _references.AddRange(_late);
        return found.Concat(more).ToLookup(match => match.Key);
    }

    private ImmutableArray<ResolvedAsset> ResolveListed(
        SaveRequest request, IdentityResolver identities, Dictionary<AssetSelector, AssetId?> targets)
    {
        var statements = new Dictionary<BatchAsset, List<AssetStatement>>();
        var order = new List<BatchAsset>();
        foreach (var listed in _listed)
        {
            var source = listed.Request;
            if (request.Target is { } target && ReferenceEquals(source, request.Assets[0]))
            {
                if (TargetOf(target, targets) is not { } existing)
                {
                    scope.Unresolved.Add(listed.Request, listed.Keys);
                    continue;
                }

                source = Addressed(source, existing, identities);
            }

            if (identities.Resolve(source, listed.Type, listed.Keys) is not { } asset)
            {
                scope.Unresolved.Add(listed.Request, listed.Keys);
                continue;
            }

            if (!statements.TryGetValue(asset, out var own))
            {
                asset.Order = order.Count;
                asset.RequestGuid = listed.Request.Guid?.Text;
                order.Add(asset);
                statements.Add(asset, own = []);
            }

            own.Add(Completed(listed, asset.Type));
            listed.Asset = asset;
        }

        return [.. order.Select(asset => new ResolvedAsset(asset, [.. statements[asset]]))];
    }

    /// <summary>The statement of a listing under a supertype, with what only the asset's own type has.</summary>
    private AssetStatement Completed(Listing listed, EntityType type)
    {
        var statement = listed.Statement;
        if (listed.Type == type || statement.Unknown.IsEmpty)
        {
            return statement;
        }

        var reader = new StatementReader(scope, listed.Request.Only(statement.Unknown), type);
        var rest = reader.Statement();
        _late.AddRange(reader.References().Select(reference => reference with { Owner = listed.Request }));
        scope.UnknownNames += rest.Unknown.Length - statement.Unknown.Length;
        return statement with
        {
            Attributes = statement.Attributes.AddRange(rest.Attributes),
            GivenEnds = statement.GivenEnds.AddRange(rest.GivenEnds),
            Unknown = rest.Unknown,
        };
    }

    /// <summary>The address says which asset is meant, whatever guid the body gives; a local guid stands for that asset.</summary>
    private static RequestAsset Addressed(RequestAsset source, BatchAsset target, IdentityResolver identities)
    {
        if (source.Guid is { Real: null } local)
        {
            identities.Assign(local, target);
        }

        return source with { Guid = RequestGuid.From(target.Guid) };
    }

    private BatchAsset? TargetOf(AssetSelector target, Dictionary<AssetSelector, AssetId?> targets)
    {
        if (target is AssetSelector.ByGuid byGuid)
        {
            var found = _pool.Find(byGuid.Guid);
            if (found is null)
            {
                scope.Report(SelectorResolver.NotFound(byGuid.Guid));
            }

            return found;
        }

        return targets.GetValueOrDefault(target) is { } id ? _pool.Find(id) : null;
    }

    /// <summary>The assets that the listings mean, by the listings' paths; those without one had a problem.</summary>
    private Dictionary<string, BatchAsset> Subjects() =>
        _listed.Where(listed => listed.Asset is not null).ToDictionary(listed => listed.Request.Path, listed => listed.Asset!, StringComparer.Ordinal);

    private void Tell(VerdictSink? verdicts)
    {
        if (verdicts is null)
        {
            return;
        }

        foreach (var listed in _listed)
        {
            verdicts.Lists(listed.Request, listed.Asset, listed.Keys);
        }

        foreach (var reference in _references)
        {
            verdicts.Refers(reference);
        }
    }

    /// <summary>What is listed may not change in between; what is only linked may, except for its name and status.</summary>
    private void MarkReads(ImmutableArray<ResolvedAsset> assets, ImmutableArray<EdgeStatement> statements)
    {
        foreach (var asset in assets.Select(resolved => resolved.Asset).Where(asset => !asset.IsNew))
        {
            scope.RelyOn(ConflictMarks.State(asset.Guid));
            scope.RelyOn(ConflictMarks.Life(asset.Guid));
            scope.RelyOn(ConflictMarks.Name(asset.Guid));
        }

        foreach (var target in statements.SelectMany(statement => statement.Targets).Where(target => !target.Asset.IsNew))
        {
            scope.RelyOn(ConflictMarks.Life(target.Asset.Guid));
            scope.RelyOn(ConflictMarks.Name(target.Asset.Guid));
        }
    }

    private void CheckVersions(SaveRequest request, List<BatchAsset> named)
    {
        var checks = new VersionChecks(scope);
        foreach (var listed in _listed.Where(listed => listed.Asset is not null))
        {
            checks.Check(listed.Request, listed.Asset!);
        }

        if (request.IfMatch is { } condition && !scope.HasProblems)
        {
            checks.Check(condition, _listed.Count == 0 ? named.FirstOrDefault() : _listed[0].Asset, "If-Match", requestGuid: null);
        }
    }

    private async ValueTask LoadEdgesAsync(EdgeBook edges, ImmutableArray<EdgeStatement> statements, CancellationToken cancellationToken)
    {
        var ends = new Dictionary<EndKey, Guid>();
        var pairs = new Dictionary<EdgeKey, (Guid, Guid)>();
        foreach (var statement in statements)
        {
            var wholeEnd = statement.Mode == EdgeMode.Replace || !statement.End.IsMany;
            if (wholeEnd)
            {
                EdgeQueries.AddEnd(ends, statement.Subject, statement.End);
            }

            foreach (var target in statement.Targets.Select(target => target.Asset))
            {
                if (!statement.End.Inverse.IsMany)
                {
                    EdgeQueries.AddEnd(ends, target, statement.End.Inverse);
                }
                else if (!wholeEnd)
                {
                    EdgeQueries.AddPair(pairs, statement.Subject, statement.End, target);
                }
            }
        }

        edges.Add(await scope.EdgesAtAsync(ends, cancellationToken));
        edges.Add(await scope.EdgesBetweenAsync(pairs, cancellationToken));
    }

    /// <summary>The assets that calls about tags are about; each must exist.</summary>
    private ImmutableArray<(BatchAsset Asset, TagCall Call)> Tagged(
        SaveRequest request, IReadOnlyDictionary<Guid, AssetId> guids, Dictionary<AssetSelector, AssetId?> targets)
    {
        var tagged = ImmutableArray.CreateBuilder<(BatchAsset, TagCall)>(request.TagCalls.Length);
        foreach (var call in request.TagCalls)
        {
            var id = call.Target is AssetSelector.ByGuid byGuid
                ? guids.TryGetValue(byGuid.Guid, out var found) ? found : (AssetId?)null
                : targets.GetValueOrDefault(call.Target);
            if (id is { } known && _pool.Find(known) is { } asset)
            {
                asset.Order ??= tagged.Count;
                scope.RelyOn(ConflictMarks.State(asset.Guid));
                scope.RelyOn(ConflictMarks.Life(asset.Guid));
                scope.RelyOn(ConflictMarks.Name(asset.Guid));
                tagged.Add((asset, call));
            }
            else if (call.Target is AssetSelector.ByGuid { Guid: var missing })
            {
                scope.Report(SelectorResolver.NotFound(missing));
            }
        }

        return tagged.ToImmutable();
    }

    /// <summary>The assets that a request names beside those that it lists.</summary>
    private static IEnumerable<AssetSelector> TargetsOf(SaveRequest request) =>
        request.Named.Concat(request.Target is { } target ? [target] : []).Concat(request.TagCalls.Select(call => call.Target));

    private IEnumerable<BatchAsset> Named(
        SaveRequest request, IReadOnlyDictionary<Guid, AssetId> guids, Dictionary<AssetSelector, AssetId?> targets)
    {
        var order = 0;
        foreach (var member in request.Members)
        {
            if (_pool.Find(member) is { } asset)
            {
                asset.Order ??= order++;
                yield return asset;
            }
        }

        foreach (var selector in request.Named)
        {
            var id = selector is AssetSelector.ByGuid byGuid
                ? guids.TryGetValue(byGuid.Guid, out var found) ? found : (AssetId?)null
                : targets.GetValueOrDefault(selector);
            if (id is { } known && _pool.Find(known) is { } asset)
            {
                asset.Order ??= order++;
                yield return asset;
            }
        }
    }

    private static IEnumerable<BatchAsset> RestoredIn(ImmutableArray<ResolvedAsset> assets) =>
        assets.Where(resolved => resolved.Statements.Any(statement => statement.Request.Restores))
            .Select(resolved => resolved.Asset)
            .Where(asset => asset.StatusBefore == AssetStatus.Deleted);
}
