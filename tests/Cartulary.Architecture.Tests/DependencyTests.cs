using System.Reflection;

namespace Cartulary.Architecture.Tests;

/// <summary>Holds the direction in which the assemblies may know each other.</summary>
public sealed class DependencyTests
{
    private const string Core = "Cartulary.Core";
    private const string Storage = "Cartulary.Storage";
    private const string Delivery = "Cartulary.Delivery";
    private const string Search = "Cartulary.Search";
    private const string Server = "Cartulary.Server";
    private const string Cli = "cartulary";

    [Fact]
    public void Core_knows_no_assembly_of_ours() => OursKnownBy(Core).ShouldBeEmpty();

    [Fact]
    public void Core_knows_only_the_base_library_and_hashing() =>
        KnownBy(Core).Where(name => !IsBaseLibrary(name)).ShouldBeEmpty();

    [Fact]
    public void Delivery_knows_only_Core_among_ours() => OursKnownBy(Delivery).ShouldBeSubsetOf([Core]);

    [Fact]
    public void Storage_knows_only_Core_among_ours() => OursKnownBy(Storage).ShouldBeSubsetOf([Core]);

    [Fact]
    public void Search_knows_only_Core_among_ours() => OursKnownBy(Search).ShouldBeSubsetOf([Core]);

    [Fact]
    public void Nobody_but_Search_knows_Lucene() =>
        new[] { Core, Storage, Delivery, Server, Cli }.SelectMany(KnownBy).ShouldNotContain(name => name.StartsWith("Lucene", StringComparison.Ordinal));

    [Fact]
    public void Storage_does_not_know_the_web() =>
        KnownBy(Storage).ShouldNotContain(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    [Fact]
    public void Nobody_but_the_command_line_knows_the_server() =>
        new[] { Core, Storage, Delivery, Search }.SelectMany(OursKnownBy).ShouldNotContain(Server);

    [Fact]
    public void Nobody_knows_the_command_line() =>
        new[] { Core, Storage, Delivery, Search, Server }.SelectMany(OursKnownBy).ShouldNotContain(Cli);

    private static bool IsBaseLibrary(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) && name != "System.CommandLine";

    private static IEnumerable<string> OursKnownBy(string assembly) =>
        KnownBy(assembly).Where(name => name == Cli || name.StartsWith("Cartulary.", StringComparison.Ordinal));

    private static List<string> KnownBy(string assembly) =>
        [.. Assembly.Load(assembly).GetReferencedAssemblies().Select(reference => reference.Name!)];
}
