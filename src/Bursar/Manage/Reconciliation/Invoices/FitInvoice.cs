using Bursar.Core.Amounts;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Manage.Reconciliation.Invoices;

/// <summary>Compares one invoice with its charges.</summary>
internal sealed class FitInvoice(BooksView view, AskCosts ask)
{
    private readonly Dictionary<Currency, ILookup<ChargeKey, CostRow>> converted = [];

    /// <summary>An invoice and the charges that belong to it.</summary>
    /// <param name="invoice">The invoice.</param>
    /// <param name="parts">Its charges.</param>
    /// <param name="cancel">Ends the comparison.</param>
    /// <param name="atOurRates">False for charges not in the books yet: the invoice's own rate is taken.</param>
    public InvoiceTie Tie(
        SupplierInvoice invoice,
        IReadOnlyList<BilledPart> parts,
        CancellationToken cancel,
        bool atOurRates = true
    )
    {
        var rows = parts.Sum(part => part.Rows);
        var tolerance = InvoiceMath.Tolerance(rows, invoice.Currency);
        var tie = new InvoiceTie
        {
            Number = invoice.Number,
            Issuer = invoice.Issuer,
            BillingAccountId = invoice.BillingAccountId ?? parts.Select(part => part.Account).FirstOrDefault(),
            Period = parts.Count == 0 ? invoice.Period : parts.Min(part => part.Period),
            Currency = invoice.Currency,
            Total = invoice.Total,
            Billed = Amount.Zero,
            Rows = rows,
            Tolerance = tolerance,
            State = TieState.Open,
            Reason = "No charges name it, and none of its issuer and month are without a number.",
            Invoice = invoice,
            BilledParts = parts,
            Behind = Question(parts, invoice.Number),
        };
        if (parts.Count == 0)
            return tie with { Parts = [new(DifferenceType.Timing, invoice.Total, "Its charges are not here yet.")] };
        if (OtherCurrency(invoice, parts) is { } other && invoice.ExchangeRate is null)
            return tie with
            {
                State = TieState.Unexplained,
                Reason = $"Its charges are in {other}, and the invoice states no exchange rate.",
            };
        var ours = atOurRates && OtherCurrency(invoice, parts) is not null ? AtOurRates(invoice, parts, cancel) : null;
        return Compared(tie, invoice, parts, ours);
    }

    /// <summary>Charges that fit no invoice.</summary>
    public static InvoiceTie Without(IReadOnlyList<BilledPart> parts)
    {
        var first = parts[0];
        var billed = Sum(parts);
        var rows = parts.Sum(part => part.Rows);
        return new InvoiceTie
        {
            Number = first.InvoiceId,
            Issuer = first.BilledBy ?? "(unknown)",
            BillingAccountId = first.Account,
            Period = first.Period,
            Currency = first.Billed.Currency,
            Billed = billed,
            Rows = rows,
            Parts = [new(DifferenceType.Unbilled, -billed, "No invoice is here for these charges.")],
            Tolerance = InvoiceMath.Tolerance(rows, first.Billed.Currency),
            State = TieState.Open,
            Reason = first.InvoiceId is null
                ? "No invoice of this issuer, account and month is here, or several are."
                : "The invoice that these charges name is not here.",
            BilledParts = parts,
            Behind = Question(parts, first.InvoiceId),
        };
    }

    private static InvoiceTie Compared(
        InvoiceTie tie,
        SupplierInvoice invoice,
        IReadOnlyList<BilledPart> parts,
        Amount? atOurRates
    )
    {
        var explained = invoice.Explained.ToList();
        var here = parts.Select(part => (part, Cost: InCurrency(part, invoice))).ToList();
        if (atOurRates is { } ours)
        {
            var stated = here.Aggregate(Amount.Zero, (sum, one) => sum + one.Cost);
            explained.Add(
                new(DifferenceType.Fx, stated - ours, $"The invoice's rate of {invoice.ExchangeRate} against ours.")
            );
            tie = tie with { Billed = ours };
        }
        else
            tie = tie with { Billed = here.Aggregate(Amount.Zero, (sum, one) => sum + one.Cost) };
        var found = InvoiceMath.Explain(
            invoice.Total - tie.Billed,
            explained,
            ByType(invoice.Lines.Select(line => (TypeOf(line.Type), line.Amount))),
            ByType(here.Select(one => (TypeOf(one.part), one.Cost))),
            tie.Tolerance
        );
        tie = tie with { Parts = found };
        var unknown = found.Aggregate(invoice.Total - tie.Billed, (left, part) => left - part.Amount);
        if (!invoice.IsIssued)
            return tie with { State = TieState.Open, Reason = "The supplier has not issued it yet." };
        return unknown.IsZero
            ? tie with
            {
                State = TieState.Tied,
                Reason = Tied(found),
            }
            : tie with
            {
                State = TieState.Unexplained,
                Reason =
                    $"{unknown.RoundedTo(invoice.Currency.Decimals)} {invoice.Currency} have no reason; "
                    + $"rounding may come to {tie.Tolerance}.",
            };
    }

