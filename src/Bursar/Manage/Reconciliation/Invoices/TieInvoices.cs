using System.Runtime.CompilerServices;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Records.Periods;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Manage.Reconciliation.Invoices;

/// <summary>The tie-out of all invoices of a moment, and where each group of charges belongs.</summary>
/// <param name="Invoices">Every invoice, and every group of charges that has none.</param>
/// <param name="ByCharge">Where the charges of an invoice number, issuer, provider, account and month belong.</param>
internal sealed record TieOut(IReadOnlyList<InvoiceTie> Invoices, IReadOnlyDictionary<ChargeKey, InvoiceTie> ByCharge)
{
    /// <summary>The state of charges, whatever currency they are shown in.</summary>
    public IReadOnlyDictionary<ChargeKey, TieState> StateOf { get; } =
        ByCharge
            .GroupBy(one => one.Key with { Currency = default })
            .ToDictionary(same => same.Key, same => same.Max(one => one.Value.State));

    /// <summary>
    /// Where a charge of a question by <see cref="TieInvoices.Columns"/> belongs, in whatever currency it is shown.
    /// </summary>
    public InvoiceTie? TieOf(CostRow row) =>
        ByCharge.GetValueOrDefault(ChargeKey.Of(row))
        ?? anyCurrency.Value.GetValueOrDefault(ChargeKey.Of(row) with { Currency = default });

    private readonly Lazy<Dictionary<ChargeKey, InvoiceTie>> anyCurrency = new(() =>
        ByCharge
            .GroupBy(one => one.Key with { Currency = default })
            .ToDictionary(same => same.Key, same => same.MaxBy(one => one.Value.State).Value)
    );

    /// <summary>Whether any invoice is known at all.</summary>
    public bool HasInvoices => Invoices.Any(tie => tie.Invoice is not null);
}

/// <summary>Ties the invoices of a moment, for a page or the API.</summary>
internal delegate Task<TieOut> ReviewInvoices(string? asOf, CancellationToken cancellationToken);

/// <summary>What decides to which invoice a charge belongs.</summary>
internal sealed record ChargeKey(
    string? InvoiceId,
    string? Issuer,
    string? Provider,
    string? Account,
    BillingPeriod Period,
    Currency Currency
)
{
    public static ChargeKey Of(BilledPart part) =>
        new(part.InvoiceId, part.Issuer, part.Provider, part.Account, part.Period, part.Billed.Currency);

    /// <summary>Of a row of a question by <see cref="TieInvoices.Columns"/>, perhaps with more behind them.</summary>
    public static ChargeKey Of(CostRow row) =>
        new(row.Keys[0], row.Keys[1], row.Keys[2], row.Keys[3], TieInvoices.Month(row.Keys[4]), row.Currency);
}

/// <summary>Ties the charges to the suppliers' invoices: by number, else by issuer, account and month.</summary>
internal sealed class TieInvoices(BooksView view, AskCosts ask)
{
    internal static readonly string[] Columns =
    [
        "InvoiceId",
        "InvoiceIssuerName",
        "ServiceProviderName",
        "BillingAccountId",
        "x_BillingPeriod",
    ];

    /// <summary>The same books and rules have the same tie-out.</summary>
    private static readonly ConditionalWeakTable<BooksState, Tuple<string, TieOut>> Known = [];

    /// <summary>The tie-out of the books of a moment.</summary>
    public static TieOut Of(BooksView view, CancellationToken cancel) =>
        new TieInvoices(view, new AskCosts(view)).All(cancel);

    /// <summary>Whether the books know any invoice at all; found without tying them.</summary>
    public bool HasInvoices(CancellationToken cancel) =>
        Known.TryGetValue(view.State, out var known) && known.Item1 == view.Rulebook.Hash
            ? known.Item2.HasInvoices
            : new FindInvoices(view).All(cancel).Count > 0;

    public TieOut All(CancellationToken cancel)
    {
        var rules = view.Rulebook.Hash;
        if (Known.TryGetValue(view.State, out var known) && known.Item1 == rules)
            return known.Item2;
        var invoices = new FindInvoices(view).All(cancel);
        var parts = Bills(view) is { Count: 0 } ? [] : Billed(cancel);
        var ties = Tie(invoices, parts, cancel);
        var byCharge = new Dictionary<ChargeKey, InvoiceTie>();
        foreach (var tie in ties)
        {
            foreach (var part in tie.BilledParts)
                byCharge[ChargeKey.Of(part)] = tie;
        }
        var all = new TieOut(ties, byCharge);
        Known.AddOrUpdate(view.State, Tuple.Create(rules, all));
        return all;
    }

