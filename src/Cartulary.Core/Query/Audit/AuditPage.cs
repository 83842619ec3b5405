using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query.Audit;

/// <summary>What a search of the audit found.</summary>
/// <param name="Rows">The page.</param>
/// <param name="Total">How many entries match, over all pages.</param>
/// <param name="IsExact">Whether all were counted; otherwise there are at least so many, and the search stopped at its limit.</param>
/// <param name="Aggregations">Counts that were asked for; exact.</param>
/// <param name="Registry">The types.</param>
public sealed record AuditPage(
    ImmutableArray<AuditRow> Rows, long Total, bool IsExact, ImmutableArray<SearchAggregate.Buckets> Aggregations, TypeRegistry Registry);

/// <summary>An entry with all that is told of it.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Detail">What was changed, as UTF-8 JSON: an object with a typeName.</param>
/// <param name="PreviousDetail">What was there before, in the same form; empty where nothing was.</param>
/// <param name="Headers">The headers of the request.</param>
/// <param name="Present">The asset as it is now; null when it is purged.</param>
public sealed record AuditRow(
    AuditEntry Entry,
    ReadOnlyMemory<byte> Detail,
    ReadOnlyMemory<byte> PreviousDetail,
    ImmutableSortedDictionary<string, string> Headers,
    StoredAsset? Present);
