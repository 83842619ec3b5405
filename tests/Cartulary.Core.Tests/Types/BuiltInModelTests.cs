using System.Text;
using Cartulary.Core.Types;

namespace Cartulary.Core.Tests.Types;

public sealed class BuiltInModelTests
{
    private static readonly TypesDef Model = BuiltInModel.Load();

    /// <summary>Relationships in Tableau share these names, as with Atlan; the type of the partner tells them apart, or a reference that names the relationship.</summary>
    private static readonly string[] SharedEnds = ["TableauDatasource.fields", "TableauProject.metrics", "Asset.metrics"];

    private static readonly TypeRegistry Registry = TypeRegistryBuilder.Build(1, TypeInstaller.Plan([], Model, "test", 0, () => Guid.Empty));

    [Fact]
    public void A_composition_has_one_owner_whose_parts_have_no_other()
    {
        foreach (var definition in Model.RelationshipDefs.Where(definition => definition.RelationshipCategory == RelationshipCategory.Composition))
        {
            (definition.EndDef1.IsContainer ^ definition.EndDef2.IsContainer).ShouldBeTrue(definition.Name);
            (definition.EndDef1.IsContainer ? definition.EndDef2 : definition.EndDef1).Cardinality.ShouldBe(Cardinality.Single, definition.Name);
        }
    }

    [Fact]
    public void No_two_definitions_have_one_name_whatever_their_category() => Model.All().Select(definition => definition.Name).ShouldBeUnique();

    [Fact]
    public void Every_area_is_there()
    {
        string[] expected = ["TableauWorkbook", "PowerBIReport", "LookerDashboard", "DbtModel", "DbtTest", "DbtSeed", "S3Object", "GCSObject", "AirflowTask", "SchemaRegistrySubject", "APIPath", "DataProduct", "Persona", "FlowControlOperation", "AIModel"];

        expected.Where(name => Registry.FindEntity(name) is null).ShouldBeEmpty();
        Registry.FindEntity("DataSet")!.Is("Catalog").ShouldBeTrue("types of Apache Atlas's users stand under it and are inputs of processes");
    }

    [Fact]
    public void A_set_is_an_array_and_an_array_of_values_is_a_set()
    {
        foreach (var attribute in Model.All().SelectMany(definition => definition.OwnAttributes))
        {
            var isArray = attribute.TypeName.StartsWith("array<", StringComparison.Ordinal);
            (attribute.Cardinality == Cardinality.Single).ShouldBe(!isArray, attribute.Name);
        }
    }

    [Fact]
    public void An_aggregation_has_one_container_and_an_association_has_none()
    {
        foreach (var definition in Model.RelationshipDefs)
        {
            var containers = (definition.EndDef1.IsContainer ? 1 : 0) + (definition.EndDef2.IsContainer ? 1 : 0);
            containers.ShouldBe(definition.RelationshipCategory == RelationshipCategory.Association ? 0 : 1, definition.Name);
        }
    }

    [Fact]
    public void Names_are_told_apart_within_a_type()
    {
        foreach (var type in Registry.Entities)
        {
            var declared = type.SuperTypeNames.Append(type.Name).SelectMany(name => ((EntityDef)Registry.FindDefinition(name)!.Definition).AttributeDefs.Select(attribute => attribute.Name));
            declared.ShouldBeUnique(type.Name);
            type.Ends.Where(end => type.Attribute(end.Name) is not null).ShouldBeEmpty(type.Name);
            type.Ends.GroupBy(end => end.Name).Where(group => group.Count() > 1).SelectMany(group => group).Select(end => end.ToString()).ShouldBeSubsetOf(SharedEnds, type.Name);
        }
    }

    [Fact]
    public void Everything_can_be_found_by_its_qualifiedName_first_and_a_server_by_its_full_name()
    {
        Registry.FindEntity("AtlasServer")!.UniqueAttributes.ShouldHaveSingleItem().Name.ShouldBe("fullName");
        foreach (var type in Registry.Entities.Where(type => type.Name != "AtlasServer"))
        {
            type.UniqueAttributes[0].Name.ShouldBe("qualifiedName");
            type.MandatoryAttributes.ShouldContain(type.UniqueAttributes[0]);
        }
    }

    [Fact]
    public void Companions_exist_and_are_of_the_kind_that_is_stamped()
    {
        foreach (var type in Registry.Entities)
        {
            type.Attributes.SelectMany(attribute => attribute.UserCompanions).Where(name => type.Attribute(name)?.Type.Name != "string").ShouldBeEmpty(type.Name);
            type.Attributes.SelectMany(attribute => attribute.TimestampCompanions).Where(name => type.Attribute(name)?.Type.Name != "date").ShouldBeEmpty(type.Name);
        }
    }

    [Fact]
    public void Every_definition_is_read_back_from_its_JSON_as_itself()
    {
        foreach (var definition in Model.All())
        {
            var json = TypeDefJson.Serialize(definition);

            Encoding.UTF8.GetString(TypeDefJson.Serialize(TypeDefJson.Deserialize(definition.Category, json))).ShouldBe(Encoding.UTF8.GetString(json));
        }
    }

    [Fact]
    public void Every_name_is_found_in_the_name_table_and_no_other_is()
    {
        foreach (var name in Registry.Entities.Select(type => type.Name).Concat(Registry.Entities.SelectMany(type => type.Attributes.Select(attribute => attribute.Name))))
        {
            Registry.Names.Find(Encoding.UTF8.GetBytes(name)).ShouldBe(name);
            Registry.Names.Find(Encoding.UTF8.GetBytes($"{name}~")).ShouldBeNull();
        }
    }
}
