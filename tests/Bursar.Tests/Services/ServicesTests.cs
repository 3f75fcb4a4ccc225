using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Tests.Deliveries;
using Bursar.Tests.Ingestion;
using Bursar.Understand.Services;

namespace Bursar.Tests.Services;

/// <summary>
/// A service is costed across its layers, each part metered, modelled or assumed, and no charge is counted twice
/// (ITF-07, AIF-04, AIF-05).
/// </summary>
public sealed class ServicesTests
{
    private const string Assistant = """
        kind: BusinessService
        name: assistant
        parts:
          - {name: compute, layer: cloud, basis: metered, where: {ServiceName: Compute}}
          - {name: models, layer: saas, basis: metered, where: {ServiceName: Models}}
          - name: seats
            layer: licence
            basis: modelled
            where: {ServiceName: Office}
            methods:
              - {method: stand-alone-price, rest: 25, part: 15}
              - {method: price-uplift, bundle: 30, without: 22}
          - name: host
            layer: on-premises
            basis: assumed
            where: {ServiceName: Hall}
            methods: [{method: percentage, percent: 10}]

        """;

    private static string Charges =>
        SomeRow.Csv(
            new SomeRow("1200.50") { Service = "Compute" },
            new SomeRow("98.40") { Service = "Models" },
            new SomeRow("15000") { Service = "Office" },
            new SomeRow("2000") { Service = "Hall" },
            new SomeRow("7") { Service = "Elsewhere" },
            new SomeRow("50") { Service = "Compute", Currency = "EUR" }
        );

    private static async Task<BooksTest> BookedAsync(string rules, string? charges = null)
    {
        var test = new BooksTest();
        test.Write("rulebook/services.yaml", rules);
        var check = await test.RunAsync("check");
        Assert.True(check.ExitCode == 0, check.ToString());
        await test.BookAsync(test.Write("charges.csv", charges ?? Charges));
        return test;
    }

    [Fact]
    public async Task EX_AIF_6_both_methods_stand_side_by_side_and_one_counts()
    {
        using var test = await BookedAsync(Assistant);
        var review = await test.JsonAsync("services", "assistant", "--period", "2026-03");
        var service = review.GetProperty("services")[0];
        Assert.Equal(
            [
                "compute cloud metered 1200.5",
                "models saas metered 98.4",
                "seats licence modelled 5625",
                "host on-premises assumed 200",
            ],
            service.GetProperty("parts").EnumerateArray().Select(part => Words(part, "part", "layer", "basis", "cost"))
        );
        var seats = service.GetProperty("parts")[2];
        Assert.Equal("15000", seats.GetProperty("charges").GetRawText());
        Assert.Equal(
            ["stand-alone-price 5625 True", "price-uplift 4000 False"],
            seats.GetProperty("figures").EnumerateArray().Select(figure => Words(figure, "method", "cost", "counts"))
        );
        Assert.Equal("1298.9 5625 200 0 7123.9", Words(service, "metered", "modelled", "assumed", "twice", "total"));
        // The figure opens to its rows: the same condition gives the same charges.
        Assert.Equal("15000", await test.TotalAsync("--where", seats.GetProperty("where")[0].GetString()!));
        Assert.Equal("EUR", review.GetProperty("services")[1].GetProperty("billingCurrency").GetString());
        var table = await test.RunAsync("services", "assistant", "--period", "2026-03");
        Assert.Contains("37.50 %", table.Out);
        Assert.Contains("each charge once.", table.Error);
    }

    [Fact]
    public async Task Charges_that_two_parts_claim_are_shown_and_counted_once()
    {
        using var test = await BookedAsync(
            Assistant
                + """
                ---
                kind: BusinessService
                name: office
                parts:
                  - {name: office, layer: licence, basis: metered, where: {ServiceName: Office}}
                  - {name: all-of-it, layer: other, basis: metered, where: {ServiceName: [Office, Models]}}

                """
        );
        var review = await test.JsonAsync("services", "--period", "2026-03");
        var office = review.GetProperty("services").EnumerateArray().Last();
        Assert.Equal("office 15000 15098.4 15098.4", Words(office, "service", "twice", "total", "elsewhere"));
        Assert.Equal(
            [
                "assistant/seats, office/office, office/all-of-it 15000 35625 15000",
                "assistant/models, office/all-of-it 98.4 196.8 98.4",
            ],
            review
                .GetProperty("overlaps")
                .EnumerateArray()
                .Select(one =>
                    string.Join(", ", one.GetProperty("parts").EnumerateArray().Select(part => part.GetString()))
                    + " "
                    + Words(one, "charges", "claimed", "counted")
                )
        );
        var total = review.GetProperty("totals")[0];
        Assert.Equal(
            "USD 22222.3 16498.9 18305.9",
            Words(total, "billingCurrency", "together", "once", "organisation")
        );
    }

