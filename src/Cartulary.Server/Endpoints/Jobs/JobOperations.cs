using Cartulary.Core.Errors;
using Cartulary.Server.OpenApi;

namespace Cartulary.Server.Endpoints.Jobs;

/// <summary>What the calls of jobs are.</summary>
internal static class JobOperations
{
    private const string Tag = "Jobs";

    public static readonly Operation Start = new("startJob", Tag, "Delete a connection and everything that belongs to it")
    {
        Description = "Answers when the job has begun: from then on nobody else can save what it deletes. It goes on by itself, after a restart too.",
        Parameters = [Parameter.Flag("dryRun", "Only counts what would be deleted.")],
        Body = "JobRequest",
        Answer = "Job",
        Refusals = [ErrorCodes.BadRequest, ErrorCodes.InvalidParameters, ErrorCodes.InvalidValue, ErrorCodes.NotFoundByAttribute, ErrorCodes.BeingDeleted],
    };

    public static readonly Operation List = new("listJobs", Tag, "The newest jobs")
    {
        Description = "Running and ended ones, at most 100.",
        Answer = "Jobs",
    };

    public static readonly Operation Get = new("getJob", Tag, "How far a job is")
    {
        Answer = "Job",
        Refusals = [ErrorCodes.JobNotFound],
    };
}
