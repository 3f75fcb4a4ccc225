using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Web;

namespace Bursar.Quantify.Budgets;

/// <summary>Pace, breaches and decisions about budgets, as the doors show them.</summary>
internal static class PaceTables
{
    public static ResultTable Pace(IReadOnlyList<BudgetPace> paces) =>
        new(
            [
                new("budget"),
                new("owner", Spare: true),
                new("year", ColumnKind.Whole, Spare: true),
                new("through", ColumnKind.Whole, Spare: true),
                new("currency", ColumnKind.Whole, Spare: true),
                new("amount", ColumnKind.Figure, "May be spent", 0),
                new("spent", ColumnKind.Figure, "Spent", 0, Spare: true),
                new("usedPercent", ColumnKind.Figure, "Used, %", 1, Spare: true),
                new("elapsedPercent", ColumnKind.Figure, "Of time, %", 1, Spare: true),
                new("burnRatio", ColumnKind.Figure, "Burn"),
                new("planRatio", ColumnKind.Figure, "Of plan", Spare: true),
                new("atCompletion", ColumnKind.Figure, "At this pace", 0, Spare: true),
                new("overAtCompletion", ColumnKind.Figure, "Over", 0, Spare: true),
                new("runOutPeriod", ColumnKind.Figure, "Run-out period", 2, Spare: true),
                new("runOutAtPace", ColumnKind.Whole, "Runs out at pace", Spare: true),
                new("landing", ColumnKind.Figure, "Lands at", 0),
                new("landingP10", ColumnKind.Figure, "P10", 0, Spare: true),
                new("landingP90", ColumnKind.Figure, "P90", 0, Spare: true),
                new("forecastWapePercent", ColumnKind.Figure, "WAPE, %", 1),
                new("breachPercent", ColumnKind.Figure, "Breach, %", 1),
                new("runOut", ColumnKind.Whole, "Runs out"),
            ],
            [.. paces.Select(Row)]
        )
        {
            Caption = "Each budget in its fiscal year: used ÷ elapsed = burn; where it lands by the forecast",
            WhenEmpty = "No budget speaks of this year. Write kind: Budget into the rulebook, then `bursar publish`.",
        };

    /// <summary>One budget with its periods, versions, holdbacks and steps.</summary>
    public static ResultRecord Record(BudgetPace pace, BudgetBook book, bool forPeople)
    {
        var names = Pace([]).Columns.Select(column => column.Id);
        var fields = names.Zip(Row(pace)).Select(pair => (pair.First, pair.Second)).ToList();
        fields.Insert(1, ("measure", pace.Budget.Measure.ToString()));
        fields.AddRange([
            ("taxCounts", pace.Budget.Tax),
            ("creditsCount", pace.Budget.Credits),
            ("currencyEffect", Money(pace, pace.CurrencyEffect)),
            ("heldBack", Money(pace, pace.HeldBack.Aggregate(Amount.Zero, (sum, one) => sum + one.Amount))),
            ("provisional", Money(pace, pace.Provisional)),
            ("forecastReason", pace.Reason),
            ("periods", List(Periods(pace), forPeople)),
            ("versions", List(Versions(book, pace.Budget), forPeople)),
            ("steps", List(Steps(book.Log.Overages.Where(one => one.Fact.Budget == pace.Budget.Name)), forPeople)),
            (
                "holdbacks",
                List(Holdbacks(book.Log.Holdbacks.Where(one => one.Fact.Budget == pace.Budget.Name)), forPeople)
            ),
        ]);
        return ResultRecord.Of([.. fields]);
    }

    /// <param name="breaches">What is exceeded.</param>
    /// <param name="withSentence">Whether each is said in words too.</param>
    public static ResultTable Breaches(IReadOnlyList<BudgetBreach> breaches, bool withSentence = true) =>
        new(
            [
                new("budget"),
                new("owner", Spare: true),
                new("kind", ColumnKind.Whole),
                new("period", ColumnKind.Whole),
                new("amount", ColumnKind.Figure, "May be spent", 0),
                new("figure", ColumnKind.Figure, "Spent or expected", 0, Spare: true),
                new("over", ColumnKind.Figure, "Over", 0),
                new("chancePercent", ColumnKind.Figure, "Chance, %", 1),
                new("forecastWapePercent", ColumnKind.Figure, "WAPE, %", 1),
                new("runOut", ColumnKind.Whole, "Runs out"),
                .. withSentence ? [new("says")] : Array.Empty<ResultColumn>(),
            ],
            [
                .. breaches.Select(one =>
                    (IReadOnlyList<object?>)
                        [
                            one.Budget.Name,
                            one.Budget.Owner,
                            one.Kind.ToString().ToLowerInvariant(),
                            one.Period,
                            Money(one.Pace, one.Amount),
                            Money(one.Pace, one.Figure),
                            Money(one.Pace, one.Over),
                            Percent(one.Chance),
                            Percent(one.Wape),
                            one.RunOut,
                            .. withSentence ? [one.Sentence] : Array.Empty<object?>(),
                        ]
                ),
            ]
        )
        {
            WhenEmpty = "No budget is exceeded, and no forecast says that one will be.",
        };

