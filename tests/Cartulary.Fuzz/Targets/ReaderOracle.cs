using System.Text;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Save.Read;

namespace Cartulary.Fuzz.Targets;

/// <summary>The reader of saves and System.Text.Json agree on what is JSON; a problem always has a code of ours, a path and a text.</summary>
internal static class ReaderOracle
{
    private const string NotJson = "the body is not valid JSON";

    public static void Check(byte[] body, ReadOutcome outcome, int depth)
    {
        var isJson = IsJson(body, depth);
        if (outcome is not ReadOutcome.Refused refused)
        {
            Require(isJson, "the reader took what is no JSON");
            return;
        }

        CheckProblems(refused.Problems);
        var saysNoJson = refused.Problems.Any(problem => problem.Message.StartsWith(NotJson, StringComparison.Ordinal));
        var saysNoText = refused.Problems is [var only] && only.Message.Contains("UTF-8", StringComparison.Ordinal) | only.Message.Contains("surrogate pair", StringComparison.Ordinal);
        Require(saysNoJson ? !isJson : isJson || saysNoText, $"the reader and System.Text.Json disagree; JSON: {isJson}");
        Require(isJson || refused.Problems[0].Code == ErrorCodes.BadRequest, "what is no JSON must be a bad request");
    }

    public static void CheckProblems(IReadOnlyCollection<Problem> problems)
    {
        Require(problems.Count > 0, "refused without a reason");
        foreach (var problem in problems)
        {
            Require(problem.Code.Status is >= 400 and < 500, $"{problem.Code.Code} is no mistake of the client");
            Require(problem.Message.Length is > 0 and <= ProblemList.LongestText && problem.Path.Length <= ProblemList.LongestText, $"a problem of {problem.Message.Length} characters at a path of {problem.Path.Length}");
        }
    }

    public static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new FuzzFindException(what);
        }
    }

    private static bool IsJson(byte[] body, int depth)
    {
        try
        {
            // Decoding first leaves the judgement of bytes to the decoder, which JsonDocument does only on demand.
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(body);
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = depth });
            return true;
        }
        catch (Exception problem) when (problem is JsonException or DecoderFallbackException)
        {
            return false;
        }
    }
}
