using System.Globalization;
using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Reporting;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Quantify.Budgets;

/// <summary>The years of budgets as a page sets them.</summary>
internal static class YearPageTables
{
    /// <summary>
    /// "By 30 September 2026, 76 % of All technology was used in 75 % of its time; FY2026 lands at …"
    /// </summary>
    public static string? Lead(BudgetYears years)
    {
        if (years.Paces.Count == 0)
            return null;
        var first = years.Paces.FirstOrDefault(pace => pace.Behind.Where.Count == 0) ?? years.Paces[0];
        var used =
            $"By {Display.Day(first.Through)}, {Display.Percent(first.Pace.UsedShare)} of {first.Budget.Title} was used in "
            + $"{Display.Percent(first.Pace.ElapsedShare)} of {first.Year}";
        if (first is not { Landing: { } landing, LandingOver: { } over })
            return used + ".";
        var lands =
            $"it lands at {Short(first, landing)}, {Short(first, over.Abs())} {(over > Amount.Zero ? "over" : "under")} "
            + $"({PaceWords.Missed(first.Wape)})";
        var ends = first.RunOut is { } day ? $", and nothing is left from {Display.Day(day)} on" : "";
        return $"{used}; {lands}{ends}.";
    }

    public static FigureTable Pace(IReadOnlyList<BudgetPace> paces, string? asOf, OwnerTitles owners)
    {
        var sameYear = paces.All(pace => pace.Year == paces[0].Year);
        var of = sameYear ? paces[0].Year : "its fiscal year";
        var together = paces.All(pace => pace.Through == paces[0].Through);
        return new FigureTable(
            together
                ? $"Each budget in {of}, spent up to {Display.Day(paces[0].Through)}"
                : $"Each budget in {of}, spent as far as its providers have delivered",
            ["Budget", "Owner"],
            [
                .. sameYear ? Array.Empty<FigureHeading>() : [new("Year", null)],
                new("May be spent", "in the year"),
                new("Spent", "so far"),
                .. together ? Array.Empty<FigureHeading>() : [new("Up to", null)],
                new("Used", "%"),
                new("Burn", "used ÷ elapsed"),
                new("Lands at", "forecast"),
                new("Misses by", "WAPE, %"),
                new("Over", "forecast"),
                new("Breach", "chance, %"),
                new("Nothing left", null),
            ],
            [
                .. paces.Select(pace => new FigureRow(
                    [
                        new(pace.Budget.Title, Href(pace.Budget.Name, asOf)),
                        new(
                            owners.Of(pace.Budget.Owner),
                            pace.Budget.Owner is { } owner ? OwnerHref(owner, asOf) : null
                        ),
                    ],
                    [
                        .. sameYear ? Array.Empty<FigureCell>() : [new(pace.Year, Tone: CellTone.Text)],
                        Money(pace, pace.Pace.Amount),
                        Money(pace, pace.Pace.Spent) with
                        {
                            Href = CostQueryUrl.Href("/rows", pace.Behind, asOf),
                        },
                        .. together
                            ? Array.Empty<FigureCell>()
                            :
                            [
                                new(
                                    pace.Through.ToString("d\u00a0MMM", CultureInfo.InvariantCulture),
                                    Tone: CellTone.Text
                                ),
                            ],
                        new(Display.PercentFigure(pace.Pace.UsedShare)),
                        new(Ratio(pace.Pace.BurnRatio)),
                        Money(pace, pace.Landing),
                        new(Display.PercentFigure(pace.Wape)),
                        Money(pace, pace.LandingOver),
                        new(ChanceFigure(pace.Chance)),
                        new(RunsOut(pace), Tone: CellTone.Text),
                    ]
                )),
            ],
            []
        );
    }

