using System.Collections.Immutable;
using Cartulary.Core.Types;
using Cartulary.Testing;

namespace Cartulary.Simulation;

/// <summary>Writes payloads that say an asset is as specified, in one of the many ways that mean the same.</summary>
internal sealed class Payload(Stage stage, Dice dice)
{
    /// <summary>The asset, with nothing said of what it does not have.</summary>
    public string Creation(AssetSpec spec) => Entity(spec, $"\"-{spec.Name}\"", new Members(this, spec).Given());

    /// <summary>The asset as the whole truth: what it does not have is cleared.</summary>
    public string Whole(AssetSpec spec, Guid guid)
    {
        var members = new Members(this, spec).Given();
        members.ClearAll();
        return Entity(spec, $"\"{guid}\"", members);
    }

    /// <summary>The asset as it is, some of it left out, some emptiness spelled out.</summary>
    /// <param name="spec">The asset.</param>
    /// <param name="identity">How the payload names it; null when something else does.</param>
    /// <param name="isPartial">Whether mandatory attributes may be left out.</param>
    public string Restatement(AssetSpec spec, string? identity, bool isPartial)
    {
        var members = new Members(this, spec).Restated(isPartial);
        return Entity(spec, identity, members);
    }

    private string Entity(AssetSpec spec, string? guid, Members members)
    {
        var entity = new List<KeyValuePair<string, string>>
        {
            new("typeName", RandomSpelling.Text(spec.Type.Name, dice)),
            new("attributes", RandomSpelling.Object(members.Attributes, dice)),
        };
        Add("guid", guid);
        Add("relationshipAttributes", members.Relationships.Count > 0 ? RandomSpelling.Object(members.Relationships, dice) : dice.Pick([null, "{}", "null"]));
        Add("appendRelationshipAttributes", members.Appended.Count > 0 ? RandomSpelling.Object(members.Appended, dice) : dice.Pick([null, "{}", "null"]));
        Add("removeRelationshipAttributes", members.Removed.Count > 0 ? RandomSpelling.Object(members.Removed, dice) : dice.Pick([null, "{}", "null"]));
        Add("labels", members.Labels);
        Add("customAttributes", members.CustomAttributes);
        Add("version", dice.Pick([null, "7"]));
        Add("createdBy", dice.Pick([null, "\"somebody\""]));
        Add("updateTime", dice.Pick([null, "1"]));
        Add("classifications", dice.Pick([null, "null", "[]"]));
        return RandomSpelling.Object(entity, dice);

        void Add(string key, string? json)
        {
            if (json is not null)
            {
                entity.Add(new(key, json));
            }
        }
    }

    private string Reference(EndAttribute end, EdgeSpec edge, bool withAttributes)
    {
        var partner = edge.Partner;
        var supertypes = partner.Type.SuperTypeNames.Where(name => name is not "Referenceable" || dice.Flip()).Append(partner.Type.Name).ToList();
        var members = dice.Below(3) switch
        {
            0 => new List<KeyValuePair<string, string>> { new("guid", $"\"{(dice.Flip() ? partner.Guid.ToString("D") : partner.Guid.ToString("D").ToUpperInvariant())}\"") },
            1 => [new("typeName", $"\"{partner.Type.Name}\""), new("uniqueAttributes", $"{{\"{partner.Type.UniqueAttributes[0].Name}\":{RandomSpelling.Text(partner.QualifiedName, dice)}}}")],
            _ => [new("typeName", $"\"{dice.Pick(supertypes)}\""), new("uniqueAttributes", $"{{\"{partner.Type.UniqueAttributes[0].Name}\":{RandomSpelling.Text(partner.QualifiedName, dice)}}}")],
        };
        if (dice.OneIn(5))
        {
            members.Add(new("attributes", "{\"name\":\"never read\",\"description\":null}"));
        }

        if (dice.OneIn(5))
        {
            members.Add(new("relationshipType", $"\"{end.Relationship.Name}\""));
        }

        if (withAttributes)
        {
            var own = RandomSpelling.Object(edge.Attributes.Select(attribute => KeyValuePair.Create(attribute.Key, RandomSpelling.Of(attribute.Value, dice))), dice);
            members.Add(new("relationshipAttributes", $"{{\"typeName\":\"{end.Relationship.Name}\",\"attributes\":{own}}}"));
        }

        return RandomSpelling.Object(members, dice);
    }

    /// <summary>The parts of one payload as they are put together.</summary>
    private sealed class Members(Payload payload, AssetSpec spec)
    {
        private readonly Dice _dice = payload.Dice;

        public List<KeyValuePair<string, string>> Attributes { get; } = [];

        public List<KeyValuePair<string, string>> Relationships { get; } = [];

        public List<KeyValuePair<string, string>> Appended { get; } = [];

        public List<KeyValuePair<string, string>> Removed { get; } = [];

        public string? Labels { get; private set; }

        public string? CustomAttributes { get; private set; }

        public Members Given()
        {
            AddNames();
            foreach (var (name, value) in spec.Attributes)
            {
                Attributes.Add(new(name, RandomSpelling.Of(value, _dice)));
            }

            foreach (var (name, edges) in spec.Edges)
            {
                Replace(End(name), edges, always: true);
            }

            SayAnnotations();
            return this;
        }

