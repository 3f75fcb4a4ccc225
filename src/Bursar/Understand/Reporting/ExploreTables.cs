using Bursar.Core.Amounts;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Understand.Reporting;

/// <summary>Sets an explored answer as tables, one per currency: groups down and periods across, or the other way when
/// there are many periods.</summary>
internal static class ExploreTables
{
    /// <summary>Groups that a page shows, with all other ones as one; the download has all of them.</summary>
    private const int GroupsMax = 100;

    /// <summary>Periods that run down the page one by one, up to the newest data; the others stand together.</summary>
    private const int PeriodsDownMax = 92;

    /// <summary>Days or weeks that stand across the page beside so many groups; more run down it.</summary>
    private const int ShortPeriodsMax = 31;

    /// <summary>Periods that fit across the page.</summary>
    public const int PeriodsAcrossMax = 13;

    /// <summary>Groups that fit across the page when periods run down.</summary>
    public const int GroupsAcrossMax = 12;

    public static FigureTable Table(ExploreView view, CostGroups groups)
    {
        var setting = new Setting(view, groups);
        return RunsDown(groups) ? PeriodsDown(setting) : GroupsDown(setting);
    }

    /// <summary>What the page says of periods that it leaves out; null when it shows all.</summary>
    public static string? LeftOut(CostGroups groups) =>
        RunsDown(groups) && groups.Periods.Count > PeriodsDownMax
            ? $"{PeriodsDownMax} of {groups.Periods.Count} periods one by one, the others together; the chart and the download have each of them."
            : null;

    private static bool RunsDown(CostGroups groups) =>
        groups.Periods.Count > PeriodsAcrossMax && groups.Groups.Count <= GroupsAcrossMax;

    /// <summary>How many groups the page asks for where the question does not say; null for a question without
    /// groups.</summary>
    public static int? GroupsOf(CostQuery query)
    {
        if (query.By.Count == 0)
            return null;
        var days = query.Period?.Days ?? int.MaxValue;
        var periods = query.Over switch
        {
            TimeGrain.Day => days,
            TimeGrain.Week => days / 7,
            _ => 0,
        };
        return periods > ShortPeriodsMax ? GroupsAcrossMax - 1 : GroupsMax;
    }

    /// <summary>True when the page sums up groups that the question did not ask to be summed up.</summary>
    public static bool IsCut(ExploreView view, CostGroups groups) =>
        view.Question.Query.Top is null && groups.Groups.Any(group => group.IsOther);

    private static FigureTable GroupsDown(Setting setting)
    {
        var rows = setting.Groups.Groups.Select(group => new FigureRow(setting.Keys(group), setting.Cells(group)));
        // A question that groups by nothing has one row, which is the total.
        var body = setting.View.Answer.Query.By.Count == 0 ? [] : rows.ToArray();
        return new FigureTable(setting.Caption, setting.KeyHeadings, setting.Headings, body, [setting.TotalRow]);
    }

