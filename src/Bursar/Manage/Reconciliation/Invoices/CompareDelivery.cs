using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Allocation;
using Bursar.Understand.Deliveries;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;
using Bursar.Workspaces;

namespace Bursar.Manage.Reconciliation.Invoices;

/// <summary>
/// Compares a delivery with the invoices that its charges belong to, before it is booked. What the books hold of the
/// same invoice counts with it, and so does what comes with the same command.
/// </summary>
internal sealed class CompareDelivery
{
    /// <summary>So many months before and after may stand on one invoice: late rows, corrections.</summary>
    private const int MonthsAround = 3;

    /// <summary>What the deliveries of one command know together.</summary>
    private static readonly ConditionalWeakTable<BooksView, Command> Commands = [];

    private readonly StagedDelivery staged;
    private readonly BooksView view;
    private readonly Command command;
    private readonly List<SupplierInvoice> mine;
    private readonly List<(string Id, IReadOnlyList<BilledPart> Parts)>? booked;

    private CompareDelivery(StagedDelivery staged, BooksView view, DuckDbSession session, CancellationToken cancel)
    {
        this.staged = staged;
        this.view = view;
        command = Commands.GetValue(view, one => new Command(new FindInvoices(one).All(CancellationToken.None)));
        mine = [];
        booked = [];
        if (command.Invoices.Count == 0 || staged.Counts != DeliveryCounts.Bill)
            return;
        var parts = Parts(staged.DailyPath!, staged.AllocationPath!, staged.ProfileColumns, staged.Period);
        command.Coming[staged.ChargesKey] = (staged, parts);
        mine = [.. parts.Select(command.InvoiceOf).OfType<SupplierInvoice>().Distinct()];
        if (mine.Count > 0)
            booked = Booked(Parts);

        List<BilledPart> Parts(string daily, string allocation, IReadOnlyList<string> columns, BillingPeriod period) =>
            [
                .. MeasureDelivery
                    .Invoiced(daily, allocation, columns, session, cancel)
                    .Select(same => new BilledPart(
                        same.InvoiceId,
                        same.Issuer,
                        same.Provider,
                        same.Publisher,
                        same.Account,
                        period,
                        same.Category,
                        new Money(same.BilledCost, new Currency(same.Currency)),
                        same.Charges
                    )),
            ];
    }

    private delegate IReadOnlyList<BilledPart> ReadParts(
        string daily,
        string allocation,
        IReadOnlyList<string> columns,
        BillingPeriod period
    );

    /// <summary>Measures now; the comparison is made when the books are locked.</summary>
    public static CompareDelivery Of(
        StagedDelivery staged,
        BooksView view,
        DuckDbSession session,
        CancellationToken cancel
    ) => new(staged, view, session, cancel);

    /// <summary>The invoices that would differ from their charges by more than rounding, without a reason.</summary>
    /// <param name="replaced">What the delivery takes the place of.</param>
    /// <param name="state">The books as they are.</param>
    public IReadOnlyList<InvoiceTie> Unexplained(IReadOnlyList<BookedDelivery> replaced, BooksState state)
    {
        // What is not summed under these rules yet cannot be compared without summing all of it anew.
        if (mine.Count == 0 || booked is null)
            return [];
        var coming = command.Coming.Values.ToList();
        var parts = coming
            .SelectMany(one => one.Parts)
            .Concat(
                booked
                    .Where(one => replaced.All(other => other.Id != one.Id))
                    .Where(one => state.Find(one.Id) is { IsCounted: true } other && !IsComingAnew(other.Delivery))
                    .SelectMany(one => one.Parts)
            )
            .ToLookup(command.InvoiceOf);
        var fit = new FitInvoice(view, new AskCosts(view));
        return
        [
            .. mine.Select(invoice => fit.Tie(invoice, [.. parts[invoice]], CancellationToken.None, atOurRates: false))
                .Where(tie => tie is { State: TieState.Unexplained, Billed.IsZero: false }),
        ];

        bool IsComingAnew(Delivery other) =>
            coming.Exists(one => one.Staged.ChargesKey != staged.ChargesKey && TakesThePlaceOf(one.Staged, other));
    }

    /// <summary>Another delivery of the command that is the same month of the same accounts anew.</summary>
    private bool TakesThePlaceOf(StagedDelivery one, Delivery other) =>
        one.Source == other.Source
        && one.Period == other.BillingPeriod
        && one.BillingAccountIds.ToHashSet().SetEquals(other.BillingAccountIds)
        && (other.DeclaredDelivery == DeclaredDelivery.Overwrite || one.Totals.SequenceEqual(other.Totals));

    /// <summary>Null when something of it is not summed under the rules in force.</summary>
    private List<(string, IReadOnlyList<BilledPart>)>? Booked(ReadParts read)
    {
        var cache = new StarCache(view.Books, view.Allocation, view.Engine);
        var found = new List<(string, IReadOnlyList<BilledPart>)>();
        foreach (var other in view.Deliveries.Where(MayShareAnInvoice))
        {
            if (cache.IfThere(other.Id) is not { } files)
                return null;
            found.Add(
                (
                    other.Id,
                    command.Known.GetOrAdd(
                        other.Id,
                        _ =>
                            read(
                                files.Daily,
                                files.Allocation,
                                other.Delivery.ProfileColumns,
                                other.Delivery.BillingPeriod
                            )
                    )
                )
            );
        }
        return found;
    }

    private bool MayShareAnInvoice(BookedDelivery booked)
    {
        var other = booked.Delivery;
        var months = (other.BillingPeriod.Start.DayNumber - staged.Period.Start.DayNumber) / 28;
        return !booked.IsPruned
            && Math.Abs(months) <= MonthsAround
            && (
                staged.BillingAccountIds.Count == 0
                || other.BillingAccountIds.Count == 0
                || staged.BillingAccountIds.Intersect(other.BillingAccountIds).Any()
                || other.Source == staged.Source
            );
    }

    /// <summary>The invoices of the moment, and what the deliveries of one command put on them.</summary>
    private sealed class Command(IReadOnlyList<SupplierInvoice> invoices)
    {
        private readonly ILookup<string, SupplierInvoice> byNumber = invoices.ToLookup(
            invoice => invoice.Number,
            StringComparer.OrdinalIgnoreCase
        );

        private readonly ILookup<BillingPeriod?, SupplierInvoice> byMonth = invoices.ToLookup(invoice =>
            invoice.Period
        );

        public IReadOnlyList<SupplierInvoice> Invoices => invoices;

        public ConcurrentDictionary<string, (StagedDelivery Staged, IReadOnlyList<BilledPart> Parts)> Coming { get; } =
            new();

        public ConcurrentDictionary<string, IReadOnlyList<BilledPart>> Known { get; } = new();

        public SupplierInvoice? InvoiceOf(BilledPart part) => TieInvoices.InvoiceOf(part, byNumber, byMonth);
    }
}