        public void ClearAll()
        {
            foreach (var attribute in AssetSpec.AttributesOf(spec.Type).Where(attribute => !spec.Attributes.ContainsKey(attribute.Name)))
            {
                Attributes.Add(new(attribute.Name, Nothing(attribute)));
            }

            foreach (var end in AssetSpec.EndsOf(spec.Type).Where(end => !spec.Edges.ContainsKey(end.Name)))
            {
                Relationships.Add(new(end.Name, _dice.Flip() ? "null" : "[]"));
            }
        }

        public Members Restated(bool isPartial)
        {
            if (!isPartial || _dice.Flip())
            {
                AddNames();
            }

            foreach (var attribute in AssetSpec.AttributesOf(spec.Type))
            {
                if (spec.Attributes.TryGetValue(attribute.Name, out var value))
                {
                    if ((!attribute.Definition.IsOptional && !isPartial) || !_dice.OneIn(4))
                    {
                        Attributes.Add(new(attribute.Name, RandomSpelling.Of(value, _dice)));
                    }
                }
                else if (_dice.OneIn(4))
                {
                    Attributes.Add(new(attribute.Name, Nothing(attribute)));
                }
            }

            foreach (var end in AssetSpec.EndsOf(spec.Type))
            {
                Restate(end, isPartial);
            }

            if (_dice.OneIn(4))
            {
                Attributes.Add(new("noSuchAttribute", "{\"a\":[1]}"));
            }

            if (_dice.Flip())
            {
                SayAnnotations();
            }

            return this;
        }

        private void AddNames()
        {
            Attributes.Add(new("qualifiedName", RandomSpelling.Text(spec.Name, _dice)));
            Attributes.Add(new("name", RandomSpelling.Text(spec.Name, _dice)));
        }

        private void SayAnnotations()
        {
            Labels = $"[{string.Join(",", _dice.Shuffle(spec.Labels.Concat(_dice.Some(spec.Labels))).Select(label => RandomSpelling.Text(label, _dice)))}]";
            CustomAttributes = RandomSpelling.Object(spec.CustomAttributes.Select(entry => KeyValuePair.Create(entry.Key, RandomSpelling.Text(entry.Value, _dice))), _dice);
        }

        private void Restate(EndAttribute end, bool isPartial)
        {
            var edges = spec.Edges.GetValueOrDefault(end.Name, []);
            var mayStaySilent = isPartial || !AssetSpec.Needs(end);
            switch (_dice.Below(4))
            {
                case 0 when mayStaySilent:
                    break;
                case 1 when mayStaySilent:
                    RemoveStrangers(end, edges);
                    break;
                case 2 when !edges.IsEmpty:
                    Appended.Add(new(end.Name, $"[{string.Join(",", References(end, mayStaySilent ? _dice.Some(edges) : edges, always: false))}]"));
                    break;
                default:
                    ReplaceOrClear(end, edges);
                    break;
            }
        }

        private void ReplaceOrClear(EndAttribute end, ImmutableArray<EdgeSpec> edges)
        {
            if (!edges.IsEmpty)
            {
                Replace(end, edges, always: false);
            }
            else if (_dice.Flip())
            {
                Relationships.Add(new(end.Name, _dice.Flip() ? "null" : "[]"));
            }
            else
            {
                Attributes.Add(new(end.Name, _dice.Flip() ? "null" : "[]"));
            }
        }

        private void RemoveStrangers(EndAttribute end, ImmutableArray<EdgeSpec> edges)
        {
            var strangers = payload.Stage.Partners(end).Where(prop => edges.All(edge => edge.Partner != prop));
            var references = References(end, _dice.Some(strangers, oneIn: 3).Select(prop => new EdgeSpec(prop, ImmutableSortedDictionary<string, ValueNode>.Empty)), always: false);
            Removed.Add(new(end.Name, $"[{string.Join(",", references)}]"));
        }

        private void Replace(EndAttribute end, ImmutableArray<EdgeSpec> edges, bool always)
        {
            var references = References(end, end.IsMany ? _dice.Shuffle(edges.Concat(_dice.Some(edges))) : edges, always).ToList();
            var json = end.IsMany || _dice.OneIn(4) ? $"[{string.Join(",", references)}]" : references[0];
            (_dice.Flip() ? Attributes : Relationships).Add(new(end.Name, json));
        }

        private IEnumerable<string> References(EndAttribute end, IEnumerable<EdgeSpec> edges, bool always) =>
            edges.Select(edge => payload.Reference(end, edge, !edge.Attributes.IsEmpty && (always || _dice.Flip())));

        private string Nothing(AssetAttribute attribute) => attribute.Type switch
        {
            ArrayType => _dice.Pick(["null", "[]", "[null]"]),
            MapType => _dice.Pick(["null", "{}"]),
            EnumType or PrimitiveType { Kind: PrimitiveKind.String } => _dice.Pick(["null", "\"\""]),
            _ => "null",
        };

        private EndAttribute End(string name) => spec.Type.EndsNamed(name)[0];
    }

    private Dice Dice => dice;

    private Stage Stage => stage;
}
