using System.Text.RegularExpressions;
using Bursar.Core.Amounts;
using Bursar.Tests.Support;
using Bursar.Warehouse.Queries;

namespace Bursar.Tests.House;

/// <summary>Who may know whom (ARCHITECTURE.md).</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] Wings = ["Understand", "Quantify", "Optimize", "Manage"];

    /// <summary>
    /// The only places that write SQL: the loading dock, the translation of questions, and the demo's providers' own
    /// files.
    /// </summary>
    private static readonly string[] SqlFolders =
    [
        "src/Bursar.Warehouse/Queries/",
        "src/Bursar.Warehouse/DuckDb/",
        "src/Bursar/Understand/Ingestion/",
        "src/Bursar/Understand/Validation/",
        "src/Bursar/Understand/Allocation/",
        "src/Bursar/Demo/Files/",
    ];

    /// <summary>
    /// RulebookKinds.cs is the table of contents of kinds, as Capabilities.cs is that of capabilities.
    /// </summary>
    private static readonly string[] FoundationFolders = ["src/Bursar/Rulebooks/", "src/Bursar/Cli/"];

    [Fact]
    public void Core_references_nothing()
    {
        var references = typeof(Amount).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!);
        SourceFile.None(
            references.Where(name => !name.StartsWith("System.")),
            "Bursar.Core takes nothing but the .NET runtime. Drop:"
        );
        Assert.DoesNotContain(
            "Reference Include",
            File.ReadAllText(RepositoryRoot.File("src", "Bursar.Core", "Bursar.Core.csproj"))
        );
    }

    [Fact]
    public void Core_never_reads_a_file_a_clock_or_the_network() =>
        SourceFile.None(
            Matches("src/Bursar.Core/", OutsideWorld()),
            "Bursar.Core is vocabulary and arithmetic. Move what touches the world to a use case:"
        );

    [Fact]
    public void The_warehouse_knows_no_capability()
    {
        var references = typeof(CostQuery).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!);
        SourceFile.None(
            references.Where(name =>
                !name.StartsWith("System.") && !name.StartsWith("Microsoft.") && name != "Bursar.Core"
            ),
            "Bursar.Warehouse takes Bursar.Core and the .NET runtime only. Drop:"
        );
        SourceFile.None(
            Matches("src/Bursar.Warehouse/", CapabilityWord()),
            "Bursar.Warehouse stores and sums; let the capability call it, not the other way round:"
        );
    }

    [Fact]
    public void Unsafe_code_lives_in_the_warehouse_alone() =>
        SourceFile.None(
            SourceFile
                .CSharp.Where(file => !file.Path.StartsWith("src/Bursar.Warehouse/"))
                .SelectMany(file =>
                    file.Code.Where(line => UnsafeWord().IsMatch(line.Text))
                        .Select(line => $"{file.Path}:{line.Number}")
                ),
            "Only Bursar.Warehouse may be unsafe:"
        );

    [Fact]
    public void A_capability_uses_only_those_above_it()
    {
        var order = CapabilityOrder.Read();
        SourceFile.None(
            order.Findings(SourceFile.Product.Where(file => CapabilityOrder.NamespaceOf(file) is not null)),
            "Capabilities.cs is the order of dependence. Move the line up there, or turn the dependence round:"
        );
    }

    [Fact]
    public void Every_folder_of_a_wing_is_a_capability_of_the_table_of_contents()
    {
        var order = CapabilityOrder.Read();
        var folders = SourceFile.Product.Select(CapabilityOrder.NamespaceOf).OfType<string>().Distinct();
        SourceFile.None(
            folders.Where(name => !order.Knows(name)).Select(name => name.Replace('.', '/')),
            "Give the folder a *Capability.cs and list it in src/Bursar/Capabilities.cs, after everything it uses:"
        );
    }

    [Fact]
    public void Nobody_uses_the_maths_of_another_capability()
    {
        var maths = SourceFile
            .Product.Where(file => file.Name.EndsWith("Math") && CapabilityOrder.NamespaceOf(file) is not null)
            .ToList();
        SourceFile.None(
            from math in maths
            let word = new Regex($@"\b{math.Name}\b")
            from file in SourceFile.Product
            where
                CapabilityOrder.NamespaceOf(file) is { } other
                && other != CapabilityOrder.NamespaceOf(math)
                && word.IsMatch(file.Text)
            select $"{file.Path} uses {math.Name}",
            "Call the other capability's use case, or move a formula of nobody's to Bursar.Core/Numbers:"
        );
    }

    [Fact]
    public void The_foundations_know_no_capability() =>
        SourceFile.None(
            SourceFile
                .Product.Where(file => FoundationFolders.Any(file.Path.StartsWith) && file.Name != "RulebookKinds")
                .Where(file => Wings.Any(wing => file.Text.Contains($"using Bursar.{wing}")))
                .Select(file => file.Path),
            "The rulebook and the shell serve every capability and may use none. Register from the capability instead:"
        );

    [Fact]
    public void Maths_knows_no_engine_clock_log_or_await() =>
        SourceFile.None(
            SourceFile
                .Product.Where(file => file.Name.EndsWith("Math"))
                .SelectMany(file =>
                    file.Code.Where(line => NotMaths().IsMatch(line.Text))
                        .Select(line => $"{file.Path}:{line.Number}: {line.Text.Trim()}")
                ),
            "A *Math.cs is pure: decimals, dates and records in, records out. Move this to the use case:"
        );

    [Fact]
    public void Only_the_loading_dock_and_the_question_hold_sql()
    {
        var files = SourceFile.Product.Where(file => !SqlFolders.Any(file.Path.StartsWith)).ToList();
        SourceFile.None(
            files
                .SelectMany(file =>
                    file.Code.Where(line => Sql().IsMatch(line.Text))
                        .Select(line => $"{file.Path}:{line.Number}: {line.Text.Trim()}")
                )
                .Concat(
                    SourceFile
                        .Under([".sql"], "src/")
                        .Select(file => file.Path)
                        .Where(path => !SqlFolders.Any(path.StartsWith))
                ),
            "Ask a CostQuery instead of writing SQL:"
        );
    }

    private static IEnumerable<string> Matches(string folder, Regex pattern) =>
        SourceFile
            .Product.Where(file => file.Path.StartsWith(folder))
            .SelectMany(file =>
                file.Code.Where(line => pattern.IsMatch(line.Text))
                    .Select(line => $"{file.Path}:{line.Number}: {line.Text.Trim()}")
            );

    [GeneratedRegex(
        @"\b(File|Directory|FileStream|Console|Process|Environment|HttpClient|Socket|Random)\b[.(]|TimeProvider"
    )]
    private static partial Regex OutsideWorld();

    [GeneratedRegex(@"\bBursar\.(Understand|Quantify|Optimize|Manage|Rulebooks|Cli|Api|Mcp|Web)\b|\bCapability\b")]
    private static partial Regex CapabilityWord();

    [GeneratedRegex(@"^\s*(public |internal |private |protected |static |sealed |readonly )*unsafe\b")]
    private static partial Regex UnsafeWord();

    [GeneratedRegex(
        @"\bawait\b|\basync\b|\bTask\b|TimeProvider|ILogger|ShellIo|Bursar\.Warehouse\.(DuckDb|ClickHouse|Books)"
    )]
    private static partial Regex NotMaths();

    [GeneratedRegex(
        @"\bSELECT\s|\bINSERT INTO\b|\bCREATE (OR REPLACE |TEMP )*(TABLE|VIEW)\b|""\s*(select|copy|insert into)\s"
    )]
    private static partial Regex Sql();
}
