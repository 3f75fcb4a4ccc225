using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Tests.Support;
using Bursar.Understand.Unallocated;
using Bursar.Warehouse.Queries;
using FsCheck;
using FsCheck.Fluent;

namespace Bursar.Tests.Unallocated;

/// <summary>What belongs to nobody is cut into pieces of work, and nothing is lost (ALC-07, ITF-14).</summary>
public sealed class UnallocatedTests
{
    private const string FromTags = """
        kind: AllocationRule
        name: from-tags
        order: 1
        when: {}
        set: {x_CostCentre: "{Tags/cost-centre}"}

        """;

    private static readonly BillingPeriod March = new(2026, 3);

    [Fact]
    public void The_example_of_the_readme()
    {
        using var books = new BookedCharges(
            FromTags,
            Owned("900", "shop", "web-1", "4110"),
            Owned("100", "shop", "db-1", "4200"),
            Charge("50.01", "shop", "cache-1"),
            Owned("300", "lab", "claims-api", "4300"),
            Owned("300", "lab", "rating-api", "4110"),
            Charge("80.02", "lab", "claims-batch"),
            Charge("20.03", "lab", "tmp"),
            Charge("10.04", "old", "vm-9")
        );
        var queue = Find(books);
        Assert.Equal(
            [
                "Cloud One, account lab: names that begin with claims- 80.02 4300",
                "Cloud One, account shop 50.01 4110",
                "Cloud One, account lab: the rest 20.03 -",
                "Cloud One, account old 10.04 -",
            ],
            queue.Items.Select(item => $"{item.Title} {item.Cost} {item.Suggested?.Owner ?? "-"}")
        );
        Assert.Equal("160.1", Assert.Single(queue.Unallocated).Amount.ToString());
        Assert.Equal(
            "90 % of the allocated cost of account shop ($1.0k) belongs to 4110.",
            queue.Items[1].Suggested!.Evidence.Replace('\u00a0', ' ').Replace('\u202f', ' ')
        );
        Assert.StartsWith(
            "All of the allocated cost of names that begin with claims-",
            queue.Items[0].Suggested!.Evidence
        );
        Assert.All(queue.Items, item => Assert.Equal(new DateOnly(2026, 3, 10), item.Since));
    }