    public static FigureTable Periods(BudgetPace pace, string? asOf)
    {
        var held = pace.Periods.Any(period => !period.HeldBack.IsZero);
        var converted = pace.CurrencyEffect is not null;
        return new FigureTable(
            $"{pace.Budget.Title} in {pace.Year}, in {pace.Currency}",
            ["Period"],
            [
                new("Plan", null),
                .. held ? [new("Held back", null)] : Array.Empty<FigureHeading>(),
                new("May be spent", null),
                new("Spent", "so far"),
                .. converted ? [new("Currency effect", null)] : Array.Empty<FigureHeading>(),
                new("Comes to", "spent, then forecast"),
                new("Over", null),
            ],
            [
                .. pace.Periods.Select(period => new FigureRow(
                    [new(period.Period.Name)],
                    [
                        Money(pace, period.Planned),
                        .. held ? [Money(pace, period.HeldBack)] : Array.Empty<FigureCell>(),
                        Money(pace, period.Amount),
                        Spent(pace, period, asOf),
                        .. converted ? [Money(pace, period.CurrencyEffect)] : Array.Empty<FigureCell>(),
                        Money(pace, period.Expected),
                        Money(pace, period.Expected - period.Amount),
                    ]
                )),
            ],
            [
                new FigureRow(
                    [new("Year")],
                    [
                        Sum(pace, period => period.Planned),
                        .. held ? [Sum(pace, period => period.HeldBack)] : Array.Empty<FigureCell>(),
                        Sum(pace, period => period.Amount),
                        Sum(pace, period => period.Spent),
                        .. converted ? [Sum(pace, period => period.CurrencyEffect)] : Array.Empty<FigureCell>(),
                        Money(pace, pace.Landing) with
                        {
                            Tone = CellTone.Sum,
                        },
                        Money(pace, pace.LandingOver) with
                        {
                            Tone = CellTone.Sum,
                        },
                    ]
                ),
            ]
        );
    }

    /// <summary>What is exceeded, and which of the five steps is due.</summary>
    public static FigureTable Cases(IReadOnlyList<OverageCase> cases, string? asOf) =>
        new(
            "Budgets that are exceeded, or whose forecast is",
            ["Budget", "Of"],
            [
                new("What", null),
                new("Over", null),
                new("Where it stands", null),
                new("Next step", null),
                new("Since", null),
                new("Last word", null),
            ],
            [
                .. cases.Select(one => new FigureRow(
                    [new(one.Budget.Title, Href(one.Budget.Name, asOf)), new(one.Period)],
                    [
                        new(
                            one.Breach is null ? "kept now"
                                : one.Breach.Kind == BreachKind.Actual ? "exceeded"
                                : $"expected, {PaceWords.Chance(one.Breach.Chance)}",
                            Tone: CellTone.Text
                        ),
                        one.Breach is { } breach ? Money(breach.Pace, breach.Over) : new("–"),
                        new(PaceTables.State(one), Tone: CellTone.Text),
                        new(one.Next is { } next ? DecideBudgets.Word(next) : "–", Tone: CellTone.Text),
                        new(one.Since is { } since ? Display.Time(since) : "–", Tone: CellTone.Text),
                        new(one.Last?.Fact.Note ?? "–", Tone: CellTone.Prose),
                    ]
                )),
            ],
            []
        );

    public static FigureTable Unused(IReadOnlyList<UnusedFunds> unused, string? asOf, OwnerTitles owners) =>
        new(
            "Left even if the year lands as high as one in ten does",
            ["Budget", "Owner"],
            [
                new("May be spent", "in the year"),
                new("Lands at", "forecast"),
                new("At most", "nine of ten"),
                new("Misses by", "WAPE, %"),
                new("Can be given back", null),
            ],
            [
                .. unused.Select(one => new FigureRow(
                    [
                        new(one.Pace.Budget.Title, Href(one.Pace.Budget.Name, asOf)),
                        new(owners.Of(one.Pace.Budget.Owner)),
                    ],
                    [
                        Money(one.Pace, one.Pace.Pace.Amount),
                        Money(one.Pace, one.Pace.Landing),
                        Money(one.Pace, one.Pace.LandingHigh),
                        new(Display.PercentFigure(one.Pace.Wape)),
                        Money(one.Pace, one.Unused),
                    ]
                )),
            ],
            []
        );