    private static FigureTable PeriodsDown(Setting setting)
    {
        var groups = setting.Groups.Groups;
        var grain = setting.View.Answer.Query.Over!.Value;
        var isGrouped = setting.View.Answer.Query.By.Count > 0;
        FigureHeading[] across = isGrouped
            ?
            [
                .. groups.Select(group => new FigureHeading(
                    setting.Name(group),
                    setting.Unit,
                    setting.DrillHref(group)
                )),
            ]
            : [];
        var all = setting.Groups.Periods;
        // What is paid in advance serves days to come: the page shows the days up to the newest data.
        var known = all.Count(period => period <= (setting.View.Answer.DataAsOf ?? DateOnly.MaxValue));
        var cut = Math.Clamp(known - PeriodsDownMax, 0, Math.Max(all.Count - PeriodsDownMax, 0));
        var rows = setting
            .Groups.Periods.Skip(cut)
            .Take(PeriodsDownMax)
            .Select(period => new FigureRow(
                [new FigureCell(Display.Period(period, grain), setting.Links.Zoom(period))],
                [
                    .. across.Length == 0 ? [] : groups.Select(group => setting.PeriodCell(group, period)),
                    setting.PeriodTotal(period),
                ]
            ));
        if (cut > 0)
            rows = rows.Prepend(setting.Together("Earlier", [.. all.Take(cut)], across.Length > 0));
        if (all.Count > cut + PeriodsDownMax)
            rows = rows.Append(setting.Together("Later", [.. all.Skip(cut + PeriodsDownMax)], across.Length > 0));
        var totals = new FigureRow(
            [new FigureCell("Total")],
            [
                .. across.Length == 0
                    ? []
                    : groups.Select(group =>
                        setting.Amount(group.Total, setting.Links.Rows(group, null), CellTone.Sum)
                    ),
                setting.Amount(setting.Groups.Total, setting.Links.Rows(null, null), CellTone.Sum),
            ]
        );
        FigureHeading[] headings = [.. across, new FigureHeading("Total", setting.Unit)];
        return new FigureTable(setting.Caption, [grain.ToString()], headings, [.. rows], [totals]);
    }

    /// <summary>What all cells of one table share.</summary>
    private sealed class Setting
    {
        private readonly int decimals;

        public Setting(ExploreView view, CostGroups groups)
        {
            (View, Groups) = (view, groups);
            Links = new ExploreLinks(view.Question, view.Answer.Query, groups.Currency);
            decimals = Display.ColumnDecimals(groups.Groups.Select(group => group.Total), groups.Currency);
        }

        public ExploreView View { get; }

        public CostGroups Groups { get; }

        public ExploreLinks Links { get; }

        public string Unit => Display.Unit(Groups.Currency);

        public string Caption
        {
            get
            {
                var query = View.Answer.Query;
                var period = query.Period is { } range ? ", " + Display.Range(range) : "";
                var basis = query.Time == TimeBasis.Billing ? "billing period" : "days served";
                return $"{Display.Measure(query.Measure)} in {Unit}{period}, by {basis}";
            }
        }

        public IReadOnlyList<string> KeyHeadings =>
            View.Answer.Query.By.Count == 0 ? ["All charges"] : [.. View.Answer.Query.By.Select(Display.Column)];

        public IReadOnlyList<FigureHeading> Headings
        {
            get
            {
                var query = View.Answer.Query;
                var headings = new List<FigureHeading> { new("Total", Unit), new("Share", "%") };
                if (View.Compared is not null)
                    headings.AddRange([
                        new(View.Question.Compare == Comparison.Structure ? "As was" : "Before", Unit),
                        new("Change", Unit),
                        new("Change", "%"),
                    ]);
                if (query.Split != default)
                    headings.Add(new("Without", Unit));
                if (query.Split.HasFlag(CostSplit.Tax))
                    headings.Add(new("Tax", Unit));
                if (query.Split.HasFlag(CostSplit.Credits))
                    headings.Add(new("Credits", Unit));
                headings.AddRange(
                    Groups.Periods.Select(period => new FigureHeading(
                        Display.Period(period, query.Over!.Value),
                        Unit,
                        Links.Zoom(period)
                    ))
                );
                return headings;
            }
        }

        public FigureRow TotalRow
        {
            get
            {
                var all = Groups.Groups;
                var sums = Groups.Periods.ToDictionary(
                    period => period,
                    period => Sum(all.Select(group => group.ByPeriod.GetValueOrDefault(period)))
                );
                var total = new CostGroup(
                    [],
                    false,
                    Sum(all.Select(group => group.Cost)),
                    Sum(all.Select(group => group.Tax)),
                    Sum(all.Select(group => group.Credits)),
                    sums,
                    Groups.Before
                );
                FigureCell[] keys = [new("Total"), .. Enumerable.Repeat(new FigureCell(""), KeyHeadings.Count - 1)];
                return new FigureRow(keys, Cells(total, isTotal: true));
            }
        }