    [Fact]
    public void Lines_sum_to_what_nobody_owns_to_the_last_digit_whatever_the_charges_are()
    {
        var charge =
            from cost in Gen.Choose(-99_999, 999_999)
            from day in Gen.Choose(1, 28)
            from account in Gen.Elements("one", "two", null)
            from resource in Gen.Elements("web-1", "web-2", "api-1", "tmp", null)
            from centre in Gen.Elements("4110", "4200", null, null)
            from currency in Gen.Elements("USD", "JPY")
            from service in Gen.Elements("Machines", "Disks")
            select new SomeCharge(
                new DateOnly(2026, 3, day),
                Amount.FromUnits((Int128)cost * 1_000_000_007_003).ToString()
            )
            {
                Account = account,
                Resource = resource,
                Currency = currency,
                Service = service,
                Tags = centre is null ? [] : ["cost-centre", centre],
            };
        Prop.ForAll(
                Gen.ArrayOf(charge).Where(charges => charges.Length > 0).ToArbitrary(),
                charges =>
                {
                    using var books = new BookedCharges(FromTags, charges);
                    var queue = Find(books);
                    foreach (var same in charges.Where(one => one.Tags.Length == 0).GroupBy(one => one.Currency))
                        Assert.Equal(
                            QueueMath.Sum(same.Select(one => Amount.Parse(one.Cost))),
                            QueueMath.Sum(
                                queue.Items.Where(item => item.Currency.Code == same.Key).Select(item => item.Cost)
                            )
                        );
                    Assert.Equal(queue.Items.Count, queue.Items.Select(item => item.Id).Distinct().Count());
                    Assert.All(queue.Items, item => Assert.Equal(item.Cost, Behind(books, item)));
                    Assert.All(queue.Items, item => Assert.Equal(item.Cost, item.CostSince));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(12).WithReplay(4711, 4713));
    }

    [Fact]
    public void Tags_that_look_alike_and_the_register_of_items_are_evidence_too()
    {
        using var books = new BookedCharges(
            FromTags
                + """
                ---
                kind: Organisation
                name: company
                costCentres:
                  - {id: "4110", name: Claims}
                  - {id: "4200", name: Rating}
                applications:
                  - {id: till, costCentre: "4200"}
                ---
                kind: ConfigurationItems
                name: cmdb
                items:
                  - {id: CI-1, resource: vm-7, application: till}
                """,
            Charge("70", "lab", "x") with
            {
                Tags = ["CostCenter", "4110"],
            },
            Charge("30", "old", "VM-7")
        );
        var queue = Find(books);
        Assert.Equal(["4110 Claims", "4200 Rating"], queue.Items.Select(Owner));
        Assert.Contains("CostCenter, which looks like cost-centre", queue.Items[0].Suggested!.Evidence);
        Assert.Contains("CMDB", queue.Items[1].Suggested!.Evidence);

        static string Owner(QueueItem item) => $"{item.Suggested?.Owner} {item.Suggested?.Name}";
    }

    [Fact]
    public async Task An_assignment_writes_the_rule_that_gives_the_cost_its_owner()
    {
        using var books = new BookedCharges(
            FromTags,
            Owned("300", "lab", "claims-api", "4300"),
            Owned("300", "lab", "rating-api", "4110"),
            Charge("80.02", "lab", "claims-batch"),
            Charge("20.03", "lab", "tmp")
        );
        foreach (var item in Find(books).Items)
        {
            var assigned = await books.RunAsync([
                "unallocated",
                "assign",
                item.Id,
                "--to",
                item.Suggested?.Owner ?? "4990",
                "--reason",
                "asked",
                "--write",
                "--draft",
            ]);
            Assert.True(assigned.ExitCode == 0, assigned.Error);
        }
        var queue = Find(books);
        Assert.DoesNotContain(queue.Unallocated, money => !money.Amount.IsZero);
        Assert.Equal(
            ["assigned 0", "assigned 0"],
            queue.Items.Select(item => $"{item.State} {item.Cost}".ToLowerInvariant())
        );
        Assert.Contains("Nothing is left", Assert.Single(queue.Notes, note => note.Contains("Nothing is left")));
        var costs = await books.RunAsync("costs", "--by", "x_CostCentre", "--format", "csv", "--draft");
        Assert.Contains("4300,380.02", costs.Out);
        Assert.Contains("4990,20.03", costs.Out);
    }

    [Fact]
    public async Task A_resolved_line_opens_again_when_the_same_cost_comes_again_and_the_past_stays_as_it_was()
    {
        using var books = new BookedCharges(FromTags, Charge("10", "old", "vm-9"));
        var id = Find(books).Items[0].Id;
        await Decide("dispute", id, "--reason", "not ours");
        Assert.Equal(QueueState.Disputed, Find(books).Items[0].State);
        await Decide("resolve", id, "--reason", "sold");
        var resolved = Find(books);
        Assert.Equal(QueueState.Resolved, resolved.Items[0].State);
        Assert.Equal(1, resolved.ResolvedCount);
        Assert.Equal(
            books.View.Today.DayNumber - new DateOnly(2026, 3, 10).DayNumber,
            decimal.ToInt32(resolved.MedianDays!.Value)
        );
        var twice = await books.RunAsync("unallocated", "resolve", id, "--reason", "again", "--draft");
        Assert.Contains("unallocated/already-resolved", twice.Error);

        books.Take(new SomeCharge(new DateOnly(2026, 4, 7), "11") { Account = "old", Resource = "vm-9" });
        var reopened = Find(books, new BillingPeriod(2026, 4)).Items[0];
        Assert.Equal((id, true, QueueState.Open), (reopened.Id, reopened.IsReopened, reopened.State));
        Assert.Equal((new DateOnly(2026, 4, 7), "11"), (reopened.Since, reopened.CostSince.ToString()));

        var then = await books.RunAsync(
            "unallocated",
            "--as-of",
            $"#{books.View.State.HeadSeq - 2}",
            "--format",
            "json",
            "--draft"
        );
        using var answer = JsonDocument.Parse(then.Out);
        Assert.Equal("disputed", answer.RootElement.GetProperty("items")[0].GetProperty("state").GetString());

        async Task Decide(params string[] args)
        {
            var result = await books.RunAsync(["unallocated", .. args, "--draft"]);
            Assert.True(result.ExitCode == 0, result.Error);
        }
    }

    [Fact]
    public async Task Cost_that_has_an_owner_can_be_disputed_by_the_rule_that_gave_it()
    {
        using var books = new BookedCharges(FromTags, Owned("300", "lab", "claims-api", "4300"));
        var result = await books.RunAsync(
            "unallocated",
            "dispute",
            "--rule",
            "from-tags",
            "--amount",
            "120.5",
            "--reason",
            "wrong tag",
            "--draft"
        );
        Assert.True(result.ExitCode == 0, result.Error);
        var dispute = Assert.Single(Find(books).Disputes);
        Assert.Equal(
            "x_CostCentreRule=from-tags 120.5",
            $"{dispute.Decision.Fact.Title} {dispute.Decision.Fact.Amount}"
        );
        Assert.Empty(Find(books).Items);
        await books.RunAsync("unallocated", "resolve", dispute.Decision.Fact.Id, "--reason", "mended", "--draft");
        Assert.Empty(Find(books).Disputes);
        Assert.Equal(1, Find(books).ResolvedCount);
    }

    [Fact]
    public void A_ticket_keeps_its_id_and_age_counts_the_months_without_a_gap()
    {
        using var books = new BookedCharges(
            FromTags,
            new SomeCharge(new DateOnly(2025, 11, 2), "1") { Account = "old" },
            new SomeCharge(new DateOnly(2026, 1, 5), "2") { Account = "old" },
            new SomeCharge(new DateOnly(2026, 2, 6), "4") { Account = "old" }
        );
        var february = Find(books, new BillingPeriod(2026, 2)).Items[0];
        books.Take(new SomeCharge(new DateOnly(2026, 3, 7), "8") { Account = "old" });
        var march = Find(books).Items[0];
        Assert.Equal(february.Id, march.Id);
        Assert.Equal(
            (new DateOnly(2026, 1, 5), "14", "8"),
            (march.Since, march.CostSince.ToString(), march.Cost.ToString())
        );
        var line = Assert.Single(Find(books).Ageing);
        Assert.Equal(["0", "0", "0", "8"], line.ByAge.Select(amount => amount.ToString()));
    }

    [Theory]
    [InlineData("unallocated/unknown-field", "--field", "x_Colour")]
    [InlineData("usage/bad-month", "--period", "soon")]
    [InlineData("unallocated/unknown-id", "assign", "u-nothing", "--to", "4110", "--reason", "x")]
    [InlineData("unallocated/unknown-id", "resolve", "u-nothing", "--reason", "x")]
    [InlineData("unallocated/what-is-disputed", "dispute", "--reason", "x")]
    [InlineData("unallocated/nothing-there", "dispute", "--where", "ServiceName=Nothing", "--reason", "x")]
    [InlineData(
        "unallocated/bad-amount",
        "dispute",
        "--where",
        "ServiceName=Machines",
        "--amount",
        "1,2",
        "--reason",
        "x"
    )]
    [InlineData("unallocated/no-reason", "resolve", "u", "--reason", " ")]
    [InlineData("unallocated/unknown-owner", "assign", "u", "--to", "4111", "--reason", "x")]
    public async Task A_request_without_an_answer_is_refused_with_its_code(string code, params string[] args)
    {
        using var books = new BookedCharges(
            FromTags
                + """
                ---
                kind: Organisation
                name: company
                costCentres: [{id: "4110"}]
                """,
            Charge("10", "old", "vm-9")
        );
        var refused = await books.RunAsync(["unallocated", .. args, "--draft"]);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(code, refused.Error);
        Assert.Empty(QueueHistory.Of(books.View.State).All);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static UnallocatedQueue Find(BookedCharges books, BillingPeriod? month = null) =>
        new FindUnallocated(books.View, "x_CostCentre").Of(month ?? March, Cancel);

    private static Amount Behind(BookedCharges books, QueueItem item)
    {
        using var session = books.View.Engine.Connect();
        return AskCost
            .Of(item.Behind, books.View.Star(Cancel), session, Cancel)
            .Totals.Where(total => total.Currency == item.Currency)
            .Select(total => total.Amount)
            .FirstOrDefault();
    }

    private static SomeCharge Charge(string cost, string account, string resource) =>
        new(new DateOnly(2026, 3, 10), cost) { Account = account, Resource = resource };

    private static SomeCharge Owned(string cost, string account, string resource, string centre) =>
        Charge(cost, account, resource) with
        {
            Tags = ["cost-centre", centre],
        };
}
