using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Save;
using Cartulary.Core.Types.Changes;
using Cartulary.Server.Answers;
using Cartulary.Server.Auth;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Types;

/// <summary>Endpoints that make, change and remove type definitions; for administrators.</summary>
internal sealed class TypedefEditing(TypeEditor editor, BodyReader bodies, IIdSource ids)
{
    private static readonly ImmutableSortedDictionary<string, string> NoHeaders = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Maps them under a prefix.</summary>
    /// <param name="endpoints">Where.</param>
    /// <param name="makesNames">Whether the server names all tags and custom metadata that are made here.</param>
    public void Map(IEndpointRouteBuilder endpoints, bool makesNames)
    {
        var group = endpoints.MapGroup("/types").RequireAdministrator();
        group.MapPost("/typedefs", http => SaveAsync(http, isUpdate: false, makesNames, http.RequestAborted)).Describe(static () => TypedefOperations.Create);
        group.MapPut("/typedefs", http => SaveAsync(http, isUpdate: true, makesNames, http.RequestAborted)).Describe(static () => TypedefOperations.Update);
        group.MapDelete("/typedefs", http => RemoveManyAsync(http, http.RequestAborted)).Describe(static () => TypedefOperations.RemoveMany);
        group.MapDelete("/typedef/name/{name}", http => RemoveAsync(http, [((string)http.GetRouteValue("name")!, "name")], http.RequestAborted))
            .Describe(static () => TypedefOperations.Remove);
    }

    private async Task SaveAsync(HttpContext http, bool isUpdate, bool makesNames, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var manner = new TypeChangeManner
        {
            IsUpdate = isUpdate,
            MakesNames = makesNames,
            KeepsNames = query.Flag("keepNames"),
            SharesDisplayNames = query.Flag("allowDuplicateDisplayName"),
            AddsMandatoryAttributes = isUpdate && query.Flag("patch"),
        };
        if (!query.Problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
        }
        else if (await ReadAsync(http, cancellationToken) is { } request)
        {
            await AnswerAsync(http, await editor.SaveAsync(request, manner, ContextOf(http), cancellationToken), cancellationToken);
        }
    }

    private async Task RemoveManyAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (await ReadAsync(http, cancellationToken) is { } request)
        {
            await RemoveAsync(http, [.. request.Select(type => (type.Definition.Name, $"{type.Path}.name"))], cancellationToken);
        }
    }

    private async Task RemoveAsync(HttpContext http, ImmutableArray<(string Name, string Path)> targets, CancellationToken cancellationToken)
    {
        if (await editor.RemoveAsync(targets, ContextOf(http), cancellationToken) is TypeChangeOutcome.Refused refused)
        {
            await ErrorAnswer.SendAsync(http, refused.Problems, cancellationToken);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>The definitions of the body; null when the request has been refused and answered.</summary>
    private async ValueTask<ImmutableArray<RequestedType>?> ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        using var body = await bodies.ReadAsync(http, cancellationToken);
        if (body is null)
        {
            return null;
        }

        var types = TypesRequest.Read(body.Written, out var problems);
        if (problems.IsEmpty)
        {
            return types;
        }

        await ErrorAnswer.SendAsync(http, problems, cancellationToken);
        return null;
    }

    private CommitContext ContextOf(HttpContext http) => new(ids.NewGuid(), http.Principal().Name, "api", DeleteHandler: null, NoHeaders);

    private static Task AnswerAsync(HttpContext http, TypeChangeOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome is TypeChangeOutcome.Refused refused)
        {
            return ErrorAnswer.SendAsync(http, refused.Problems, cancellationToken);
        }

        var done = (TypeChangeOutcome.Done)outcome;
        var book = TypedefBook.Of(done.Registry);
        ImmutableArray<TypedefPage> pages = [.. done.Names.Select(book.Named).OfType<TypedefPage>()];
        return JsonAnswer.SendAsync(http, 200, pages, TypedefAnswer.WriteBundle, cancellationToken);
    }
}
