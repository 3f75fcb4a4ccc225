using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Manage.Chargeback.Folders;

/// <summary>Asks for all that one owner may see: own charges, and own parts of what is shared.</summary>
/// <param name="view">The books.</param>
/// <param name="isMasked">Whether prices are left out.</param>
internal sealed class ReadOwnerFolder(BooksView view, bool isMasked)
{
    private const int MonthsMax = 13;
    private const int LinesMax = 7;
    private const int ResourcesMax = 50;

    private readonly AskCosts ask = new(view);
    private readonly WriteStatement write = new(view, isMasked);

    /// <param name="subject">The owner.</param>
    /// <param name="period">The period; null is the newest whole month.</param>
    /// <param name="cancel">Ends the asking.</param>
    public OwnerFolder Of(StatementSubject subject, DateRange? period, CancellationToken cancel)
    {
        var statement = write.Of(subject, period, cancel);
        var currencies = statement.Sheets.Select(sheet => sheet.Currency).ToList();
        return new OwnerFolder(
            statement,
            Trends(subject, statement, currencies, cancel),
            Details(subject, statement, currencies, cancel),
            isMasked
        );
    }

    private List<OwnerTrend> Trends(
        StatementSubject subject,
        Statement statement,
        IReadOnlyList<Currency> currencies,
        CancellationToken cancel
    )
    {
        var last = BillingPeriod.Containing(statement.Days.End.AddDays(-1));
        var days = new DateRange(last.Start.AddMonths(1 - MonthsMax), statement.Days.End);
        var rows = ask.Answer(
            write.Question(subject, days) with
            {
                By = [CostColumns.SharedCost, "ChargeCategory", "ServiceName"],
                Over = TimeGrain.Month,
            },
            cancel
        ).Rows;
        return
        [
            .. currencies.Select(currency => Trend(currency, last, [.. rows.Where(row => row.Currency == currency)])),
        ];
    }

    private static OwnerTrend Trend(Currency currency, BillingPeriod last, IReadOnlyList<CostRow> rows)
    {
        var first = rows.Count == 0 ? last.Start : rows.Min(row => row.Period!.Value);
        var months = new List<BillingPeriod>();
        for (var month = BillingPeriod.Containing(first); month <= last; month = month.Next)
            months.Add(month);
        var lines = rows.GroupBy(row => StatementMath.LineOf(row.Keys[0], row.Keys[1], row.Keys[2]))
            .Select(same => Line(same.Key, same))
            .OrderByDescending(line => StatementMath.Sum(line.Costs).Abs())
            .ThenBy(line => line.Title, StringComparer.Ordinal)
            .ToList();
        if (lines.Count > LinesMax + 1)
        {
            var rest = lines.Skip(LinesMax).ToList();
            var sums = months.Select((_, i) => StatementMath.Sum(rest.Select(line => line.Costs[i])));
            lines = [.. lines.Take(LinesMax), new TrendLine($"{rest.Count} others", [.. sums])];
        }
        return new OwnerTrend(currency, months, lines);

        TrendLine Line(string title, IEnumerable<CostRow> same)
        {
            var byMonth = same.ToLookup(row => row.Period!.Value, row => row.Total);
            return new TrendLine(title, [.. months.Select(month => StatementMath.Sum(byMonth[month.Start]))]);
        }
    }

    private List<OwnerDetail> Details(
        StatementSubject subject,
        Statement statement,
        IReadOnlyList<Currency> currencies,
        CancellationToken cancel
    )
    {
        string[] by = [CostColumns.SharedCost, "ChargeCategory", "ServiceName"];
        string[] ofResources = ["ResourceId", "ResourceName", "ServiceName", "SubAccountName", "SubAccountId"];
        var lines = Both(by, []);
        // Accounts and resources of a pool are those of whoever runs it: only own charges are opened.
        var resources = Both(ofResources, view.HasSharedCosts ? [new CostFilter(CostColumns.SharedCost, [null])] : []);
        return
        [
            .. currencies.Select(currency => new OwnerDetail(
                currency,
                [
                    .. Moves(lines, currency, keys => [StatementMath.LineOf(keys[0], keys[1], keys[2])])
                        .OrderByDescending(one => one.Change.Abs())
                        .ThenBy(one => one.Keys[0], StringComparer.Ordinal),
                ],
                Largest(Moves(resources, currency, keys => [keys[3] ?? keys[4] ?? "Charges without an account"])),
                Resources(Moves(resources, currency, Resource))
            )),
        ];

        List<(CostRow Row, bool IsNow)> Both(string[] columns, CostFilter[] where)
        {
            return [.. Rows(statement.Days, true), .. Rows(statement.Against, false)];

            IEnumerable<(CostRow, bool)> Rows(DateRange days, bool isNow)
            {
                var question = write.Question(subject, days);
                return ask.Answer(question with { By = columns, Where = [.. question.Where, .. where] }, cancel)
                    .Rows.Select(row => (row, isNow));
            }
        }
    }

    private static IReadOnlyList<string> Resource(IReadOnlyList<string?> keys) =>
        keys[0] is null && keys[1] is null
            ? ["", "", ""]
            : [keys[1] ?? keys[0]!, keys[2] ?? Display.NoValue, keys[3] ?? keys[4] ?? Display.NoValue];

    private static IEnumerable<Moved> Moves(
        IEnumerable<(CostRow Row, bool IsNow)> rows,
        Currency currency,
        Func<IReadOnlyList<string?>, IReadOnlyList<string>> title
    ) =>
        rows.Where(pair => pair.Row.Currency == currency)
            .GroupBy(pair => string.Join('\u0001', title(pair.Row.Keys)))
            .Select(same => new Moved(
                title(same.First().Row.Keys),
                StatementMath.Sum(same.Where(pair => pair.IsNow).Select(pair => pair.Row.Total)),
                StatementMath.Sum(same.Where(pair => !pair.IsNow).Select(pair => pair.Row.Total))
            ));

    private static List<Moved> Largest(IEnumerable<Moved> all) =>
        [
            .. all.OrderByDescending(one => one.Now)
                .ThenByDescending(one => one.Before)
                .ThenBy(one => string.Join('\u0001', one.Keys), StringComparer.Ordinal),
        ];

    /// <summary>The costliest, then one line for all others, then what is charged for no resource.</summary>
    private static List<Moved> Resources(IEnumerable<Moved> all)
    {
        var sorted = Largest(all);
        var none = sorted.Where(one => one.Keys[0].Length == 0).ToList();
        var named = sorted.Except(none).ToList();
        var rest = named.Skip(ResourcesMax).ToList();
        List<Moved> shown = [.. named.Take(ResourcesMax)];
        if (rest.Count > 0)
            shown.Add(Sum($"{Display.Count(rest.Count, "other resource", "other resources")}", rest));
        if (none.Count > 0)
            shown.Add(Sum("Charges without a resource", none));
        return shown;

        static Moved Sum(string title, IReadOnlyList<Moved> parts) =>
            new(
                [title, "", ""],
                StatementMath.Sum(parts.Select(part => part.Now)),
                StatementMath.Sum(parts.Select(part => part.Before))
            );
    }
}
