using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Warehouse.Queries;
using Bursar.Web;

namespace Bursar.Manage.Limits;

/// <summary>Limits as the doors show them.</summary>
internal static class LimitTables
{
    private const int RateDecimals = 4;

    public static ResultTable List(IReadOnlyList<LimitStatus> items, string caption = "") =>
        new(
            [
                new("limit"),
                new("owner", Spare: true),
                new("currency", ColumnKind.Whole, Spare: true),
                new("per", ColumnKind.Whole, "Per", Spare: true),
                new("cap", ColumnKind.Figure, "May be spent", Spare: true),
                new("spent", ColumnKind.Figure, "Spent", Spare: true),
                new("remaining", ColumnKind.Figure, "Left"),
                new("usedPercent", ColumnKind.Figure, "Used, %", 1, Spare: true),
                new("lastHour", ColumnKind.Figure, "Last hour"),
                new("pace", ColumnKind.Figure, "Pace", Spare: true),
                new("tripwire", ColumnKind.Figure, "Tripwire"),
                new("state", ColumnKind.Whole, "State"),
                new("hoursLeft", ColumnKind.Figure, "Hours left"),
                new("exhaustedAt", ColumnKind.Whole, "Nothing left at", Spare: true),
                new("until", ColumnKind.Whole, "Until", Spare: true),
                new("finest", ColumnKind.Whole, "Told by", Spare: true),
            ],
            [.. items.Select(Row)]
        )
        {
            Caption = caption,
            WhenEmpty =
                "No limit is declared. kind: SpendLimit in the rulebook says how much and how fast (`bursar schema`).",
        };

    public static ResultTable List(LimitReview review) =>
        List(
            review.Items,
            "What each limit allows in its period, what is left, and the newest hour beside the speed that trips the wire"
        );

    private static IReadOnlyList<object?> Row(LimitStatus one) =>
        [
            one.Name,
            one.Limit.Owner,
            one.Limit.Currency,
            Word(one.Limit.Per),
            new Money(one.Money.Cap, one.Money.Unit),
            new Money(one.Money.Spent, one.Money.Unit),
            new Money(one.Money.Remaining, one.Money.Unit),
            Percent(one.Money.UsedShare),
            Rate(one, one.Money.LastHour),
            Rate(one, one.Money.Pace),
            Rate(one, one.Money.Tripwire),
            Word(one.State),
            Rounded(one.Money.HoursLeft),
            At(one.ExhaustedAt),
            At(one.Until),
            Word(one.Finest),
        ];

    /// <summary>For programs: every field.</summary>
    public static ResultRecord Item(LimitStatus one)
    {
        var names = List([]).Columns.Select(column => column.Id);
        var fields = names.Zip(Row(one)).Select(pair => (pair.First, pair.Second)).ToList();
        fields.AddRange([
            ("from", one.Period.Start),
            ("to", one.Period.End.AddDays(-1)),
            ("periodHours", one.Money.PeriodHours),
            ("factor", Rounded(one.Limit.Factor)),
            ("responseHours", Rounded(one.Limit.ResponseHours)),
            ("byDayPercent", Percent(one.ByDayShare)),
            ("declared", new Money(one.Limit.Amount, one.Money.Unit)),
            (
                "notCounted",
                one.NotCounted.Select(gap =>
                        ResultRecord.Of(
                            ("currency", gap.Currency.Code),
                            ("amount", gap.Amount),
                            ("from", gap.Days[0]),
                            ("to", gap.Days[^1]),
                            ("says", gap.Says)
                        )
                    )
                    .ToList()
            ),
            ("rates", one.Rates.Select(Rate).ToList()),
            ("overriddenUntil", one.Override?.Fact.Until),
            ("overrideReason", one.Override?.Fact.Reason),
            ("quantity", one.Quantity is { } quantity ? Quantity(quantity) : null),
            ("says", Sentence(one)),
        ]);
        return ResultRecord.Of([.. fields]);
    }

    /// <summary>One with its fast hours, its drivers and its last hours.</summary>
    public static ResultRecord Full(LimitDetail detail, bool forPeople)
    {
        var item = Item(detail.Status);
        return new ResultRecord([
            .. forPeople
                ? item.Fields.Where(field => field.Value is not (null or ResultRecord or List<ResultRecord>))
                : item.Fields,
            .. Tables(("fastHours", Fast(detail)), ("drivers", Drivers(detail)), ("hours", Hours(detail))),
        ]);

        IEnumerable<KeyValuePair<string, object?>> Tables(params (string Name, ResultTable Table)[] tables) =>
            tables.Select(one =>
                KeyValuePair.Create<string, object?>(one.Name, forPeople ? one.Table : one.Table.Records().ToList())
            );
    }

