namespace Cartulary.Delivery.Secrets;

/// <summary>A text that must not be seen: it prints as <c>***</c> and has no member that a serializer could read.</summary>
/// <param name="text">The text.</param>
public sealed class Secret(string text) : IEquatable<Secret>
{
    /// <summary>The text, for those who sign or send with it.</summary>
    public string Reveal() => text;

    /// <inheritdoc/>
    public bool Equals(Secret? other) => other is not null && string.Equals(text, other.Reveal(), StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Secret);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(text);

    /// <inheritdoc/>
    public override string ToString() => "***";
}
