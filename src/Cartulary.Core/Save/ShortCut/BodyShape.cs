namespace Cartulary.Core.Save.ShortCut;

/// <summary>How a body lists its assets.</summary>
public enum BodyShape
{
    /// <summary><c>{"entities":[…]}</c>.</summary>
    Bulk,

    /// <summary><c>{"entity":{…}}</c>.</summary>
    Single,
}
