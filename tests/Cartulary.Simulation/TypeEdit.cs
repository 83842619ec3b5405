namespace Cartulary.Simulation;

/// <summary>Kinds of changes of types.</summary>
internal enum TypeEdit
{
    AddOptional,
    AddMandatory,
    RemoveAttribute,
    ChangeAttributeType,
    MakeOptional,
    MakeMandatory,
    AddElement,
    RemoveElement,
    AddSupertype,
    RemoveSupertype,
    Describe,
}
