namespace Cartulary.Core.Ports;

/// <summary>By what a client knows a request again that it may have to send twice. Keys of different principals have nothing to do with each other.</summary>
/// <param name="Key">The key.</param>
/// <param name="Hash">The hash of the whole request; the same key with another hash is another request.</param>
/// <param name="IsStrict">Whether another request with the same key is refused; otherwise it is saved as if it had none.</param>
/// <param name="NotBefore">Answers given before this time, epoch milliseconds, are forgotten.</param>
public sealed record RequestKey(string Key, UInt128 Hash, bool IsStrict, long NotBefore);
