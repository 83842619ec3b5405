using System.Text.Json;

namespace Cartulary.Core.Types;

/// <summary>The types every catalog starts with, embedded as typedef JSON.</summary>
public static class BuiltInModel
{
    private const string Prefix = "Cartulary.Core.Types.Model.";

    /// <summary>Reads the built-in definitions, files in name order.</summary>
    public static TypesDef Load()
    {
        var assembly = typeof(BuiltInModel).Assembly;
        var merged = new TypesDef();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var part = JsonSerializer.Deserialize(stream, TypeDefJson.Default.TypesDef)
                ?? throw new JsonException($"The model file {name} is empty.");
            merged = merged with
            {
                EnumDefs = merged.EnumDefs.AddRange(part.EnumDefs),
                StructDefs = merged.StructDefs.AddRange(part.StructDefs),
                ClassificationDefs = merged.ClassificationDefs.AddRange(part.ClassificationDefs),
                EntityDefs = merged.EntityDefs.AddRange(part.EntityDefs),
                RelationshipDefs = merged.RelationshipDefs.AddRange(part.RelationshipDefs),
                BusinessMetadataDefs = merged.BusinessMetadataDefs.AddRange(part.BusinessMetadataDefs),
            };
        }

        return merged;
    }
}