        public IReadOnlyList<FigureCell> Keys(CostGroup group) =>
            [
                .. group.Keys.Select(
                    (key, column) =>
                        group.IsOther
                            ? new FigureCell(column == 0 ? "All other" : "")
                            : new FigureCell(key ?? Display.NoValue, Links.Drill(column, key))
                ),
            ];

        public string Name(CostGroup group) =>
            group.IsOther ? "All other" : string.Join(" · ", group.Keys.Select(key => key ?? Display.NoValue));

        public string? DrillHref(CostGroup group) => group.IsOther ? null : Links.Drill(0, group.Keys[0]);

        public List<FigureCell> Cells(CostGroup group, bool isTotal = false)
        {
            var behind = isTotal ? null : group;
            var href = group.IsOther ? null : Links.Rows(behind, null);
            var split = View.Answer.Query.Split;
            var cells = new List<FigureCell>
            {
                Amount(group.Total, href, CellTone.Sum),
                new(Display.PercentFigure(group.Total.ShareOf(Groups.Total)), Tone: CellTone.Soft),
            };
            if (View.Compared is not null)
                cells.AddRange(Changes(group.Total, group.Before ?? default));
            if (split != default)
                cells.Add(Amount(group.Cost, null));
            if (split.HasFlag(CostSplit.Tax))
                cells.Add(Amount(group.Tax, null));
            if (split.HasFlag(CostSplit.Credits))
                cells.Add(Amount(group.Credits, null));
            cells.AddRange(Groups.Periods.Select(period => PeriodCell(group, period, behind)));
            return cells;
        }

        public FigureCell PeriodCell(CostGroup group, DateOnly period) => PeriodCell(group, period, group);

        public FigureCell PeriodTotal(DateOnly period) =>
            Amount(
                Sum(Groups.Groups.Select(group => group.ByPeriod.GetValueOrDefault(period))),
                Links.Rows(null, period),
                CellTone.Sum
            );

        /// <summary>Periods that the page does not show one by one, as one row.</summary>
        public FigureRow Together(string name, IReadOnlyList<DateOnly> periods, bool isGrouped) =>
            new(
                [new FigureCell(name)],
                [
                    .. isGrouped ? Groups.Groups.Select(group => Amount(SumOf(group, periods), null)) : [],
                    Amount(Sum(Groups.Groups.Select(group => SumOf(group, periods))), null, CellTone.Sum),
                ]
            );

        private static Amount SumOf(CostGroup group, IEnumerable<DateOnly> periods) =>
            Sum(periods.Select(period => group.ByPeriod.GetValueOrDefault(period)));

        public FigureCell Amount(Amount amount, string? href, CellTone tone = CellTone.Plain) =>
            new(Display.Figure(amount, decimals), href, amount, tone);

        private FigureCell PeriodCell(CostGroup group, DateOnly period, CostGroup? behind) =>
            group.ByPeriod.TryGetValue(period, out var amount)
                ? Amount(amount, group.IsOther ? null : Links.Rows(behind, period))
                : new FigureCell("–", Tone: CellTone.Soft);

        private FigureCell[] Changes(Amount total, Amount before)
        {
            var earlier = View.ComparedPeriod is { } period
                ? View.Question.Query with
                {
                    From = period.Start,
                    To = period.End,
                }
                : View.Question.Query with
                {
                    Structure = null,
                };
            var href = CostQueryUrl.Href("/explore", View.Question with { Query = earlier, Compare = Comparison.None });
            var change = total - before;
            var sign = change > Core.Amounts.Amount.Zero ? "+" : "";
            return
            [
                new(Display.Figure(before, decimals), href, before, CellTone.Soft),
                new(sign + Display.Figure(change, decimals), null, change),
                new(before.IsZero && total.IsZero ? "–" : Display.ChangeFigure(change.ShareOf(before.Abs()))),
            ];
        }

        private static Amount Sum(IEnumerable<Amount> amounts) => CostGroups.Sum(amounts);
    }
}
