using Cartulary.Core.Query;
using Cartulary.Server;
using Cartulary.Storage.Migration;

namespace Cartulary.Simulation.Migration;

/// <summary>Runs migrations in this process.</summary>
internal static class Migrating
{
    /// <summary>Carries a folder's catalog to a database, to the end.</summary>
    public static async Task<Verification> RunAsync(string folder, string connectionString, CancellationToken cancellationToken, int stepsMax = int.MaxValue)
    {
        await using var migration = await CatalogMigration.OpenAsync(folder, connectionString, cancellationToken);
        migration.IsComplete.ShouldBeFalse();
        await migration.CarryAsync(new Breaking(stepsMax), cancellationToken);
        var verification = await migration.VerifyAsync(progress: null, cancellationToken);
        await migration.CompleteAsync(cancellationToken);
        return verification;
    }

    /// <summary>Breaks a copy off after so many steps, as a process that dies would.</summary>
    private sealed class Breaking(int steps) : IProgress<CopyProgress>
    {
        private int _left = steps;

        public void Report(CopyProgress value)
        {
            if (_left-- == 0)
            {
                throw new BrokenOffException();
            }
        }
    }
}

/// <summary>The copy was broken off by the test.</summary>
internal sealed class BrokenOffException : Exception;
