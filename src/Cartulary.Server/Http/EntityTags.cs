using System.Globalization;
using Cartulary.Core.Save.Read;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Cartulary.Server.Http;

/// <summary>Entity tags (RFC 9110, 8.8.3): an asset's tag is its version in quotes.</summary>
internal static class EntityTags
{
    /// <summary>The tag of a version.</summary>
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>
    /// Reads the value of <c>If-Match</c>. Weak tags, and tags that are no version of ours, match nothing; false when the
    /// value is no list of tags.
    /// </summary>
    public static bool TryReadVersions(StringValues header, out VersionCondition condition)
    {
        condition = new VersionCondition([], AnyPresent: false);
        if (!EntityTagHeaderValue.TryParseStrictList(header, out var tags) || tags.Count == 0)
        {
            return false;
        }

        var any = tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any));
        condition = new VersionCondition([.. tags.Where(tag => !tag.IsWeak).Select(VersionOf).OfType<long>()], any);
        return !any || tags.Count == 1;
    }

    /// <summary>Whether the value of <c>If-None-Match</c> names a version, compared weakly; a value that is no list of tags names none.</summary>
    public static bool Names(StringValues header, long version) =>
        EntityTagHeaderValue.TryParseStrictList(header, out var tags)
        && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || VersionOf(tag) == version);

    private static long? VersionOf(EntityTagHeaderValue tag) =>
        long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 ? version : null;
}
