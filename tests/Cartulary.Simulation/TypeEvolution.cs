using System.Collections.Immutable;
using Cartulary.Testing;

namespace Cartulary.Simulation;

/// <summary>
/// Types of a catalog as they come to be: a kind of asset, one under it, an enumeration, and a kind that may become a supertype.
/// Knows of each change whether it may be made, and of each asset how it was saved last.
/// </summary>
internal sealed class TypeEvolution(Dice dice)
{
    private const string Lower = "EvoLower";
    private const string Upper = "EvoUpper";
    private static readonly string[] ValueTypes = ["string", "int", "boolean", "EvoColour", "array<EvoColour>"];

    private readonly SortedDictionary<int, Saved> _assets = [];
    private Shape _shape = new(
        [new("first", "EvoColour", IsOptional: false, ""), new("second", "array<EvoColour>", IsOptional: true, "")],
        [new("third", "string", IsOptional: true, "")],
        ["E0", "E1", "E2"],
        HasSupertype: false,
        Names: 3);

    /// <summary>The definitions as they are now.</summary>
    public string Json => _shape.Json;

    /// <summary>Every asset as it was saved last.</summary>
    public IEnumerable<string> Assets => _assets.Values.Select(saved => saved.Json);

    /// <summary>Makes an asset or changes one, with values for all that is mandatory and some of the rest.</summary>
    public string NextAsset()
    {
        var number = dice.Below(6);
        var isLower = _assets.TryGetValue(number, out var had) ? had.IsLower : dice.Flip();
        IEnumerable<Attribute> attributes = isLower ? [.. _shape.Upper, .. _shape.Lower] : _shape.Upper;
        var values = attributes.Where(attribute => !attribute.IsOptional || dice.Flip()).Select(attribute => (attribute, Value: ValueOf(attribute.Type))).ToList();

        // What is not said stays as it was, so every asset says all that it ever had.
        foreach (var (attribute, value) in had?.Values ?? [])
        {
            if (values.TrueForAll(pair => pair.attribute.Name != attribute.Name))
            {
                values.Add((attribute, value));
            }
        }

        var members = string.Concat(values.Select(pair => $",\"{pair.attribute.Name}\":{pair.Value}"));
        var json = $$"""{"typeName":"{{(isLower ? Lower : Upper)}}","attributes":{"qualifiedName":"evo/{{number}}","name":"{{number}}"{{members}} } }""";
        _assets[number] = new Saved(isLower, [.. values], json);
        return json;
    }

    /// <summary>A change, the definitions after it, and whether it may be made.</summary>
    public (TypeEdit Kind, Shape Edited, bool IsAllowed) NextEdit()
    {
        var kind = dice.Pick(Enum.GetValues<TypeEdit>());
        var inLower = dice.Flip();
        var list = inLower ? _shape.Lower : _shape.Upper;
        var attribute = dice.Pick(list);
        var added = new Attribute($"a{_shape.Names}", dice.Pick(ValueTypes), kind == TypeEdit.AddOptional, "");
        var named = _shape with { Names = _shape.Names + 1 };
        return kind switch
        {
            TypeEdit.AddOptional => (kind, With(named, inLower, list.Add(added)), true),
            TypeEdit.AddMandatory => (kind, With(named, inLower, list.Add(added)), false),
            TypeEdit.RemoveAttribute => (kind, With(_shape, inLower, list.Remove(attribute)), false),
            TypeEdit.ChangeAttributeType => (kind, With(_shape, inLower, list.Replace(attribute, attribute with { Type = attribute.Type == "string" ? "int" : "string" })), false),
            TypeEdit.MakeOptional => (kind, With(_shape, inLower, list.Replace(attribute, attribute with { IsOptional = true })), true),
            TypeEdit.MakeMandatory => (kind, With(_shape, inLower, list.Replace(attribute, attribute with { IsOptional = false })), !attribute.IsOptional),
            TypeEdit.AddElement => (kind, named with { Elements = _shape.Elements.Add($"E{_shape.Names}") }, true),
            TypeEdit.RemoveElement => WithoutElement(dice.Pick(_shape.Elements)),
            TypeEdit.AddSupertype => (kind, _shape with { HasSupertype = true }, true),
            TypeEdit.RemoveSupertype => (kind, _shape with { HasSupertype = false }, !_shape.HasSupertype),
            _ => (kind, With(_shape, inLower, list.Replace(attribute, attribute with { Description = $"said {_shape.Names}" })), true),
        };
    }

    /// <summary>Takes note that a change has been made.</summary>
    public void Adopt(Shape shape) => _shape = shape;

    private static Shape With(Shape shape, bool inLower, ImmutableList<Attribute> list) => inLower ? shape with { Lower = list } : shape with { Upper = list };

    private (TypeEdit Kind, Shape Edited, bool IsAllowed) WithoutElement(string element)
    {
        var isUsed = _assets.Values.Any(asset => asset.Values.Any(pair => pair.Value.Contains($"\"{element}\"", StringComparison.Ordinal)));
        return (TypeEdit.RemoveElement, _shape with { Elements = _shape.Elements.Remove(element) }, !isUsed && _shape.Elements.Count > 1);
    }

    private string ValueOf(string type) => type switch
    {
        "int" => $"{dice.Below(3)}",
        "boolean" => dice.Flip() ? "true" : "false",
        "string" => $"\"text {dice.Below(3)}\"",
        "EvoColour" => $"\"{dice.Pick(_shape.Elements)}\"",
        _ => $"[\"{dice.Pick(_shape.Elements)}\"]",
    };

    /// <summary>The definitions at one time.</summary>
    internal sealed record Shape(ImmutableList<Attribute> Upper, ImmutableList<Attribute> Lower, ImmutableList<string> Elements, bool HasSupertype, int Names)
    {
        public string Json =>
            $$$"""
            {"enumDefs":[{"name":"EvoColour","elementDefs":[{{{string.Join(',', Elements.Select(element => $"{{\"value\":\"{element}\"}}"))}}}]}],
             "entityDefs":[
              {"name":"EvoMore","superTypes":["Catalog"],"attributeDefs":[{"name":"evoMore","typeName":"string","isOptional":true}]},
              {"name":"{{{TypeEvolution.Upper}}}","superTypes":["Catalog"{{{(HasSupertype ? ",\"EvoMore\"" : "")}}}],"attributeDefs":[{{{Of(Upper)}}}]},
              {"name":"{{{TypeEvolution.Lower}}}","superTypes":["{{{TypeEvolution.Upper}}}"],"attributeDefs":[{{{Of(Lower)}}}]}]}
            """;

        private static string Of(IEnumerable<Attribute> attributes) => string.Join(
            ',',
            attributes.Select(attribute => $$"""{"name":"{{attribute.Name}}","typeName":"{{attribute.Type}}","isOptional":{{(attribute.IsOptional ? "true" : "false")}},"description":"{{attribute.Description}}"}"""));
    }

    /// <summary>An attribute.</summary>
    internal sealed record Attribute(string Name, string Type, bool IsOptional, string Description);

    private sealed record Saved(bool IsLower, ImmutableArray<(Attribute Attribute, string Value)> Values, string Json);
}
