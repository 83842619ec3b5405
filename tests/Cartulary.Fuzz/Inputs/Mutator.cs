namespace Cartulary.Fuzz.Inputs;

/// <summary>Spoils inputs a little, as JSON and as bytes. The same seed spoils in the same way.</summary>
internal sealed class Mutator(int seed)
{
    private const int LongestInput = 6 * 1024;
    private readonly Random _random = new(seed);

    /// <summary>An input that was one of those given.</summary>
    public FuzzInput Spoil(IReadOnlyList<FuzzInput> known)
    {
        var chosen = known[_random.Next(known.Count)];
        var bytes = chosen.Bytes;
        for (var left = 1 + _random.Next(4); left > 0; left--)
        {
            bytes = chosen.IsJson && _random.Next(4) > 0 && JsonTree.Parse(bytes) is { } tree
                ? SpoilTree(tree, known)
                : SpoilBytes(bytes, chosen.IsJson ? Words.Bytes : chosen.Door == FuzzInput.Header ? Words.HeaderPieces : Words.QueryPieces);
        }

        return bytes.Length > LongestInput ? chosen : chosen with { Bytes = bytes };
    }

    private byte[] SpoilTree(JsonTree tree, IReadOnlyList<FuzzInput> known)
    {
        var all = tree.All().ToList();
        var (part, holder) = all[_random.Next(all.Count)];
        switch (_random.Next(9))
        {
            case 0 or 1:
                part.Become(new JsonTree { Spelling = Pick(Words.Values) });
                break;
            case 2:
                holder?.Parts!.Remove(part);
                break;
            case 3:
                holder?.Parts!.Insert(_random.Next(holder.Parts.Count + 1), part.Copy());
                break;
            case 4 when part.Key is not null:
                part.Key = Pick(Words.Keys);
                break;
            case 5:
                var inner = part.Copy();
                inner.Key = _random.Next(2) == 0 ? null : Pick(Words.Keys);
                part.Become(new JsonTree { IsObject = inner.Key is not null, Parts = [inner] });
                break;
            case 6:
                var other = all[_random.Next(all.Count)].Part.Copy();
                part.Become(other);
                break;
            case 7 when part.Parts is not null:
                part.Parts.Insert(_random.Next(part.Parts.Count + 1), new JsonTree { Key = part.IsObject ? Pick(Words.Keys) : null, Spelling = Pick(Words.Values) });
                break;
            default:
                Splice(part, known);
                break;
        }

        return tree.Write();
    }

    /// <summary>Puts a part of another input in the place of one.</summary>
    private void Splice(JsonTree part, IReadOnlyList<FuzzInput> known)
    {
        var donor = known[_random.Next(known.Count)];
        if (donor.IsJson && JsonTree.Parse(donor.Bytes) is { } tree)
        {
            var parts = tree.All().ToList();
            part.Become(parts[_random.Next(parts.Count)].Part);
        }
    }

    private byte[] SpoilBytes(byte[] bytes, byte[][] pieces)
    {
        var at = _random.Next(bytes.Length + 1);
        var length = Math.Min(1 + _random.Next(_random.Next(3) == 0 ? 64 : 4), bytes.Length - at);
        return _random.Next(6) switch
        {
            0 => [.. bytes[..at], .. bytes[(at + length)..]],
            1 => [.. bytes[..at], .. bytes[at..(at + length)], .. bytes[at..]],
            2 => [.. bytes[..at], .. Pick(pieces), .. bytes[at..]],
            3 => [.. bytes[..at], .. Pick(pieces), .. bytes[(at + length)..]],
            4 when at < bytes.Length => [.. bytes[..at], (byte)(bytes[at] ^ (1 << _random.Next(8))), .. bytes[(at + 1)..]],
            _ when _random.Next(4) == 0 => bytes[..at],
            _ => [.. bytes[..at], (byte)_random.Next(256), .. bytes[at..]],
        };
    }

    private byte[] Pick(byte[][] choices) => choices[_random.Next(choices.Length)];
}
