using Bursar.Core.Amounts;
using Bursar.Demo;
using Bursar.Manage.Strategy;
using Bursar.Quantify.Budgets;
using Bursar.Rulebooks;
using Bursar.Understand.Allocation;
using Bursar.Understand.Ingestion;

namespace Bursar.Tests.Demo;

public sealed class AldermoorRulebookTests
{
    private static readonly DateOnly InSeptember = new(2026, 9, 15);

    [Fact]
    public void The_demo_rulebook_has_no_mistake_and_an_example_of_every_kind()
    {
        var folder = Directory.CreateTempSubdirectory("aldermoor-rules-").FullName;
        AldermoorRulebook.WriteTo(folder);
        var (rulebook, diagnostics) = Rulebook.LoadFolder(folder);
        Directory.Delete(folder, recursive: true);
        Assert.Empty(diagnostics);
        foreach (var kind in RulebookKinds.All)
            Assert.Contains(rulebook.Declarations, declaration => declaration.Kind == kind.Name);
    }

    [Fact]
    public void Every_file_belongs_to_its_source()
    {
        var sources = Loaded().All<Source>().ToList();
        foreach (var delivery in AldermoorFiles.Result.Deliveries)
        foreach (var file in delivery.Files)
            Assert.Equal(delivery.Source, sources.Single(source => source.Recognises(file)).Name);
    }

    [Fact]
    public void Six_percent_of_September_has_no_owner_until_three_spellings_are_added()
    {
        var rows = September();
        var total = AldermoorFiles.Result.Truth.EffectiveCostOf("2026-09");
        var nobodys = WithoutOwner(Loaded(), rows);
        Assert.Equal(Amount.From(1_100_000), nobodys);
        Assert.InRange(nobodys.ShareOf(total)!.Value, 0.0597m, 0.0599m);

        var mended = Rulebook
            .Load(
                AldermoorRulebook.Files.Select(file => new RulebookFile(
                    file.Path,
                    file.Text.Replace(
                        "  - key: cost-centre\n",
                        "  - key: cost-centre\n    synonyms: [cost-center, CostCenter, costcentre]\n"
                    )
                ))
            )
            .Rulebook;
        Assert.Equal(Amount.From(1_100_000 - 420_000), WithoutOwner(mended, rows));
    }

    [Fact]
    public void Spend_by_priority_is_what_the_brief_tells()
    {
        var rulebook = Loaded();
        var allocation = AllocationRules.Compile(rulebook);
        var byPriority = new Dictionary<string, Amount>();
        foreach (var row in September().Where(row => row.Currency == "USD"))
        {
            var priority = PriorityOf(rulebook, Allocate(allocation, row)) ?? "unclaimed";
            byPriority[priority] = byPriority.GetValueOrDefault(priority) + InMonth(row);
        }
        Near(5_200_000, byPriority["instant-quote"]);
        Near(2_300_000, byPriority["leave-frankfurt"]);
        Near(1_500_000, byPriority["claims-assistant"]);
        Near(7_600_000, byPriority["running-and-required"]);
        Near(1_800_000, byPriority["unclaimed"]);
    }

    [Fact]
    public void The_reorganisation_of_July_moves_the_money_and_June_stays()
    {
        var allocation = AllocationRules.Compile(Loaded());
        var values = new string?[allocation.Columns.Count];
        values[allocation.Columns.ToList().IndexOf("Tags")] = """{"app": "claims-core", "cost-centre": "4310"}""";
        Assert.Equal("4310", allocation.Allocate(values, new DateOnly(2026, 6, 30)).Values[SharedFields.CostCentre]);
        Assert.Equal("4350", allocation.Allocate(values, new DateOnly(2026, 7, 1)).Values[SharedFields.CostCentre]);
        Assert.Equal(
            "head-of-claims-platforms",
            allocation.Allocate(values, new DateOnly(2026, 7, 1)).Values[SharedFields.Owner]
        );
    }

    [Fact]
    public void September_is_0_8_million_over_budget()
    {
        var budget = Loaded().Find<Budget>("technology")!.Amounts["2026-09"];
        var over = AldermoorFiles.Result.Truth.EffectiveCostOf("2026-09") - budget;
        Assert.InRange(over, Amount.From(795_000), Amount.From(805_000));
        Assert.InRange(over.ShareOf(budget)!.Value, 0.045m, 0.046m);
    }

    private static void Near(long dollars, Amount amount) =>
        Assert.InRange(amount, Amount.From(dollars * 0.99m), Amount.From(dollars * 1.01m));

    private static Rulebook Loaded() => Rulebook.Load(AldermoorRulebook.Files).Rulebook;

    /// <summary>Rows that cost something in September, charges over several days included.</summary>
    private static List<FileRow> September() =>
        [
            .. AldermoorFiles
                .LiveRows()
                .Where(row =>
                    row.IsReadable && row.Start < new DateTime(2026, 10, 1) && row.End > new DateTime(2026, 9, 1)
                ),
        ];

    private static Amount InMonth(FileRow row)
    {
        var days = (int)(row.End - row.Start).TotalDays;
        return days <= 31 ? row.EffectiveCost : row.EffectiveCost.Times(30m / days);
    }

    private static Amount WithoutOwner(Rulebook rulebook, IEnumerable<FileRow> rows)
    {
        var allocation = AllocationRules.Compile(rulebook);
        return rows.Where(row => Allocate(allocation, row)[SharedFields.Owner] is null)
            .Aggregate(Amount.Zero, (sum, row) => sum + InMonth(row));
    }

    private static IReadOnlyList<string?> Allocate(CompiledAllocation allocation, FileRow row) =>
        allocation
            .Allocate(
                [.. allocation.Columns.Select(column => column == "ServiceProviderName" ? row.Provider : row[column])],
                InSeptember
            )
            .Values;

    private static string? PriorityOf(Rulebook rulebook, IReadOnlyList<string?> fields)
    {
        var claimed = rulebook.All<Initiative>().SelectMany(initiative => initiative.Scopes).Select(link => link.Scope);
        var scopes = rulebook
            .All<Scope>()
            .Where(scope => claimed.Contains(scope.Name))
            .Where(scope =>
                scope.Where.All(condition => condition.Values.Contains(fields[SharedFields.IndexOf(condition.Column)]))
            )
            .Select(scope => scope.Name)
            .ToList();
        var initiative = rulebook
            .All<Initiative>()
            .SingleOrDefault(initiative => initiative.Scopes.Any(link => scopes.Contains(link.Scope)));
        return initiative?.Priorities.Single(link => link.HoldsOn(InSeptember)).Priority;
    }
}
