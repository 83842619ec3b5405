namespace Cartulary.Core.Save.Explain;

/// <summary>Where problems lie, as their paths say it.</summary>
internal static class ProblemPlace
{
    /// <summary>Whether a path leads to a place or into it; everything lies in the empty place, which is the request.</summary>
    public static bool IsIn(string path, string place) =>
        path.StartsWith(place, StringComparison.Ordinal) && (place.Length == 0 || path.Length == place.Length || path[place.Length] is '.' or '[');
}
