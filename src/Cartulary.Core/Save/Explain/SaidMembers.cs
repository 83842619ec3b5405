using System.Collections.Immutable;
using Cartulary.Core.Save.Derive.Rules;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Explain;

/// <summary>What a listing says, member by member, so that some of it can be left out.</summary>
/// <param name="listing">The listing.</param>
/// <param name="type">The type of its asset; null when it is not known.</param>
/// <param name="registry">All types.</param>
internal sealed class SaidMembers(RequestAsset listing, EntityType? type, TypeRegistry registry)
{
    private static readonly ImmutableArray<string> Wholes =
        [".classifications", ".addOrUpdateClassifications", ".removeClassifications", ".businessAttributes", ".labels", ".customAttributes"];

    /// <summary>The listing without the members at some places, such as <c>.attributes.order</c>; null when the rest cannot be judged without them.</summary>
    public RequestAsset? Without(IEnumerable<string> places)
    {
        var members = new HashSet<string>(StringComparer.Ordinal);
        foreach (var place in places)
        {
            if (MemberAt(place) is not { } member)
            {
                return null;
            }

            members.Add(member);
        }

        return listing with
        {
            Classifications = members.Contains(Wholes[0]) ? null : listing.Classifications,
            PutClassifications = members.Contains(Wholes[1]) ? null : listing.PutClassifications,
            DroppedClassifications = members.Contains(Wholes[2]) ? null : listing.DroppedClassifications,
            BusinessAttributes = members.Contains(Wholes[3]) ? null : listing.BusinessAttributes,
            Labels = members.Contains(Wholes[4]) ? null : listing.Labels,
            CustomAttributes = members.Contains(Wholes[5]) ? null : listing.CustomAttributes,
            Attributes = Rest(listing.Attributes, ".attributes"),
            Relationships = Rest(listing.Relationships, ".relationshipAttributes"),
            AppendedRelationships = Rest(listing.AppendedRelationships, ".appendRelationshipAttributes"),
            RemovedRelationships = Rest(listing.RemovedRelationships, ".removeRelationshipAttributes"),
        };

        ImmutableArray<RequestField> Rest(ImmutableArray<RequestField> fields, string section) =>
            [.. fields.Where(field => !members.Contains($"{section}.{field.Name}"))];
    }

    private string? MemberAt(string place) =>
        Wholes.FirstOrDefault(whole => ProblemPlace.IsIn(place, whole))
        ?? MemberAt(listing.Attributes, ".attributes", place)
        ?? MemberAt(listing.Relationships, ".relationshipAttributes", place)
        ?? MemberAt(listing.AppendedRelationships, ".appendRelationshipAttributes", place)
        ?? MemberAt(listing.RemovedRelationships, ".removeRelationshipAttributes", place);

    private string? MemberAt(ImmutableArray<RequestField> fields, string section, string place) => fields
        .Where(field => ProblemPlace.IsIn(place, $"{section}.{field.Name}") && !MuchHangsOn(field.Name))
        .Select(field => $"{section}.{field.Name}")
        .MaxBy(member => member.Length);

    /// <summary>Whether without the member something else would be missed, or mean something else.</summary>
    private bool MuchHangsOn(string name)
    {
        if (type is null)
        {
            return true;
        }

        var rules = RuleBook.For(type);
        return type.Attribute(name) is { } attribute
            ? attribute.Definition.IsUnique || !attribute.Definition.IsOptional || rules.Weighed.Contains(name)
            : type.EndsNamed(name).Any(end => end.IsMandatory || IsRuled(rules, end) || IsRuled(RuleBook.For(registry.FindEntity(end.OtherTypeName)!), end.Inverse));
    }

    private static bool IsRuled(TypeRuleSet rules, EndAttribute end) => rules.Ends.Contains(end.Name) || rules.Lists.Contains(end.Name);
}