    /// <summary>Plan, spent and expected, added up over the year; null where a line has less than two points.</summary>
    public static string? Chart(BudgetPace pace)
    {
        if (pace.Periods.Count < 2)
            return null;
        return ExploreChart.Json(
            new ChartData(
                "lines",
                Display.Symbol(pace.Currency),
                [.. pace.Periods.Select(period => Label(period.Period))],
                [
                    Line(pace, "May be spent", period => period.Amount),
                    Line(pace, "Spent, then forecast", period => period.Expected),
                ]
            )
        );
    }

    public static string OwnerHref(string owner, string? asOf) =>
        WebAddress.With(WebAddress.With("/budgets/owner", "owner", owner), "asof", asOf);

    public static string Href(string budget, string? asOf) =>
        WebAddress.With(WebAddress.With("/budgets", "budget", budget), "asof", asOf) + "#year";

    /// <summary>The size of the year decides how many decimals all of its figures have.</summary>
    public static FigureCell Money(BudgetPace pace, Amount? amount) => Money(pace.Currency, amount, pace.Pace.Amount);

    public static FigureCell Money(Currency currency, Amount? amount, Amount beside = default) =>
        amount is { } known
            ? new(Display.Figure(known, Display.ColumnDecimals([known, beside], currency)), Exact: known)
            : new("–");

    public static string RunsOut(BudgetPace pace) =>
        pace.RunOut is { } day ? Display.ShortDay(day)
        : pace.Landing is not null ? "not this year"
        : pace.RunOutEven is { } even ? $"{Display.ShortDay(even)} at this pace"
        : "–";

    public static string Ratio(decimal? ratio) =>
        ratio is { } known ? known.ToString("0.00", CultureInfo.InvariantCulture) : "–";

    /// <summary>For a column whose heading says percent: no forecast is quite sure.</summary>
    private static string ChanceFigure(decimal? chance) =>
        chance is > 0.99m and < 1 ? ">99" : Display.PercentFigure(chance, 0);

    private static FigureCell Spent(BudgetPace pace, PacePeriod period, string? asOf)
    {
        var days = period.Period.Days;
        if (days.Start > pace.Through)
            return new("–");
        var behind = pace.Behind with { From = days.Start, To = Least(days.End, pace.Through.AddDays(1)) };
        return Money(pace, period.Spent) with { Href = CostQueryUrl.Href("/rows", behind, asOf) };
    }

    private static ChartSeries Line(BudgetPace pace, string name, Func<PacePeriod, Amount?> of)
    {
        var sum = Amount.Zero;
        var values = new List<Amount?>();
        foreach (var period in pace.Periods)
        {
            var one = of(period);
            sum += one ?? Amount.Zero;
            values.Add(one is null ? null : sum);
        }
        return new ChartSeries(
            name,
            [.. values.Select(value => JsonElement.Parse(value?.ToString() ?? "null"))],
            [.. values.Select(value => value is { } known ? Short(pace, known) : "not known")],
            [.. values.Select(_ => (string?)null)],
            IsRest: false
        );
    }

    private static string Label(BudgetPeriod period) =>
        BillingPeriod.TryParse(period.Name, out var month) ? Display.ShortMonth(month) : period.Name;

    private static FigureCell Sum(BudgetPace pace, Func<PacePeriod, Amount> of) =>
        Money(pace, pace.Periods.Aggregate(Amount.Zero, (sum, period) => sum + of(period))) with
        {
            Tone = CellTone.Sum,
        };

    private static string Short(BudgetPace pace, Amount amount) => Display.Short(new Money(amount, pace.Currency));

    private static DateOnly Least(DateOnly one, DateOnly other) => one < other ? one : other;
}
