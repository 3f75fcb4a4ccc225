using System.IO.Compression;
using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Tests.Support;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Tests.Reporting;

/// <summary>A rulebook takes effect with a month, and every past moment keeps its rules (ALC-10).</summary>
public sealed class EffectiveRulebookTests
{
    private static readonly SomeCharge[] Charges =
    [
        .. new[] { 3, 4, 5 }.SelectMany(month =>
            new[]
            {
                new SomeCharge(new DateOnly(2026, month, 10), "60") { Service = "Desk" },
                new SomeCharge(new DateOnly(2026, month, 11), "10") { Tags = ["team", "a"] },
                new SomeCharge(new DateOnly(2026, month, 11), "30") { Tags = ["other", "b"] },
            }
        ),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Charges_before_the_effective_day_keep_the_rules_they_had()
    {
        using var books = new BookedCharges(Rules("{Tags/team}", "A"), Charges);
        await PublishAsync(books);
        await WriteAsync(books, Rules("{Tags/other}", "B"));
        var published = await PublishAsync(
            books,
            "--reason",
            "New tags.",
            "--approver",
            "Head of FinOps",
            "--effective",
            "2026-04-01"
        );
        Assert.Contains("for charges from 2026-04-01 on", published.Out);
        Assert.Contains("Moves 40.00 USD of 100.00 (40.0 %) between cost centres in April 2026", published.Error);
        Assert.Equal(["2026-03 a 10", "2026-04 b 30", "2026-05 b 30"], CostCentres(books));
        Assert.Equal(["2026-03 A 60", "2026-04 B 60", "2026-05 B 60"], Desk(books));

        var journal = await books.RunAsync("audit", "trail", "--kind", "rulebook-published", "--format", "json");
        Assert.Contains("Head of FinOps", journal.Out);
        Assert.Contains("2026-04-01", journal.Out);
    }

    [Fact]
    public async Task A_later_publication_takes_all_days_from_its_own_on_and_past_moments_keep_theirs()
    {
        using var books = new BookedCharges(Rules("{Tags/team}", "A"), Charges);
        await PublishAsync(books);
        await WriteAsync(books, Rules("{Tags/other}", "B"));
        await PublishAsync(books, "--effective", "2026-05-01");
        var second = books.Workspace.Books.Current().HeadSeq;
        await WriteAsync(books, Rules("c", "C"));
        await PublishAsync(books, "--effective", "2026-04-01");
        var third = books.Workspace.Books.Current().HeadSeq;
        Assert.Equal(["2026-03 a 10", "2026-04 c 100", "2026-05 c 100"], CostCentres(books));
        Assert.Equal(["2026-03 a 10", "2026-04 a 10", "2026-05 b 30"], CostCentres(books, second));

        // Without a day it holds for the charges of all days; the same again writes nothing.
        await PublishAsync(books);
        Assert.Equal(["2026-03 c 100", "2026-04 c 100", "2026-05 c 100"], CostCentres(books));
        Assert.Equal(["2026-03 a 10", "2026-04 c 100", "2026-05 c 100"], CostCentres(books, third));
        var head = books.Workspace.Books.Current().HeadSeq;
        await PublishAsync(books);
        await PublishAsync(books, "--effective", "2026-07-01");
        Assert.Equal(head, books.Workspace.Books.Current().HeadSeq);
    }

    [Fact]
    public async Task What_is_published_for_a_day_ahead_counts_for_no_charge_before_it()
    {
        using var books = new BookedCharges(Rules("{Tags/team}", "A"), Charges);
        await PublishAsync(books, "--effective", "2027-01-01");
        Assert.Empty(CostCentres(books));
        Assert.Equal(Amount.From(300), Ask(books, null, []).Single().Total);
        await PublishAsync(books);
        Assert.Equal(["2026-03 a 10", "2026-04 a 10", "2026-05 a 10"], CostCentres(books));
    }

    [Fact]
    public async Task A_structure_of_one_day_is_that_of_the_rulebook_of_its_day()
    {
        using var books = new BookedCharges(Rules("{Tags/team}", "A"), Charges);
        await PublishAsync(books);
        await WriteAsync(books, Rules("{Tags/other}", "B"));
        await PublishAsync(books, "--effective", "2026-04-01");
        Assert.Equal(
            ["2026-03 a 10", "2026-04 a 10", "2026-05 a 10"],
            CostCentres(books, structure: new Structure(new DateOnly(2026, 3, 31)))
        );
        Assert.Equal(
            ["2026-03 b 30", "2026-04 b 30", "2026-05 b 30"],
            CostCentres(books, structure: new Structure(new DateOnly(2026, 4, 1)))
        );
        var evidence = books["evidence.zip"];
        var exported = await books.RunAsync("audit", "export", evidence, "--by", "x_CostCentre");
        Assert.True(exported.ExitCode == 0, exported.ToString());
        using var archive = await ZipFile.OpenReadAsync(evidence, Cancel);
        Assert.Equal(
            2,
            archive.Entries.Count(entry => entry.FullName.EndsWith("/rules.yaml", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_change_is_shown_stopped_by_a_pipeline_approved_and_published_by_the_real_program()
    {
        using var folder = new TempFolder();
        folder.Write("rules/rules.yaml", Rules("{Tags/team}", "A"));
        folder.Write("export.csv", Export());
        string[] here = ["--books", folder["books"], "--rulebook", folder["rules"]];
        await RunAsync(folder, 0, ["ingest", folder["export.csv"], "--source", "cloud", .. here]);
        await RunAsync(folder, 0, ["publish", "--reason", "Begin.", .. here]);
        folder.Write("rules/rules.yaml", Rules("{Tags/other}", "A"));
        var refused = await RunAsync(folder, 1, ["diff", "--fail-on-change", "--format", "json", .. here]);
        using var change = JsonDocument.Parse(refused.Out);
        Assert.Equal("7", change.RootElement.GetProperty("currencies")[0].GetProperty("moved").GetRawText());
        var published = await RunAsync(
            folder,
            0,
            ["publish", "--reason", "Tags.", "--approver", "CFO", "--effective", "2026-03-01", .. here]
        );
        Assert.Contains("Moves 7.00 USD of 7.00 (100.0 %)", published.Error);
        await RunAsync(folder, 0, ["diff", "--fail-on-change", .. here]);
        var back = await RunAsync(folder, 1, ["diff", "#2", "published", "--fail-on-change", .. here]);
        Assert.Contains("unallocated 0.0 % → 100.0 %", back.Out);
    }

    private static async Task<BursarResult> RunAsync(TempFolder folder, int code, string[] args)
    {
        var result = await BursarProcess.RunAsync(folder.Path, args);
        Assert.True(result.ExitCode == code, result.ToString());
        return result;
    }

    private static string Export() =>
        "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,"
        + "ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ProviderName,ServiceName,Tags\n"
        + "7,7,7,7,b-1,USD,2026-03-01T00:00:00Z,2026-04-01T00:00:00Z,2026-03-10T00:00:00Z,2026-03-11T00:00:00Z,Usage,"
        + "Cloud One,Machines,\"{\"\"team\"\": \"\"a\"\"}\"\n";

    private static string Rules(string costCentre, string pooled) =>
        $$"""
            kind: AllocationRule
            name: tags
            order: 1
            when: {}
            set: {x_CostCentre: "{{costCentre}}"}
            ---
            kind: SharedCost
            name: desk
            order: 1
            pool: {ServiceName: Desk}
            method: fixed
            shares: { {{pooled}}: 100 }
            """;

    private static Task WriteAsync(BookedCharges books, string rules) =>
        File.WriteAllTextAsync(Path.Combine(books.RulebookFolder, "rules.yaml"), rules, Cancel);

    private static async Task<BursarResult> PublishAsync(BookedCharges books, params string[] options)
    {
        var result = await books.RunAsync(["publish", .. options]);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result;
    }

    private static List<string> CostCentres(BookedCharges books, long? entry = null, Structure? structure = null) =>
        Lines(Ask(books, entry, ["x_CostCentre"], structure: structure));

    private static List<string> Desk(BookedCharges books) =>
        Lines(
            Ask(books, null, ["x_Product", CostColumns.SharedCost], CostAllocation.Distributed)
                .Where(row => row.Keys[1] == "desk")
        );

    private static List<string> Lines(IEnumerable<CostRow> rows) =>
        [
            .. rows.Where(row => row.Keys[0] is not null)
                .Select(row => $"{row.Period:yyyy-MM} {row.Keys[0]} {row.Total}")
                .Order(StringComparer.Ordinal),
        ];

    private static IReadOnlyList<CostRow> Ask(
        BookedCharges books,
        long? entry,
        string[] by,
        CostAllocation allocation = CostAllocation.Direct,
        Structure? structure = null
    ) =>
        new AskCosts(books.Workspace.View(entry is { } seq ? new AsOf(null, seq) : null))
            .Answer(
                new CostQuery
                {
                    By = by,
                    Over = by.Length == 0 ? null : TimeGrain.Month,
                    Allocation = allocation,
                    Structure = structure,
                },
                Cancel
            )
            .Rows;
}
