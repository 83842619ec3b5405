using System.Security.Cryptography;
using Cartulary.Core.Save;

namespace Cartulary.Server.Hosting;

/// <summary>The ids of a running server: guids by the clock, names by chance.</summary>
internal sealed class RandomIds(TimeProvider clock) : IIdSource
{
    private const string LettersAndDigits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <inheritdoc/>
    public Guid NewGuid() => Guid.CreateVersion7(clock.GetUtcNow());

    /// <inheritdoc/>
    public string NewName() => RandomNumberGenerator.GetString(LettersAndDigits, 21);

    /// <summary>A new secret that cannot be guessed: 43 letters and digits, some 256 bits, after a mark by which scanners know it.</summary>
    public static string NewSecret() => "ctl_" + RandomNumberGenerator.GetString(LettersAndDigits, 43);
}
