using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Clients;

/// <summary>Both families of addresses, by both ways of showing a key: the same calls, the same answers.</summary>
public sealed class ClientDoorScenarios(CatalogServer server) : IClassFixture<CatalogServer>, IDisposable
{
    private readonly WireClient _bearer = WireClient.OfAtlan(server);
    private readonly WireClient _basic = WireClient.OfApacheAtlas(server);

    public void Dispose()
    {
        _bearer.Dispose();
        _basic.Dispose();
    }

    [Theory]
    [InlineData("GET", "types/typedefs/headers", null)]
    [InlineData("GET", "types/typedef/name/Table", null)]
    [InlineData("GET", "types/enumdef/name/certificate_status", null)]
    [InlineData("GET", "glossary?sort=ASC&limit=0&offset=0", null)]
    [InlineData("POST", "task/search", "{}")]
    [InlineData("POST", "entity/00000000-0000-4000-8000-000000000000/auditSearch", """{"dsl":{"size":1}}""")]
    [InlineData("GET", "entity/guid/00000000-0000-4000-8000-000000000000", null)]
    [InlineData("GET", "entity/guid/00000000-0000-4000-8000-000000000000/header", null)]
    [InlineData("GET", "entity/guid/00000000-0000-4000-8000-000000000000/classifications", null)]
    [InlineData("GET", "entity/bulk/headers?tagUpdateStartTime=9999999999999", null)]
    [InlineData("GET", "relationship/guid/00000000-0000-4000-8000-000000000000", null)]
    [InlineData("POST", "entity/bulk", """{"entities":[]}""")]
    [InlineData("PUT", "types/typedefs", "{}")]
    public async Task A_call_is_answered_alike_at_every_door(string method, string path, string? body)
    {
        var answers = new List<string>();
        foreach (var client in new[] { _bearer, _basic })
        {
            foreach (var family in (string[])["/api/meta", "/api/atlas/v2"])
            {
                foreach (var spelled in new[] { path, path.Contains('?', StringComparison.Ordinal) ? path.Replace("?", "/?", StringComparison.Ordinal) : $"{path}/" })
                {
                    answers.Add(Shown(await client.SendAsync(method, $"{family}/{spelled}", body)));
                    answers.Add(Shown(await client.SendAsync(method, $"{family}//{spelled}", body)));
                }
            }
        }

        answers.Count.ShouldBe(16);
        answers.Distinct().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("GET", "/api/service/workflows/schedules")]
    [InlineData("POST", "/api/service/workflows/indexsearch")]
    [InlineData("GET", "/api/meta/entity/nowhere/at/all")]
    [InlineData("POST", "/api/sql/queries/x/stop")]
    [InlineData("POST", "/events/openlineage/airflow/api/v1/lineage")]
    [InlineData("GET", "/api/atlas/admin/tasks")]
    [InlineData("GET", "/auth/admin/realms/default/events")]
    public async Task What_is_not_offered_is_404_in_the_form_of_every_refusal(string method, string path)
    {
        var answer = await _bearer.SendAsync(method, path, method == "POST" ? "{}" : null);

        (answer.Status, answer.Body.GetProperty("errorCode").GetString()).ShouldBe((404, "CARTULARY-404-00-001"));
        answer.Body.GetProperty("errorMessage").GetString().ShouldNotBeNullOrEmpty();
    }

    private static string Shown(HttpReply reply) => $"{reply.Status} {reply.Body.GetRawText()}";
}
