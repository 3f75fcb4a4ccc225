using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Unallocated;

/// <summary>Since when a piece of work has cost without an owner.</summary>
/// <param name="Since">The first day; null when there is none.</param>
/// <param name="CostSince">What it sums to since then.</param>
/// <param name="CameAgain">There is some after the day that was given.</param>
internal sealed record CostAge(DateOnly? Since, Amount CostSince, bool CameAgain);

/// <summary>
/// Measures how long cost has had no owner: from the first day of the months without a gap up to the period; for what
/// was resolved and came again, from the first day that was not known at the resolution.
/// </summary>
internal sealed class AgeOfCost
{
    private readonly Func<CostQuery, ILookup<(WorkScope, Currency), (DateOnly Start, Amount Cost)>> read;
    private readonly CostQuery question;
    private readonly Lazy<ILookup<(WorkScope, Currency), (DateOnly Start, Amount Cost)>> months;
    private readonly Dictionary<DateOnly, ILookup<(WorkScope, Currency), (DateOnly Start, Amount Cost)>> days = [];

    public AgeOfCost(
        AskCosts ask,
        QueueColumns columns,
        CostQuery question,
        ILookup<WorkScope, WorkScope> parts,
        CancellationToken cancel
    )
    {
        this.question = question with { By = columns.By, Where = columns.IsUnowned };
        read = query =>
            ask.Answer(query, cancel)
                .Rows.Where(row => !row.Total.IsZero)
                .ToLookup(
                    row =>
                        (
                            QueueMath.ScopeOf(
                                QueueColumns.AccountOf(row),
                                columns.PlacesOf(row),
                                columns.Places,
                                parts
                            ),
                            row.Currency
                        ),
                    row => (row.Period!.Value, row.Total)
                );
        months = new(() => read(this.question with { Over = TimeGrain.Month }));
    }

    /// <param name="scope">The piece of work.</param>
    /// <param name="currency">Its currency.</param>
    /// <param name="period">The period that is looked at.</param>
    /// <param name="known">The last day that a resolution knew of; null without one.</param>
    public CostAge Of(WorkScope scope, Currency currency, DateRange period, DateOnly? known)
    {
        var all = months.Value[(scope, currency)];
        var starts = all.Select(month => month.Start).Distinct().Order().ToList();
        if (starts.Count == 0)
            return new CostAge(null, Amount.Zero, CameAgain: false);
        DateOnly? first = known is { } through
            ? starts
                .Where(start => start.AddMonths(1) > through.AddDays(1))
                .Select(start => (DateOnly?)start)
                .FirstOrDefault(start => Days(start!.Value, scope, currency).Any(day => day.Start > through))
            : RunUpTo(starts, period.Start);
        if (first is not { } month)
            return new CostAge(null, Amount.Zero, CameAgain: false);
        var inFirst = Days(month, scope, currency).Where(day => known is not { } after || day.Start > after).ToList();
        return new CostAge(
            inFirst.Select(day => (DateOnly?)day.Start).Min() ?? month,
            QueueMath.Sum(inFirst.Select(day => day.Cost))
                + QueueMath.Sum(all.Where(one => one.Start > month).Select(one => one.Cost)),
            CameAgain: known is not null
        );
    }

    /// <summary>The first of the months without a gap that lead to the period.</summary>
    private static DateOnly RunUpTo(List<DateOnly> starts, DateOnly period)
    {
        var place = starts.FindIndex(start => start >= period);
        if (place < 0)
            place = starts.Count - 1;
        while (place > 0 && starts[place - 1].AddMonths(1) == starts[place])
            place--;
        return starts[place];
    }

    private IEnumerable<(DateOnly Start, Amount Cost)> Days(DateOnly month, WorkScope scope, Currency currency)
    {
        if (!days.TryGetValue(month, out var ofMonth))
            days[month] = ofMonth = read(question with { From = month, To = month.AddMonths(1), Over = TimeGrain.Day });
        return ofMonth[(scope, currency)];
    }
}
