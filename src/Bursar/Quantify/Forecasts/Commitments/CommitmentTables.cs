using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Web;

namespace Bursar.Quantify.Forecasts.Commitments;

/// <summary>Running commitments as commands and programs read them.</summary>
internal static class CommitmentTables
{
    public static ResultTable Of(IReadOnlyList<ProjectedCommitment> all) =>
        new(
            [
                new("id"),
                new("vendor", Spare: true),
                new("from", ColumnKind.Whole, Spare: true),
                new("until", ColumnKind.Whole, "Until"),
                new("month", ColumnKind.Figure, "Month", 1),
                new("months", ColumnKind.Figure, "of", 0),
                new("committed", ColumnKind.Figure, "Promised"),
                new("used", ColumnKind.Figure, "Used"),
                new("evenPace", ColumnKind.Figure, "Even pace", Spare: true),
                new("perMonth", ColumnKind.Figure, "Lately a month", Spare: true),
                new("projected", ColumnKind.Figure, "At this pace"),
                new("shortfall", ColumnKind.Figure, "Short"),
                new("overage", ColumnKind.Figure, "Beyond", Spare: true),
                new("neededPerMonth", ColumnKind.Figure, "Needed a month", Spare: true),
                new("expected", ColumnKind.Figure, "Forecast", Spare: true),
                new("p10", ColumnKind.Figure, "P10", Spare: true),
                new("p90", ColumnKind.Figure, "P90", Spare: true),
                new("forecastWapePercent", ColumnKind.Figure, "WAPE, %", 1, Spare: true),
                new("shortPercent", ColumnKind.Figure, "Odds of a shortfall, %", 1, Spare: true),
                new("currency", ColumnKind.Whole, Spare: true),
            ],
            [.. all.Select(Row)]
        )
        {
            Caption = all.Count == 0 ? null : string.Join(' ', all.Select(Sentence)),
            WhenEmpty = "No commitment is running that charges count towards. Write kind: Contract into the rulebook.",
        };

    /// <summary>"EA-7741: $19.6M of $72M are used after 3.4 of 12 months; at this pace $70.1M are, $1.9M short
    /// …"</summary>
    public static string Sentence(ProjectedCommitment one)
    {
        var currency = one.Contract.Currency!.Value;
        var end =
            one.Pace.Shortfall > 0
                ? $"{Short(one.Pace.Shortfall)} short, {Short(one.Pace.NeededPerMonth ?? 0)} a month are needed"
            : one.Pace.Overage > 0 ? $"{Short(one.Pace.Overage)} beyond it"
            : "exactly kept";
        var odds = one.ShortProbability is { } probability
            ? $" The forecast says {Display.Short(new Money(one.Expected!.Value, currency))}"
                + (
                    one.Wape is { } wape
                        ? $" (such forecasts missed by {Display.Percent(wape)} on average)"
                        : " (how far such forecasts miss is not known yet)"
                )
                + $"; a shortfall has odds of {Display.Percent(probability, 0)}."
            : "";
        return $"{one.Contract.Id}: {Display.Short(new Money(one.Used, currency))} of {Display.Short(new Money(one.Committed, currency))} are used after "
            + FormattableString.Invariant($"{one.Elapsed:0.#} of {one.Months} months; at the pace of late it ends at ")
            + $"{Short(one.Pace.Projected)}, {end}.{odds}";

        string Short(decimal amount) => Display.Short(new Money(Amount.From(amount), currency));
    }

    private static IReadOnlyList<object?> Row(ProjectedCommitment one)
    {
        var currency = one.Contract.Currency!.Value;
        return
        [
            one.Contract.Id,
            one.Contract.Vendor,
            one.Year.From,
            one.Year.To.AddDays(-1),
            Amount.From(one.Elapsed),
            one.Months,
            new Money(one.Committed, currency),
            new Money(one.Used, currency),
            In(one.Pace.EvenPace),
            new Money(one.PerMonth, currency),
            In(one.Pace.Projected),
            In(one.Pace.Shortfall),
            In(one.Pace.Overage),
            one.Pace.NeededPerMonth is { } needed ? In(needed) : null,
            Known(one.Expected),
            Known(one.P10),
            Known(one.P90),
            one.Wape is { } wape ? Amount.From(decimal.Round(wape * 100, 4, MidpointRounding.AwayFromZero)) : null,
            one.ShortProbability is { } odds ? Amount.From(odds * 100) : null,
            currency.Code,
        ];

        Money In(decimal amount) => new(Amount.From(amount).RoundedTo(currency.Decimals), currency);

        Money? Known(Amount? amount) => amount is { } known ? new Money(known, currency) : null;
    }
}
