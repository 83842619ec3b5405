namespace Cartulary.Server.Endpoints.Events;

/// <summary>Counts the streams that are open, in all and for each key, against their limits.</summary>
internal sealed class StreamPlaces(int most, int mostPerKey)
{
    private readonly Lock _turn = new();
    private readonly Dictionary<string, int> _byKey = new(StringComparer.Ordinal);
    private int _open;

    /// <summary>How many streams are open.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Takes a place for a key; why there is none, otherwise.</summary>
    public string? WhyNot(string key)
    {
        lock (_turn)
        {
            var own = _byKey.GetValueOrDefault(key);
            if (own >= mostPerKey)
            {
                return $"{key} has {own} event streams open, which is the most for one key";
            }

            if (_open >= most)
            {
                return "Too many event streams are open; come again later, or read the feed";
            }

            _byKey[key] = own + 1;
            _open++;
            return null;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Leave(string key)
    {
        lock (_turn)
        {
            _open--;
            if (--_byKey[key] == 0)
            {
                _byKey.Remove(key);
            }
        }
    }
}