    public static ResultTable Cases(IReadOnlyList<OverageCase> cases) =>
        new(
            [
                new("budget"),
                new("period", ColumnKind.Whole),
                new("over", ColumnKind.Figure, "Over", 0),
                new("state"),
                new("next", ColumnKind.Whole, "Next step"),
                new("since", ColumnKind.Whole, Spare: true),
                new("last", Heading: "Last word"),
            ],
            [
                .. cases.Select(one =>
                    (IReadOnlyList<object?>)
                        [
                            one.Budget.Name,
                            one.Period,
                            one.Breach is { } breach ? Money(breach.Pace, breach.Over) : null,
                            State(one),
                            one.Next is { } next ? DecideBudgets.Word(next) : null,
                            one.Since,
                            one.Last?.Fact.Note,
                        ]
                ),
            ]
        )
        {
            WhenEmpty = "No budget is exceeded.",
        };

    public static string State(OverageCase one) =>
        one.IsSettled ? $"settled in {Display.Duration(one.Took ?? TimeSpan.Zero)}"
        : one.Last is null ? "nobody has begun"
        : one.Last.Fact.Outcome == OverageOutcome.Begun ? $"{DecideBudgets.Word(one.Last.Fact.Step)} begun"
        : $"{DecideBudgets.Word(one.Last.Fact.Step)} was not enough";

    public static ResultTable Steps(IEnumerable<OverageEntry> entries) =>
        new(
            [
                new("at", ColumnKind.Whole),
                new("by", Spare: true),
                new("period", ColumnKind.Whole),
                new("step", ColumnKind.Whole),
                new("outcome", ColumnKind.Whole),
                new("amount", ColumnKind.Figure),
                new("reason"),
            ],
            [
                .. entries.Select(one =>
                    (IReadOnlyList<object?>)
                        [
                            one.At,
                            one.Fact.By ?? one.Actor,
                            one.Fact.Period,
                            DecideBudgets.Word(one.Fact.Step),
                            Cli.Choice.KebabCase(one.Fact.Outcome.ToString()),
                            one.Fact.Amount,
                            one.Fact.Note,
                        ]
                ),
            ]
        )
        {
            WhenEmpty = "Nothing was done about an overage.",
        };

    public static ResultTable Holdbacks(IEnumerable<HoldbackEntry> entries) =>
        new(
            [
                new("at", ColumnKind.Whole),
                new("by", Spare: true),
                new("level"),
                new("period", ColumnKind.Whole),
                new("way", ColumnKind.Whole),
                new("amount", ColumnKind.Figure),
                new("reason"),
            ],
            [
                .. entries.Select(one =>
                    (IReadOnlyList<object?>)
                        [
                            one.At,
                            one.Fact.By ?? one.Actor,
                            one.Fact.Level,
                            one.Fact.Period,
                            one.Fact.Way.ToString().ToLowerInvariant(),
                            one.Fact.Amount,
                            one.Fact.Reason,
                        ]
                ),
            ]
        )
        {
            WhenEmpty = "Nothing was released or taken back.",
        };

    /// <summary>What changed, and what waits, of one budget or of all.</summary>
    public static ResultTable Versions(BudgetBook book, params IReadOnlyList<Budget> budgets) =>
        new(
            [
                new("budget"),
                new("version"),
                new("from", ColumnKind.Whole),
                new("state", ColumnKind.Whole),
                new("by", Spare: true),
                new("origin", ColumnKind.Whole),
                new("periods", ColumnKind.Figure, Decimals: 0, Spare: true),
                new("sum", ColumnKind.Figure, Decimals: 0),
                new("reason"),
                new("assumptions", Spare: true),
            ],
            [
                .. from budget in budgets
                from one in book.VersionsOf(budget)
                select (IReadOnlyList<object?>)
                    [
                        budget.Name,
                        one.Name,
                        one.From,
                        one.State.ToString().ToLowerInvariant(),
                        one.By,
                        one.Origin,
                        one.Amounts.Count,
                        one.Amounts.Count == 0
                            ? null
                            : one.Amounts.Values.Aggregate(Amount.Zero, (sum, amount) => sum + amount),
                        one.Reason,
                        one.Assumptions.Count == 0 ? null : string.Join("; ", one.Assumptions),
                    ],
            ]
        );