    public static ResultTable Hours(LimitDetail detail) =>
        new(
            [new("hour", ColumnKind.Whole), new("cost", ColumnKind.Figure), new("isFast", ColumnKind.Whole, "Fast")],
            [
                .. detail
                    .Hours.Reverse()
                    .Select(
                        IReadOnlyList<object?> (one) =>
                            [At(one.Hour), Rate(detail.Status, one.Amount), one.Amount > detail.Status.Money.Tripwire]
                    ),
            ]
        );

    public static ResultTable Drivers(LimitDetail detail) =>
        new(
            [
                new("column"),
                new("value"),
                new("lastHour", ColumnKind.Figure, "Last hour"),
                new("lastDay", ColumnKind.Figure, "Last day"),
                new("sharePercent", ColumnKind.Figure, "Of it, %", 1),
            ],
            [
                .. detail.Drivers.Select(
                    IReadOnlyList<object?> (one) =>
                        [
                            one.Column,
                            one.Value,
                            Rate(detail.Status, one.LastHour),
                            Rate(detail.Status, one.LastDay),
                            Percent(one.Share),
                        ]
                ),
            ]
        )
        {
            WhenEmpty = "Nothing of it is told by the hour.",
        };

    private static ResultTable Fast(LimitDetail detail) =>
        new(
            [
                new("from", ColumnKind.Whole),
                new("until", ColumnKind.Whole),
                new("cost", ColumnKind.Figure),
                new("peak", ColumnKind.Figure),
            ],
            [
                .. detail.Status.Money.Fast.Select(
                    IReadOnlyList<object?> (one) =>
                        [At(one.Start), At(one.End), Rate(detail.Status, one.Amount), Rate(detail.Status, one.Peak)]
                ),
            ]
        )
        {
            WhenEmpty = "No hour of the period passed the tripwire.",
        };

    public static ResultTable Calibration(IReadOnlyList<LimitCalibration> items) =>
        new(
            [
                new("limit"),
                new("owner", Spare: true),
                new("currency", ColumnKind.Whole, Spare: true),
                new("approval", ColumnKind.Figure, "Without asking"),
                new("peak", ColumnKind.Figure, "Peak an hour"),
                new("peakAt", ColumnKind.Whole, "Seen at", Spare: true),
                new("responseHours", ColumnKind.Figure, "Response, h", 1),
                new("exposure", ColumnKind.Figure, "Exposure"),
                new("safeSpeed", ColumnKind.Figure, "Safe an hour"),
                new("flagged", ColumnKind.Whole, "Flagged"),
                new("says", Spare: true),
            ],
            [
                .. items.Select(
                    IReadOnlyList<object?> (one) =>
                        [
                            one.Status.Name,
                            one.Status.Limit.Owner,
                            one.Status.Limit.Currency,
                            new Money(one.Approval, one.Status.Money.Unit),
                            Rate(one.Status, one.Peak),
                            At(one.PeakAt),
                            Rounded(one.ResponseHours),
                            Rate(one.Status, one.Exposure),
                            Rate(one.Status, one.SafeSpeed),
                            one.IsFlagged ? "yes"
                            : one.Exposure is null ? "–"
                            : "no",
                            one.Says,
                        ]
                ),
            ]
        )
        {
            Caption = "What may be spent without asking anybody, beside peak speed × response time",
            WhenEmpty = List([]).WhenEmpty,
        };

    public static ResultRecord Override(MadeOverride made) =>
        ResultRecord.Of(
            ("limit", made.Fact.Limit),
            ("amount", new Money(made.Fact.Amount, new Currency(made.Fact.Currency))),
            ("currency", made.Fact.Currency),
            ("until", made.Fact.Until),
            ("reason", made.Fact.Reason),
            ("by", made.Actor),
            ("entry", made.Seq)
        );