    [Fact]
    public async Task Use_is_counted_by_a_series_and_a_month_without_it_takes_the_next_method()
    {
        using var test = await BookedAsync(
            """
            kind: Series
            name: prompts
            unit: prompts
            source: Telemetry of the office programs
            combine: sum
            time: Month
            value: Prompts
            by: {product: Product}
            files: ["prompts.csv"]
            ---
            kind: BusinessService
            name: writing
            parts:
              - name: seats
                layer: licence
                basis: modelled
                where: {ServiceName: Office}
                methods:
                  - {method: usage-share, series: prompts, key: product, value: writing}
                  - {method: price-uplift, bundle: 30, without: 24}
              - name: credits
                layer: saas
                basis: modelled
                where: {ServiceName: Models}
                methods: [{method: metered-credit, series: prompts, key: product, value: writing, price: 0.04}]

            """,
            SomeRow.Csv(
                new SomeRow("900") { Service = "Office" },
                new SomeRow("98.40") { Service = "Models" },
                new SomeRow("900") { Service = "Office", Month = "2026-04" },
                new SomeRow("98.40") { Service = "Models", Month = "2026-04" }
            )
        );
        var loaded = await test.RunAsync(
            "series",
            "load",
            test.Write("prompts.csv", "Month,Product,Prompts\n2026-03,writing,100\n2026-03,search,200\n"),
            "--name",
            "prompts"
        );
        if (loaded.ExitCode != 0)
            loaded = await test.RunAsync("series", "load", test.Path + "/prompts.csv");
        Assert.True(loaded.ExitCode == 0, loaded.ToString());
        var march = (await test.JsonAsync("services", "--period", "2026-03")).GetProperty("services")[0];
        Assert.Equal(
            ["seats 300", "credits 4"],
            march.GetProperty("parts").EnumerateArray().Select(part => Words(part, "part", "cost"))
        );
        var april = await test.RunAsync("services", "--period", "2026-04", "--format", "json");
        using var json = JsonDocument.Parse(april.Out);
        var service = json.RootElement.GetProperty("services")[0];
        Assert.Equal(
            ["seats 180", "credits null"],
            service.GetProperty("parts").EnumerateArray().Select(part => Words(part, "part", "cost"))
        );
        Assert.Equal("True 180", Words(service, "incomplete", "total"));
        Assert.Contains("writing is incomplete: credits has no figure.", april.Error);
    }

    [Fact]
    public async Task AIF_05_what_is_estimated_inside_a_licence_is_followed_month_by_month()
    {
        using var test = await BookedAsync(
            """
            kind: BusinessService
            name: writing
            displayName: Writing
            parts:
              - {name: models, layer: saas, basis: metered, where: {ServiceName: Models}}
              - name: seats
                layer: licence
                basis: modelled
                where: {ServiceName: Office}
                methods:
                  - {method: stand-alone-price, rest: 25, part: 15}
                  - {method: price-uplift, bundle: 30, without: 22}
            ---
            kind: BusinessService
            name: late
            from: 2026-04-01
            parts: [{name: all, layer: licence, basis: metered, where: {ServiceName: Office}}]

            """,
            SomeRow.Csv(
                new SomeRow("12000") { Service = "Office", Month = "2026-02" },
                new SomeRow("15000") { Service = "Office" },
                new SomeRow("18000") { Service = "Office", Month = "2026-04" },
                new SomeRow("100") { Service = "Models", Month = "2026-04" }
            )
        );
        // 37.50 % of 12,000, of 15,000 and of 18,000; a service that does not hold yet claims nothing.
        string[] command = ["services", "trend", "--period", "2026-04", "--months", "3"];
        var rows = (await test.JsonAsync(command)).GetProperty("rows").EnumerateArray();
        Assert.Equal(
            [
                "late all metered 2026-04 18000 null null null",
                "writing models metered 2026-04 100 null null null",
                "writing seats modelled 2026-02 4500 null null stand-alone-price",
                "writing seats modelled 2026-03 5625 1125 25.00 stand-alone-price",
                "writing seats modelled 2026-04 6750 1125 20.00 stand-alone-price",
            ],
            rows.Select(row =>
                string.Join(' ', new[] { 0, 1, 3, 5, 7, 8, 9, 10 }.Select(at => row[at].GetRawText().Trim('"')))
            )
        );
        var said = (await test.RunAsync([.. command[..2], "writing", .. command[2..]])).Error.Flat();
        Assert.Contains("Writing, seats (modelled): $4.5k in February 2026, $6.8k in April 2026, +50.0 %.", said);
        Assert.Equal(2, (await test.RunAsync("services", "trend", "writting")).ExitCode);
    }