    private List<BilledPart> Billed(CancellationToken cancel) =>
        [
            .. ask.Answer(
                    new CostQuery
                    {
                        Measure = CostMeasure.BilledCost,
                        Time = TimeBasis.Billing,
                        By = [.. Columns, "PublisherName", "ChargeCategory"],
                        Where = OnlyBills(view),
                    },
                    cancel
                )
                .Rows.Select(row => new BilledPart(
                    row.Keys[0],
                    row.Keys[1],
                    row.Keys[2],
                    row.Keys[5],
                    row.Keys[3],
                    Month(row.Keys[4]),
                    row.Keys[6],
                    new Money(row.Total, row.Currency),
                    row.Charges
                )),
        ];

    private static List<BookedDelivery> Bills(BooksView view) =>
        [.. view.Deliveries.Where(booked => booked.Delivery.Counts == DeliveryCounts.Bill)];

    /// <summary>Nobody invoices an estimate.</summary>
    internal static IReadOnlyList<CostFilter> OnlyBills(BooksView view) =>
        Bills(view) is var bills && bills.Count < view.Deliveries.Count
            ? [new CostFilter("x_DeliveryId", [.. bills.Select(booked => booked.Id)])]
            : [];

    internal static BillingPeriod Month(string? text) =>
        BillingPeriod.TryParse(text ?? "", out var month)
            ? month
            : throw new InvalidOperationException($"\"{text}\" is no billing period.");

    private List<InvoiceTie> Tie(
        IReadOnlyList<SupplierInvoice> invoices,
        IReadOnlyList<BilledPart> parts,
        CancellationToken cancel
    )
    {
        var byNumber = invoices.ToLookup(invoice => invoice.Number, StringComparer.OrdinalIgnoreCase);
        var byMonth = invoices.ToLookup(invoice => invoice.Period);
        var mine = parts.ToLookup(part => InvoiceOf(part, byNumber, byMonth));
        var fit = new FitInvoice(view, ask);
        var ties = invoices.Select(invoice => fit.Tie(invoice, [.. mine[invoice]], cancel)).ToList();
        // What fits no invoice: one group per number, issuer, account and month, or the month alone without a number.
        var without = mine[null]
            .GroupBy(part => (part.InvoiceId, part.BilledBy, part.Account, part.Period, part.Billed.Currency));
        ties.AddRange(without.Select(group => FitInvoice.Without([.. group])));
        var periods = StatedPeriods.Of(view, cancel);
        return
        [
            .. ties.Select(tie => Stated(tie, periods))
                .OrderByDescending(tie => tie.Period?.Start)
                .ThenBy(tie => tie.Issuer, StringComparer.Ordinal)
                .ThenBy(tie => tie.Number, StringComparer.Ordinal)
                .ThenBy(tie => tie.Currency),
        ];
    }

    /// <summary>With what its issuer says of the month: nobody can have the invoice of an open one.</summary>
    private static InvoiceTie Stated(InvoiceTie tie, StatedPeriods periods)
    {
        var status = tie.Period is { } month ? periods.StatusOf(tie.Issuer, month) : null;
        return tie with
        {
            PeriodStatus = status,
            Reason =
                status == PeriodStatus.Open && tie.Invoice is null
                    ? "Not invoiced yet: its issuer says that the month is still open."
                    : tie.Reason,
        };
    }

    /// <summary>The invoice of charges: by its number, else by issuer, account and month if only one fits.</summary>
    internal static SupplierInvoice? InvoiceOf(
        BilledPart part,
        ILookup<string, SupplierInvoice> byNumber,
        ILookup<BillingPeriod?, SupplierInvoice> byMonth
    )
    {
        if (part.InvoiceId is { } number)
        {
            var named = byNumber[number].ToList();
            return named is [var only] ? only : named.Find(invoice => IsOf(invoice, part));
        }
        // The number is not known yet: issuer, account and month say which invoice, if only one fits.
        var fitting = byMonth[part.Period]
            .Where(invoice =>
                IsOf(invoice, part)
                && (
                    invoice.BillingAccountId is null || part.Account is null || invoice.BillingAccountId == part.Account
                )
            )
            .ToList();
        return fitting is [var one] ? one : null;
    }

    private static bool IsOf(SupplierInvoice invoice, BilledPart part)
    {
        var issuer = FindInvoices.IssuerKey(invoice.Issuer);
        return issuer == FindInvoices.IssuerKey(part.Issuer) || issuer == FindInvoices.IssuerKey(part.Provider);
    }
}