    /// <summary>"$18k of $30k is left until 30 September 2026. The newest hour cost $400; from $125 on …".</summary>
    public static string Sentence(LimitStatus one)
    {
        var money = one.Money;
        var others = Others(one);
        if (money.Hours.Count == 0)
            return "Nothing of the last ninety days is under this limit"
                + (
                    others.Length > 0
                        ? " in its currency." + others
                        : "; if it should be, check its where and currency."
                );
        var left = money.Remaining.IsNegative
            ? $"{Short(one, -money.Remaining)} more than {Short(one, money.Cap)} was spent"
            : $"{Short(one, money.Remaining)} of {Short(one, money.Cap)} is left";
        var pace =
            one.Finest == FinestTime.Day
                ? $"The newest day cost {Short(one, money.LastHour)} an hour (finest interval available: day)"
                : $"The hour to {one.Until:d MMM, HH:mm} UTC cost {Short(one, money.LastHour)}"
                    + (one.ByDayShare > 0 ? $" ({Display.Percent(one.ByDayShare, 0)} of it is told by the day)" : "");
        var wire = money.Tripwire is { } tripwire ? $"; the tripwire is at {Short(one, tripwire)}" : "";
        var end = one.ExhaustedAt is { } then
            ? $" At this pace nothing is left in {Hours(money.HoursLeft!.Value)}, on {then:d MMM, HH:mm} UTC."
            : "";
        var used = one.Quantity is { UsedShare: { } share } quantity
            ? $" Of {Display.Short(new Money(quantity.Cap, quantity.Unit))}, {Display.Percent(share, 0)} is used."
            : "";
        return $"{left} until {Display.Day(one.Period.End.AddDays(-1))}. {pace}{wire}.{end}{used}{others}";
    }

    /// <summary>
    /// " Other currencies count at the rate of the day: 1 USD = 85 INR of 2026-09-01 (Group Treasury)." and what does
    /// not count for want of one.
    /// </summary>
    private static string Others(LimitStatus one)
    {
        var newest = one.Rates.GroupBy(rate => rate.Currency).Select(same => same.Last()).ToList();
        var counted =
            newest.Count == 0
                ? ""
                : $" Other currencies count at the rate of the day{(newest.Count < one.Rates.Count ? ", the newest" : "")}: "
                    + string.Join("; ", newest.Select(rate => $"{rate.Basis} ({rate.Source})"))
                    + ".";
        return counted
            + string.Concat(
                one.NotCounted.Select(gap =>
                    $" {Display.Short(new Money(gap.Amount, gap.Currency))} does not count: there is no rate from "
                    + $"{gap.Currency} to {one.Money.Unit} on "
                    + (gap.Days.Count == 1 ? $"{gap.Days[0]:yyyy-MM-dd}." : $"{gap.Days.Count} days.")
                )
            );
    }

    /// <summary>"31 hours from 19 Sep, 06:00 UTC, $88.2k in all, at most $2.8k an hour".</summary>
    public static string Words(FastHours fast, Currency unit) =>
        $"{Display.Count((int)((fast.End - fast.Start).Ticks / TimeSpan.TicksPerHour), "hour", "hours")} from {fast.Start:d MMM, HH:mm} UTC: "
        + $"{Display.Short(new Money(Amount.From(fast.Amount), unit))} in all, at most {Display.Short(new Money(Amount.From(fast.Peak), unit))} an hour.";

    public static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>"45 hours".</summary>
    public static string Hours(decimal hours) =>
        FormattableString.Invariant($"{decimal.Round(hours, hours < 10 ? 1 : 0, MidpointRounding.AwayFromZero):#,0.#}")
        + " hours";

    private static ResultRecord Quantity(LimitGauge gauge) =>
        ResultRecord.Of(
            ("unit", gauge.Unit.Code),
            ("cap", gauge.Cap),
            ("spent", gauge.Spent),
            ("remaining", gauge.Remaining),
            ("usedPercent", Percent(gauge.UsedShare)),
            ("lastHour", Amount.From(gauge.LastHour).RoundedTo(RateDecimals)),
            ("tripwire", gauge.Tripwire is { } wire ? Amount.From(wire).RoundedTo(RateDecimals) : null),
            ("hoursLeft", Rounded(gauge.HoursLeft))
        );

    private static ResultRecord Rate(ConversionRate rate) =>
        ResultRecord.Of(
            ("currency", rate.Currency.Code),
            ("rate", rate.Rate),
            ("from", rate.Start),
            ("to", rate.End.AddDays(-1)),
            ("basis", rate.Basis),
            ("source", rate.Source)
        );

    private static Money? Rate(LimitStatus one, decimal? figure) =>
        figure is { } known ? new Money(Amount.From(known).RoundedTo(RateDecimals), one.Money.Unit) : null;

    private static string Short(LimitStatus one, Amount amount) => Display.Short(new Money(amount, one.Money.Unit));

    private static string Short(LimitStatus one, decimal amount) => Short(one, Amount.From(amount));

    private static DateTimeOffset? At(DateTime? time) =>
        time is { } known ? new DateTimeOffset(DateTime.SpecifyKind(known, DateTimeKind.Utc)) : null;

    private static decimal? Percent(decimal? share) => Rounded(share * 100);

    private static decimal? Rounded(decimal? figure) =>
        figure is { } known ? decimal.Round(known, 2, MidpointRounding.AwayFromZero) : null;
}
