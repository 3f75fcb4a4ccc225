using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Manage.Contracts;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Quantify.Forecasts.Commitments;

/// <summary>A promise that is running, and where it leads.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Year">The contract year that is running.</param>
/// <param name="Committed">The promise, with what was carried into it.</param>
/// <param name="Used">What counts towards it so far.</param>
/// <param name="Elapsed">How many of its months have passed, to a tenth.</param>
/// <param name="Months">How many months it has.</param>
/// <param name="PerMonth">What the last three whole months used each.</param>
/// <param name="Pace">Where that leads.</param>
/// <param name="Expected">What the forecast expects to be used at its end; null where there is none.</param>
/// <param name="P10">What is used at least, nine times in ten.</param>
/// <param name="P90">What is used at most, nine times in ten.</param>
/// <param name="ShortProbability">How likely the promise is missed.</param>
/// <param name="Behind">The question that opens the charges that count.</param>
/// <param name="Why">Why there is no forecast; null where there is one.</param>
internal sealed record ProjectedCommitment(
    ReviewedContract Contract,
    ReviewedYear Year,
    Amount Committed,
    Amount Used,
    decimal Elapsed,
    int Months,
    Amount PerMonth,
    BurnDown Pace,
    Amount? Expected,
    Amount? P10,
    Amount? P90,
    decimal? ShortProbability,
    CostQuery Behind,
    string? Why
)
{
    /// <summary>How far such forecasts missed, as a share of what came; null where that was never tried.</summary>
    public decimal? Wape { get; init; }
}

/// <summary>Projects commitments that are running to the end of their year: burn-down, shortfall or overage.</summary>
internal static class ProjectCommitments
{
    private const int TrailingMonths = 3;

    public static IReadOnlyList<ProjectedCommitment> Of(BooksView view, CancellationToken cancel) =>
        view.DataThrough is { } through
            ? [.. PacesOf(view, through, cancel).Select(one => WithForecast(view, one, cancel))]
            : [];

    /// <summary>Where the pace of late leads, as of a day; without a forecast.</summary>
    public static IReadOnlyList<ProjectedCommitment> PacesOf(BooksView view, DateOnly day, CancellationToken cancel)
    {
        if (view.DataThrough is not { } newest)
            return [];
        var through = day < newest ? day : newest;
        return
        [
            .. from contract in day < newest
                ? ReviewContracts.AtEndOf(view, through, cancel)
                : ReviewContracts.Of(view, through, cancel)
            from year in contract.Years
            where year.From <= through && year.To > through && year.Parts.Count > 0
            select Project(view, contract, year, through, cancel),
        ];
    }

    private static ProjectedCommitment Project(
        BooksView view,
        ReviewedContract contract,
        ReviewedYear year,
        DateOnly through,
        CancellationToken cancel
    )
    {
        var settled = year.Settled!;
        var (months, elapsed) = Passed(year, through);
        var behind = year.Parts[0].Behind;
        var trailing = Trailing(view, year, contract.Currency!.Value, through, cancel);
        var pace = BurnDownMath.Of(
            settled.Needed.ToDecimal(),
            settled.Counted.ToDecimal(),
            months,
            elapsed,
            trailing.ToDecimal()
        );
        return new ProjectedCommitment(
            contract,
            year,
            settled.Needed,
            settled.Counted,
            decimal.Round(elapsed, 1, MidpointRounding.ToEven),
            months,
            trailing,
            pace,
            null,
            null,
            null,
            null,
            behind,
            null
        );
    }

    private static ProjectedCommitment WithForecast(BooksView view, ProjectedCommitment pace, CancellationToken cancel)
    {
        try
        {
            return Forecast(view, pace, cancel);
        }
        catch (RefusedException none)
        {
            return pace with { Why = none.Message };
        }
    }

    /// <summary>The whole months of the forecast up to the end of the year, on top of what counts.</summary>
    private static ProjectedCommitment Forecast(BooksView view, ProjectedCommitment pace, CancellationToken cancel)
    {
        // Billing periods are slow to tell; what charges cost by the days they serve moves the same way.
        var forecast = ForecastCosts.Ask(
            view,
            new ForecastQuestion
            {
                Cost = pace.Behind with { From = null, To = null },
                Through = pace.Year.To.AddDays(-1),
            },
            cancel
        );
        if (
            forecast.Currency != pace.Contract.Currency
            || forecast.Over(new DateRange(pace.Year.From, pace.Year.To)) is not { } rest
        )
            return pace with { Why = "nothing is forecast in its currency within the year" };
        // Of the month that has begun, what is booked counts already.
        var used = pace.Used - rest.Actual;
        return pace with
        {
            Expected = used + rest.Point,
            P10 = used + rest.P10,
            P90 = used + rest.P90,
            Wape = forecast.Backtest.Wape,
            ShortProbability = 1 - rest.ProbabilityAbove(pace.Committed - used),
        };
    }

    private static (int Months, decimal Elapsed) Passed(ReviewedYear year, DateOnly through)
    {
        var months = ((year.To.Year - year.From.Year) * 12) + year.To.Month - year.From.Month;
        var next = through.AddDays(1);
        var whole = ((next.Year - year.From.Year) * 12) + next.Month - year.From.Month;
        return (months, whole + ((next.Day - 1m) / DateTime.DaysInMonth(next.Year, next.Month)));
    }

    private static Amount Trailing(
        BooksView view,
        ReviewedYear year,
        Currency currency,
        DateOnly through,
        CancellationToken cancel
    )
    {
        var end = BillingPeriod.Containing(through.AddDays(1)).Start;
        var sum = year.Parts.Aggregate(
            Amount.Zero,
            (all, part) =>
                all
                + new Understand.Reporting.AskCosts(view)
                    .Answer(part.Behind with { From = end.AddMonths(-TrailingMonths), To = end }, cancel)
                    .Totals.Where(total => total.Currency == currency)
                    .Aggregate(Amount.Zero, (some, total) => some + total.Amount)
        );
        return Amount.From(sum.ToDecimal() / TrailingMonths).RoundedTo(currency.Decimals);
    }
}
