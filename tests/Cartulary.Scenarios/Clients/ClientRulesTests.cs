using System.Text.Json;
using Cartulary.Scenarios.Driving;

namespace Cartulary.Scenarios.Clients;

/// <summary>Holds that the rules for answers find what clients refuse, so that passing them means something.</summary>
public sealed class ClientRulesTests
{
    [Theory]
    [InlineData(200, """{"entity":{"typeName":"T","guid":"g","attributes":{},"classifications":null}}""")]
    [InlineData(200, """{"a":[{"b":{"classificationNames":null}}]}""")]
    [InlineData(200, """{"entity":{"typeName":"T","guid":"g","attributes":null}}""")]
    [InlineData(200, """{"entity":{"typeName":"T","guid":"g","status":"PURGED"}}""")]
    [InlineData(200, """{"entity":{"typeName":"T","guid":"g","attributes":{"certificateStatus":""}}}""")]
    [InlineData(200, """{"entities":[{"typeName":"T","guid":"g","classifications":[{"typeName":"x","source":"y"}]}]}""")]
    [InlineData(200, """{"enumDefs":null}""")]
    [InlineData(200, """{"category":"STRUCT","name":"s","attributeDefs":[{"name":"a","options":null}]}""")]
    [InlineData(200, """{"category":"RELATIONSHIP","name":"r","relationshipLabel":null}""")]
    [InlineData(201, "{}")]
    [InlineData(302, "{}")]
    [InlineData(400, """{"errorMessage":"m"}""")]
    [InlineData(401, """{"errorCode":"c","errorMessage":""}""")]
    public void What_a_client_refuses_is_found(int status, string body) =>
        ClientRules.Faults(new HttpReply(status, JsonSerializer.Deserialize<JsonElement>(body))).ShouldNotBeEmpty();

    [Theory]
    [InlineData(200, """{"entity":{"typeName":"T","guid":"g","attributes":{"a":null},"status":"DELETED","classifications":[],"labels":null}}""")]
    [InlineData(404, """{"errorCode":"c","errorMessage":"m"}""")]
    public void What_a_client_takes_is_not(int status, string body) =>
        ClientRules.Faults(new HttpReply(status, JsonSerializer.Deserialize<JsonElement>(body))).ShouldBeEmpty();
}
