using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;

namespace Cartulary.Architecture.Tests;

/// <summary>Holds that the core computes and does nothing else.</summary>
public sealed class PurityTests
{
    private const string InputAndOutput =
        @"^(System\.IO\.(File|Directory|FileStream|FileInfo|DirectoryInfo)$|System\.(Net|Data)\.|System\.Diagnostics\.Process)";

    private static readonly ArchUnitNET.Domain.Architecture Core =
        new ArchLoader().LoadAssemblies(Assembly.Load("Cartulary.Core")).Build();

    [Fact]
    public void Core_touches_no_file_no_network_no_database_and_no_process()
    {
        IArchRule rule = Types().That().ResideInNamespaceMatching(@"^Cartulary\.Core")
            .Should().NotDependOnAnyTypesThat().HaveFullNameMatching(InputAndOutput)
            .WithoutRequiringPositiveResults();

        rule.Check(Core);
    }
}
