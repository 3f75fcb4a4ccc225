using Bursar.Understand.Allocation;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting;

/// <summary>Opens a figure to the source rows behind it; together they sum to it, to the last digit.</summary>
internal sealed class ListRows(BooksView view)
{
    public const int PageSize = 100;

    /// <summary>What is shown of a row besides the columns that the question names.</summary>
    private static readonly string[] UsualColumns =
    [
        "ChargePeriodStart",
        "ChargePeriodEnd",
        "ServiceName",
        "ResourceId",
        "ChargeCategory",
    ];

    /// <summary>Once pools are divided, their charges stand behind the parts and not behind the figure.</summary>
    private static readonly CostFilter NotShared = new(CostColumns.AllocationType, ["Shared"], Negated: true);

    private StarFiles? star;

    /// <summary>A page of rows, largest first.</summary>
    /// <param name="asked">The question whose figure is opened.</param>
    /// <param name="page">Which page, from 1.</param>
    /// <param name="pageSize">Rows per page.</param>
    /// <param name="cancel">Stops the engine.</param>
    public RowsView Page(CostQuery asked, int page, int pageSize, CancellationToken cancel)
    {
        if (view.For(asked.Measure) is var measured && measured != view)
            return new ListRows(measured).Page(asked, page, pageSize, cancel);
        star ??= view.Star(cancel, asked.Structure);
        // Rows are what a provider's file says: never converted, and never a part of one.
        var query = AskCost.Resolve(
            asked with
            {
                Conversion = null,
                Allocation = CostAllocation.Direct,
                Where = asked.Allocation == CostAllocation.Direct ? asked.Where : [.. asked.Where, NotShared],
            },
            star.Columns,
            []
        );
        using var session = view.Engine.Connect();
        var files = Files(view, DeliveriesWithRows(query, session, cancel), session, cancel);
        if (files.Count == 0)
            return new RowsView([], [], 0, pageSize, []);
        var columns = Columns(query);
        var place = (pageSize, (page - 1L) * pageSize);
        var found = view.Answers.PageOf(query, star, place, Ask);
        var rows = found.Rows.Select(row => Row(row, files));
        var totals = CurrencyOrder.Of(found.Totals, query.Measure.IsQuantity ? null : view.Rulebook.ReportingCurrency);
        return new RowsView(columns, [.. rows], found.Count, pageSize, totals);

        ChargeRows Ask() =>
            AskRows.Of(query, star, [.. files.Select(file => file.Charges)], columns, place, session, cancel);
    }

    /// <summary>All rows, largest first, in pages that are read as they are asked for; at least one page.</summary>
    /// <param name="asked">The question whose figure is opened.</param>
    /// <param name="pageSize">Rows per page.</param>
    /// <param name="cancel">Stops the engine.</param>
    /// <param name="shown">The columns to show; null for those of the question and the usual ones.</param>
    public IEnumerable<(IReadOnlyList<string> Columns, IReadOnlyList<SourceRow> Rows)> Pages(
        CostQuery asked,
        int pageSize,
        CancellationToken cancel,
        IReadOnlyList<string>? shown = null
    )
    {
        if (view.For(asked.Measure) is var measured && measured != view)
            return new ListRows(measured).Pages(asked, pageSize, cancel, shown);
        star ??= view.Star(cancel, asked.Structure);
        return Paged(AskCost.Resolve(asked with { Conversion = null }, star.Columns, []));

        IEnumerable<(IReadOnlyList<string>, IReadOnlyList<SourceRow>)> Paged(CostQuery query)
        {
            using var session = view.Engine.Connect();
            var files = Files(view, DeliveriesWithRows(query, session, cancel), session, cancel);
            var columns = files.Count == 0 ? [] : shown ?? Columns(query);
            var charges = files.Select(file => file.Charges).ToList();
            var isEmpty = true;
            foreach (var rows in AskRows.Each(query, star, charges, columns, session, cancel).Chunk(pageSize))
            {
                isEmpty = false;
                yield return (columns, [.. rows.Select(row => Row(row, files))]);
            }
            if (isEmpty)
                yield return (columns, []);
        }
    }

