namespace Cartulary.Server.Auth;

/// <summary>Who asks: the holder of a key.</summary>
/// <param name="Name">The key's name, which saves and events show as the actor.</param>
/// <param name="Role">What the holder may do.</param>
internal sealed record Principal(string Name, KeyRole Role);
