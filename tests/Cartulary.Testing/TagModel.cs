using Cartulary.Core.Types;

namespace Cartulary.Testing;

/// <summary>Tags for tests.</summary>
public static class TagModel
{
    /// <summary>Pii with a level, Email below it, Secret, and OnlyTables, which other assets may not have.</summary>
    public static TypesDef Types { get; } = new()
    {
        ClassificationDefs =
        [
            new ClassificationDef
            {
                Name = "Pii",
                DisplayName = "Personal data",
                AttributeDefs = [new AttributeDef { Name = "level", TypeName = "int", IsOptional = true }],
            },
            new ClassificationDef { Name = "Email", SuperTypes = ["Pii"] },
            new ClassificationDef { Name = "Secret" },
            new ClassificationDef { Name = "OnlyTables", EntityTypes = ["Table"] },
        ],
    };
}
