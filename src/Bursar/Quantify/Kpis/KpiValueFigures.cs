using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Manage.Decisions;
using Bursar.Manage.Limits;
using Bursar.Quantify.Benefits;
using Bursar.Workspaces;

namespace Bursar.Quantify.Kpis;

/// <summary>What technology brought in a month, what was to be decided in it, and what its limits had to do.</summary>
internal sealed class KpiValueFigures(BooksView view, BillingPeriod month, Currency currency, CancellationToken cancel)
{
    private const int OptionsNeeded = 2;

    /// <summary>Of all cost every benefit counts; of a scope, those that are laid against it.</summary>
    public (Amount? Value, string? Why) Benefits(string word, KpiSubject subject)
    {
        var declared = view
            .Rulebook.All<Benefit>()
            .Where(one => subject.IsAll || (subject.Scope is { } scope && one.Scope == scope))
            .ToList();
        if (declared.Count == 0)
            return (null, $"no benefit of {subject.Words} is declared (kind: Benefit)");
        if (word == "benefits-first-use-days")
            return Days(
                [
                    .. declared
                        .Where(one => one.FirstUse < month.End)
                        .Select(one => one.FirstUse!.Value.DayNumber - one.From.DayNumber),
                ],
                $"nobody had used what was begun by the end of {month}"
            );
        var measure = new MeasureBenefits(view);
        var reviews = declared
            .Where(one => one.From < month.End)
            .SelectMany(one => measure.All(one.Name, month, cancel))
            .ToList();
        if (word == "benefits-value-days")
            return Days(
                [.. reviews.Select(one => one.DaysToValue).OfType<int>()],
                $"no benefit had reached its target by the end of {month}"
            );
        var claimed = reviews
            .Where(one => one.Benefit.Worth is not null && one.Currency == currency)
            .Select(one =>
                one.Result.Months.FirstOrDefault(inputs => inputs.Month == month)?.Value is { } value
                    ? one.Benefit.Gain(value).Times(one.Benefit.Worth!.Value.ToDecimal())
                    : (Amount?)null
            )
            .OfType<Amount>()
            .ToList();
        return claimed.Count == 0
            ? (null, $"no benefit has a figure of {month} and a worth in {currency}")
            : (claimed.Aggregate(Amount.Zero, (sum, value) => sum + value), null);
    }

    /// <summary>Decisions that were due in the month; ready with options, one of them proposed.</summary>
    public (Amount? Value, string? Why) Decisions(string word)
    {
        var due = view
            .Rulebook.All<Decision>()
            .Where(one => BillingPeriod.Containing(one.ClosedOn ?? one.DueBy) == month)
            .ToList();
        return due.Count == 0
            ? (null, $"no decision was due in {month} (kind: Decision)")
            : (
                Amount.From(
                    word == "decisions-due"
                        ? due.Count
                        : due.Count(one => one.Options.Count >= OptionsNeeded && one.Recommended is not null)
                ),
                null
            );
    }

    /// <summary>What the journal says of limits: overrides by their day, stops and breaches by their period.</summary>
    public (Amount? Value, string? Why) Limits(string word)
    {
        if (!view.Rulebook.All<SpendLimit>().Any())
            return (null, "no kind: SpendLimit is declared");
        if (view.State.Entries.Count == 0 || Month(view.State.Entries[0].At).Start > month.Start)
            return (null, $"these books were not there in {month}, so nobody watched limits");
        if (word == "limits-overridden")
            return (Amount.From(LimitLog.Of(view.State).Overrides.Count(made => Month(made.At) == month)), null);
        var state = LimitTables.Word(word == "limits-stopped" ? LimitState.Hard : LimitState.Exhausted);
        var levels = view
            .State.Entries.Where(entry => entry.Kind == LimitTold.Kind)
            .Select(entry => entry.Read(LimitFactsJson.Line.LimitTold))
            .SelectMany(told => told.Levels)
            .Count(mark => mark.StartsWith($"{state} {month}", StringComparison.Ordinal));
        return (Amount.From(levels), null);
    }

    private static BillingPeriod Month(DateTimeOffset at) =>
        BillingPeriod.Containing(DateOnly.FromDateTime(at.UtcDateTime));

    private static (Amount?, string?) Days(List<int> days, string why) =>
        days.Count == 0
            ? (null, why)
            : (Amount.From(decimal.Round((decimal)days.Average(), 6, MidpointRounding.ToEven)), null);
}
