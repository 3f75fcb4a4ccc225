using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Rulebooks.Commands;
using Bursar.Tests.Support;
using Bursar.Understand.Reporting;
using Bursar.Understand.Rules;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Tests.Reporting;

/// <summary>What rules did, and what a new rule does to months that are past (ALC-01, ALC-02).</summary>
public sealed class RuleReviewTests
{
    private const string Rules = """
        kind: Organisation
        name: company
        costCentres: [{id: "4100", owner: anna}, {id: "4200"}]
        owners: [{id: anna}]
        ---
        kind: TagPolicy
        name: tags
        inherit: [account]
        keys: [{key: cc}]
        ---
        kind: AccountHierarchy
        name: accounts
        accounts: [{id: lab, tags: {cc: "4200"}}]
        ---
        kind: AllocationRule
        name: from-tags
        order: 1
        when: {}
        set: {x_CostCentre: "{Tags/cc}"}
        ---
        kind: AllocationRule
        name: only-in-march
        order: 2
        when: {ServiceName: Archive}
        set: {x_Project: archive}
        ---
        kind: AllocationRule
        name: misspelt
        order: 3
        when: {ServiceName: archive}
        set: {x_Project: archive}
        ---
        kind: AllocationRule
        name: from-may
        order: 4
        from: 2026-05-01
        when: {}
        set: {x_Project: new}
        """;

    private static readonly SomeCharge[] Charges =
    [
        new(new DateOnly(2026, 3, 10), "5") { Service = "Archive" },
        new(new DateOnly(2026, 4, 10), "100.01") { Tags = ["cc", "4100"] },
        new(new DateOnly(2026, 4, 12), "20") { Tags = ["cc", "4200"] },
        new(new DateOnly(2026, 4, 20), "30.000000000000000003") { Account = "lab" },
        new(new DateOnly(2026, 4, 30), "-7.5") { Category = "Credit" },
        new(new DateOnly(2026, 4, 30), "9") { Currency = "EUR" },
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_rule_has_its_cost_rows_share_and_last_day_and_the_parts_sum_to_the_total()
    {
        using var books = new BookedCharges(Rules, Charges);
        var review = new ReviewRules(books.View).Of(new(2026, 4), Cancel)!;
        Assert.Equal(
            [
                "from-tags - USD 120.01 2 2026-04-12",
                "from-tags account USD 30.000000000000000003 1 2026-04-20",
                "- - USD -7.5 1 2026-04-30",
                "- - EUR 9 1 2026-04-30",
            ],
            review
                .Hits.Where(hit => hit.Field == "x_CostCentre")
                .Select(hit =>
                    $"{hit.Rule ?? "-"} {hit.PassedOn ?? "-"} {hit.Currency} {hit.Cost} {hit.Charges} {hit.LastHit:yyyy-MM-dd}"
                )
        );
        Assert.Contains(
            review.Hits,
            hit => hit is { Field: "x_Owner", Rule: ReviewRules.Organisation } && hit.Cost == Amount.Parse("100.01")
        );
        foreach (var part in review.Hits.GroupBy(hit => (hit.Field, hit.Currency)))
            Assert.Equal(
                review.Totals.Single(total => total.Currency == part.Key.Currency).Amount,
                CostGroups.Sum(part.Select(hit => hit.Cost))
            );
    }

    [Fact]
    public void Rules_that_did_nothing_stand_out_with_since_when()
    {
        using var books = new BookedCharges(Rules, Charges);
        var review = new ReviewRules(books.View).Of(new(2026, 4), Cancel)!;
        Assert.Equal(
            ["only-in-march last matched in 2026-03", "misspelt never matched", "from-may holds from 2026-05-01"],
            review.Idle.Select(idle => $"{idle.Rule.Name} {idle.Words}")
        );
        Assert.Equal(
            "2 of 4 rules set nothing in 2026-04: only-in-march (last matched in 2026-03), misspelt (never matched).",
            RuleTables.IdleSentence(review)
        );
    }

    [Fact]
    public async Task The_command_shows_the_same_as_a_table_csv_and_json()
    {
        using var books = new BookedCharges(Rules, Charges);
        var table = await books.RunAsync("rules", "x_CostCentre", "--month", "2026-04");
        Assert.Contains("30.00", table.Out);
        Assert.Contains("misspelt (never matched)", table.Error);
        var csv = await books.RunAsync("rules", "--month", "2026-04", "--format", "csv");
        Assert.Contains("\"from-tags, by a tag of the account\"", csv.Out);
        Assert.StartsWith("field,rule,currency,cost,share,rows,lastHit\n", csv.Out);
        using var json = JsonDocument.Parse(
            (await books.RunAsync("rules", "--month", "2026-04", "--format", "json")).Out
        );
        Assert.Equal("misspelt", json.RootElement.GetProperty("idleRules")[1].GetProperty("rule").GetString());
        var wrong = await books.RunAsync("rules", "x_CostCenter");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("Did you mean \"x_CostCentre\"?", wrong.Error);
    }

    [Fact]
    public void A_rule_and_an_inherited_tag_change_past_months_and_no_file_and_as_of_shows_the_old_figures()
    {
        var before = Rules.Replace("inherit: [account]\n", "", StringComparison.Ordinal);
        using var books = new BookedCharges(before, Charges);
        new PublishRulebook(books.Workspace).Publish(null, "anna");
        var then = books.Workspace.Books.Current().HeadSeq;
        string[] old = ["- 31.500000000000000003", "4100 100.01", "4200 20"];
        Assert.Equal(old, CostCentres(books, then));
        var charges = FilesUnder(Path.Combine(books["books"], "charges"));
        Assert.NotEmpty(charges);

        File.WriteAllText(
            Path.Combine(books.RulebookFolder, "rules.yaml"),
            Rules
                + """

                ---
                kind: AllocationRule
                name: credits
                order: 9
                when: {ChargeCategory: Credit}
                set: {x_CostCentre: "4100"}
                """
        );
        new PublishRulebook(books.Workspace).Publish(null, "anna");

        Assert.Equal(["- 9", "4100 92.51", "4200 50.000000000000000003"], CostCentres(books, null));
        Assert.Equal(old, CostCentres(books, then));
        Assert.Equal(charges, FilesUnder(Path.Combine(books["books"], "charges")));
    }

    private static string[] CostCentres(BookedCharges books, long? asOf)
    {
        var view = books.Workspace.View(asOf is { } entry ? new AsOf(null, entry) : null);
        var query = new CostQuery
        {
            By = ["x_CostCentre"],
            From = new DateOnly(2026, 4, 1),
            To = new DateOnly(2026, 5, 1),
        };
        return
        [
            .. new AskCosts(view)
                .Answer(query, Cancel)
                .Rows.GroupBy(row => row.Keys[0] ?? "-")
                .Select(same => $"{same.Key} {CostGroups.Sum(same.Select(row => row.Total))}")
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string[] FilesUnder(string folder) =>
        [
            .. Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(path =>
                    $"{path} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))}"
                )
                .Order(StringComparer.Ordinal),
        ];
}