    /// <summary>
    /// The same charges summed by the hour in which they begin, in order: those of at most an hour, by the columns of
    /// the question. What a source tells by the day or the month has no hour and is not among them.
    /// </summary>
    public IReadOnlyList<HourSum> Hours(CostQuery asked, CancellationToken cancel)
    {
        if (view.For(asked.Measure) is var measured && measured != view)
            return new ListRows(measured).Hours(asked, cancel);
        star ??= view.Star(cancel, asked.Structure);
        var query = AskCost.Resolve(asked with { Conversion = null }, star.Columns, []);
        using var session = view.Engine.Connect();
        var files = Files(view, DeliveriesWithRows(query, session, cancel), session, cancel);
        return AskRows.Hours(query, star, [.. files.Select(file => file.Charges)], session, cancel);
    }

    private static SourceRow Row(
        ChargeRow row,
        IReadOnlyList<(string DeliveryId, string Name, ChargeFile Charges)> files
    ) => new(files[row.File].DeliveryId, files[row.File].Name, row.Record, row.Currency, row.Amount, row.Values);

    /// <summary>The columns that the question groups and filters by, then the usual ones.</summary>
    private List<string> Columns(CostQuery query)
    {
        var asked = query
            .By.Concat(query.Where.Select(filter => filter.Column))
            .Where(id => id is not ("x_DeliveryId" or CostColumns.Scopes));
        var stored = view.Deliveries.SelectMany(booked => booked.Delivery.Columns).ToHashSet();
        // What a charge costs in tokens or credits stands beside what is billed for it, and is never added to it.
        var priced = asked.Contains("PricingCurrency") ? ["PricingCurrencyEffectiveCost"] : Array.Empty<string>();
        return [.. asked.Concat(priced.Concat(UsualColumns).Where(stored.Contains)).Distinct()];
    }

    /// <summary>The daily sums know which deliveries have rows that fit, so that no other file is opened.</summary>
    private HashSet<string?> DeliveriesWithRows(CostQuery query, DuckDbSession session, CancellationToken cancel)
    {
        var byDelivery = query with { By = ["x_DeliveryId"], Over = null, Top = null, Split = CostSplit.None };
        var sums = view.Answers.Of(byDelivery, star!, Ask);
        return [.. sums.Rows.Select(row => row.Keys[0])];

        CostSums Ask() => AskCost.Of(byDelivery, star!, session, cancel);
    }

    /// <summary>The files of charges of these deliveries, in the order in which they were booked.</summary>
    public static IReadOnlyList<(string DeliveryId, string Name, ChargeFile Charges)> Files(
        BooksView view,
        IReadOnlySet<string?> deliveries,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        var files = (
            from booked in view.Deliveries
            where deliveries.Contains(booked.Id)
            from file in booked.Delivery.Files
            where file.Path.StartsWith("charges/", StringComparison.Ordinal)
            select (Booked: booked, Name: file.SourceFile ?? file.Path, Path: view.Books.Folder.FullPath(file.Path))
        ).ToList();
        if (files.Count == 0)
            return [];
        var columns = ColumnsOf(view, [.. files.Select(file => file.Path)], session, cancel);
        return
        [
            .. files.Select(file =>
                (
                    file.Booked.Id,
                    file.Name,
                    new ChargeFile(
                        StarCache.KeyOf(file.Booked.Delivery),
                        file.Booked.Delivery.BillingPeriod.Start,
                        file.Path,
                        columns[file.Path]
                    )
                )
            ),
        ];
    }

    private static IReadOnlyDictionary<string, IReadOnlySet<string>> ColumnsOf(
        BooksView view,
        IReadOnlyList<string> paths,
        DuckDbSession session,
        CancellationToken cancel
    ) => view.Answers.ColumnsOf(paths, unknown => AskRows.ColumnsOf(unknown, session, cancel));
}
