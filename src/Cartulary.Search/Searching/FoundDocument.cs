using Lucene.Net.Util;

namespace Cartulary.Search.Searching;

/// <summary>A document among the first of an order.</summary>
/// <param name="Document">Its number in the searched state.</param>
/// <param name="Score">Its score.</param>
/// <param name="Values">Its values for the keys of the order; null for the score and for missing ones.</param>
/// <param name="Guid">Its guid.</param>
internal sealed record FoundDocument(int Document, float Score, BytesRef?[] Values, BytesRef Guid);