    [Fact]
    public async Task AIF_05_licences_that_go_with_use_are_listed_first()
    {
        string[] frequencies = ["Recurring", "Usage-Based", "Recurring", "Recurring"];
        var csv = SomeRow
            .Csv(
                new SomeRow("900") { Service = "Office" },
                new SomeRow("100") { Service = "Office" },
                new SomeRow("500") { Service = "Notes" },
                new SomeRow("300") { Service = "Models" }
            )
            .TrimEnd()
            .Split('\n')
            .Select((line, at) => line.TrimEnd() + "," + (at == 0 ? "ChargeFrequency" : frequencies[at - 1]) + "\n");
        using var test = await BookedAsync(
            """
            kind: BusinessService
            name: writing
            parts:
              - {name: notes, layer: saas, basis: metered, where: {ServiceName: Notes}}
              - name: credits
                layer: saas
                basis: modelled
                where: {ServiceName: Models}
                methods: [{method: metered-credit, used: 50, price: 2}]
              - name: seats
                layer: licence
                basis: modelled
                where: {ServiceName: Office}
                methods: [{method: price-uplift, bundle: 30, without: 24}]
              - {name: machines, layer: cloud, basis: metered, where: {ServiceName: Office}}

            """,
            string.Concat(csv)
        );
        var rows = (await test.JsonAsync("services", "licences", "--period", "2026-03")).GetProperty("rows");
        Assert.Equal(
            ["seats 1000 200 100 charges by use", "credits 300 100 0 credits, each at a price", "notes 500 500 0 null"],
            rows.EnumerateArray()
                .Select(row => string.Join(' ', new[] { 1, 5, 6, 7, 8 }.Select(at => row[at].GetRawText().Trim('"'))))
        );
    }

    [Fact]
    public async Task A_service_that_is_not_declared_is_refused_with_the_nearest_name()
    {
        using var test = await BookedAsync(Assistant);
        var refused = await test.RunAsync("services", "asistant");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("Did you mean \"assistant\"?", refused.Error);
        var csv = await test.RunAsync("services", "--period", "2026-03", "--format", "csv");
        Assert.StartsWith(
            "service,currency,metered,modelled,assumed,twice,total,elsewhere\nassistant,USD,1298.9,5625,200,0,7123.9,0",
            csv.Out,
            StringComparison.Ordinal
        );
        var overlaps = await test.RunAsync("services", "--period", "2026-03", "--overlap");
        Assert.Contains("No charge is in two parts.", overlaps.Out);
    }

    /// <summary>The claims of a part sum to its figure, and nothing counts beyond the charges.</summary>
    [Fact]
    public void Claims_sum_to_the_figures_and_never_count_beyond_the_charges()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            List<ClaimedCost> costs =
            [
                .. Enumerable
                    .Range(1, 7)
                    .Select(set => new ClaimedCost(
                        [.. Enumerable.Range(0, 3).Where(part => (set & (1 << part)) != 0)],
                        Amount.From(random.Next(1, 100_000) / 7m)
                    )),
            ];
            var figures = Enumerable
                .Range(0, 3)
                .ToDictionary(
                    part => part,
                    part =>
                        (Amount?)
                            ServiceMath
                                .Sum(costs.Where(cost => cost.Parts.Contains(part)).Select(cost => cost.Cost))
                                .TimesRatio(Amount.From(random.Next(1, 10)), Amount.From(9))
                );
            var claims = ServiceMath.Claims(costs, figures);
            foreach (var (part, figure) in figures)
                Assert.Equal(figure, ServiceMath.Sum(claims.Select(claim => claim.GetValueOrDefault(part))));
            Assert.All(
                costs.Zip(claims),
                pair =>
                    Assert.True(
                        ServiceMath.Once(pair.First.Cost, ServiceMath.Sum(pair.Second.Values), pair.Second.Count)
                            <= pair.First.Cost + Amount.FromUnits(10)
                    )
            );
        }
    }

    private static string Words(JsonElement of, params string[] fields) =>
        string.Join(
            ' ',
            fields.Select(field =>
                of.GetProperty(field) is { ValueKind: JsonValueKind.Number or JsonValueKind.Null } number
                    ? number.GetRawText()
                    : of.GetProperty(field).ToString()
            )
        );
}