    public static ResultTable Unused(IReadOnlyList<UnusedFunds> unused) =>
        new(
            [
                new("budget"),
                new("owner", Spare: true),
                new("year", ColumnKind.Whole),
                new("amount", ColumnKind.Figure, "May be spent", 0),
                new("landing", ColumnKind.Figure, "Lands at", 0),
                new("landingP90", ColumnKind.Figure, "P90", 0),
                new("forecastWapePercent", ColumnKind.Figure, "WAPE, %", 1),
                new("unused", ColumnKind.Figure, "Can be given back", 0),
                new("command", Spare: true),
            ],
            [
                .. unused.Select(one =>
                    (IReadOnlyList<object?>)
                        [
                            one.Pace.Budget.Name,
                            one.Pace.Budget.Owner,
                            one.Pace.Year,
                            Money(one.Pace, one.Pace.Pace.Amount),
                            Money(one.Pace, one.Pace.Landing),
                            Money(one.Pace, one.Pace.LandingHigh),
                            Percent(one.Pace.Wape),
                            Money(one.Pace, one.Unused),
                            $"bursar budgets reclaim {one.Pace.Budget.Name} --period {one.Period} --amount {one.Unused} --reason …",
                        ]
                ),
            ]
        )
        {
            WhenEmpty = "No budget has money to spare: nine times out of ten, all of it will be spent.",
        };

    public static ResultTable Periods(BudgetPace pace) =>
        new(
            [
                new("period", ColumnKind.Whole),
                new("planned", ColumnKind.Figure, Decimals: 0, Spare: true),
                new("heldBack", ColumnKind.Figure, "held back", 0, Spare: true),
                new("amount", ColumnKind.Figure, "may be spent", 0),
                new("spent", ColumnKind.Figure, Decimals: 0),
                new("currencyEffect", ColumnKind.Figure, "currency effect", 0, Spare: true),
                new("expected", ColumnKind.Figure, "expected", 0),
                new("over", ColumnKind.Figure, "over", 0),
            ],
            [
                .. pace.Periods.Select(one =>
                    (IReadOnlyList<object?>)
                        [
                            one.Period.Name,
                            Money(pace, one.Planned),
                            Money(pace, one.HeldBack),
                            Money(pace, one.Amount),
                            one.Period.Days.Start > pace.Through ? null : Money(pace, one.Spent),
                            one.Period.Days.Start > pace.Through ? null : Money(pace, one.CurrencyEffect),
                            Money(pace, one.Expected),
                            Money(pace, one.Expected - one.Amount),
                        ]
                ),
            ]
        );

    /// <summary>What a reader must know beside the figures, each once.</summary>
    public static IReadOnlyList<string> Notes(IReadOnlyList<BudgetPace> paces)
    {
        var notes = new List<string>();
        if (paces.Count == 0)
            return notes;
        notes.Add(PaceWords.SpentUpTo(paces) + "; later days are provisional and count in the forecast only.");
        notes.AddRange(
            paces
                .Where(pace => pace.Landing is not null && pace.Wape is null)
                .Select(pace =>
                    $"How far forecasts of {pace.Budget.Name} miss is not known yet: they were never tried."
                )
        );
        notes.AddRange(
            paces
                .Where(pace => pace.Landing is null && pace.Reason is not null)
                .Select(pace => $"{pace.Budget.Name} has no forecast: {pace.Reason}")
        );
        notes.AddRange(paces.SelectMany(pace => pace.Notes));
        return [.. notes.Distinct()];
    }

    /// <summary>Programs get four decimals; people as many as the column has.</summary>
    public static Amount? Percent(decimal? share) =>
        share is { } known ? Amount.From(decimal.Round(known * 100, 4, MidpointRounding.AwayFromZero)) : null;

    private static IReadOnlyList<object?> Row(BudgetPace pace) =>
        [
            pace.Budget.Name,
            pace.Budget.Owner,
            pace.Year,
            pace.Through,
            pace.Currency.Code,
            Money(pace, pace.Pace.Amount),
            Money(pace, pace.Pace.Spent),
            Percent(pace.Pace.UsedShare),
            Percent(pace.Pace.ElapsedShare),
            Rounded(pace.Pace.BurnRatio),
            Rounded(pace.Pace.PlanRatio),
            Money(pace, pace.Pace.AtCompletion),
            Money(pace, pace.Pace.Over),
            Rounded(pace.Pace.RunOutPeriod),
            pace.RunOutEven,
            Money(pace, pace.Landing),
            Money(pace, pace.LandingLow),
            Money(pace, pace.LandingHigh),
            Percent(pace.Wape),
            Percent(pace.Chance),
            pace.RunOut,
        ];

    private static object? List(ResultTable table, bool forPeople) =>
        !forPeople ? table.Records()
        : table.Rows.Count == 0 ? table.WhenEmpty
        : table;

    private static Amount? Rounded(decimal? ratio) =>
        ratio is { } known ? Amount.From(decimal.Round(known, 4, MidpointRounding.AwayFromZero)) : null;

    private static Money? Money(BudgetPace pace, Amount? amount) =>
        amount is { } known ? new Money(known, pace.Currency) : null;
}