    private static string Tied(IReadOnlyList<Difference> parts) =>
        parts.Count == 0 ? "Equal to the last digit."
        : parts.All(part => part.Type == DifferenceType.Rounding) ? "Equal but for rounding."
        : $"Every difference has its reason: {string.Join(", ", parts.Select(part => Words(part.Type)).Distinct())}.";

    internal static string Words(DifferenceType type) =>
        type switch
        {
            DifferenceType.UpfrontPurchase => "upfront purchase",
            DifferenceType.Fx => "exchange rate",
            _ => type.ToString().ToLowerInvariant(),
        };

    /// <summary>The charges' amount at the invoice's own rate.</summary>
    private static Amount InCurrency(BilledPart part, SupplierInvoice invoice) =>
        part.Billed.Currency == invoice.Currency
            ? part.Billed.Amount
            : part.Billed.Amount.AtRate(invoice.ExchangeRate!.Value);

    /// <summary>The charges at the rates of the rulebook; null when it has none for all of them.</summary>
    private Amount? AtOurRates(SupplierInvoice invoice, IReadOnlyList<BilledPart> parts, CancellationToken cancel)
    {
        if (!view.Rulebook.All<Understand.Currencies.ExchangeRates>().Any())
            return null;
        if (!converted.TryGetValue(invoice.Currency, out var charges))
            converted[invoice.Currency] = charges = Converted(invoice.Currency, cancel);
        var rows = parts.Select(Charges).Distinct().SelectMany(charge => charges[charge]).ToList();
        return rows.All(row => row.Currency == invoice.Currency)
            ? rows.Aggregate(Amount.Zero, (sum, row) => sum + row.Total)
            : null;
    }

    /// <summary>
    /// All charges in a currency, by what decides to which invoice they belong: one question for them all.
    /// </summary>
    private ILookup<ChargeKey, CostRow> Converted(Currency currency, CancellationToken cancel) =>
        ask.Answer(
                new CostQuery
                {
                    Measure = CostMeasure.BilledCost,
                    Time = TimeBasis.Billing,
                    By = TieInvoices.Columns,
                    Where = TieInvoices.OnlyBills(view),
                    Conversion = new Conversion(currency),
                },
                cancel
            )
            .Rows.ToLookup(row => ChargeKey.Of(row) with { Currency = default });

    private static ChargeKey Charges(BilledPart part) => ChargeKey.Of(part) with { Currency = default };

    private static Currency? OtherCurrency(SupplierInvoice invoice, IReadOnlyList<BilledPart> parts) =>
        parts.Select(part => (Currency?)part.Billed.Currency).FirstOrDefault(one => one != invoice.Currency);

    private static Dictionary<DifferenceType, Amount> ByType(IEnumerable<(DifferenceType Type, Amount Amount)> items) =>
        items
            .GroupBy(item => item.Type)
            .ToDictionary(same => same.Key, same => same.Aggregate(Amount.Zero, (sum, one) => sum + one.Amount));

    /// <summary>Usage and purchases are what an invoice is for; they explain no difference.</summary>
    private static DifferenceType TypeOf(InvoiceLineType type) =>
        type switch
        {
            InvoiceLineType.Tax => DifferenceType.Tax,
            InvoiceLineType.Credit => DifferenceType.Credit,
            InvoiceLineType.Refund => DifferenceType.Refund,
            InvoiceLineType.Marketplace => DifferenceType.Marketplace,
            InvoiceLineType.Support => DifferenceType.Support,
            InvoiceLineType.Fx => DifferenceType.Fx,
            InvoiceLineType.Rounding => DifferenceType.Rounding,
            _ => DifferenceType.Unknown,
        };

    private static DifferenceType TypeOf(BilledPart part) =>
        part.Category switch
        {
            "Tax" => DifferenceType.Tax,
            "Credit" => DifferenceType.Credit,
            "Adjustment" => DifferenceType.Refund,
            _ => DifferenceType.Unknown,
        };

    private static Amount Sum(IEnumerable<BilledPart> parts) =>
        parts.Aggregate(Amount.Zero, (sum, part) => sum + part.Billed.Amount);

    /// <summary>The question whose rows are these charges.</summary>
    private static CostQuery Question(IReadOnlyList<BilledPart> parts, string? number)
    {
        var query = new CostQuery { Measure = CostMeasure.BilledCost, Time = TimeBasis.Billing };
        if (parts.Count == 0)
            return query with { Where = [new("InvoiceId", [number])] };
        return query with
        {
            Where =
            [
                new("InvoiceId", [.. parts.Select(part => part.InvoiceId).Distinct()]),
                new("InvoiceIssuerName", [.. parts.Select(part => part.Issuer).Distinct()]),
                new("ServiceProviderName", [.. parts.Select(part => part.Provider).Distinct()]),
                new("BillingAccountId", [.. parts.Select(part => part.Account).Distinct()]),
                new("x_BillingPeriod", [.. parts.Select(part => part.Period.ToString()).Distinct()]),
            ],
            From = parts.Min(part => part.Period).Start,
            To = parts.Max(part => part.Period).End,
        };
    }
}
