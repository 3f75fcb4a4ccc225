using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Manage.Reconciliation.Invoices;
using Bursar.Understand.Records;

namespace Bursar.Manage.Reconciliation.Bridges;

/// <summary>
/// Finds what the general ledger booked for invoices. Only the cost side of a booking counts: lines on accounts for
/// payables, tax, bank and cash, by the chart of accounts, do not.
/// </summary>
internal sealed class LedgerLines(FindRecords records, CancellationToken cancel)
{
    private static readonly string[] OtherSides = ["payable", "liabil", "tax", "vat", "bank", "cash", "equity"];

    /// <summary>Null when no journal line names one of the invoices.</summary>
    public LedgerSide? Of(Bridge bridge, string? issuer)
    {
        var others = records
            .Of("accounts", cancel)
            .Where(account => OtherSides.Any(word => Contains(account.Text("AccountType"), word)))
            .Select(account => account.Text("Account"))
            .ToHashSet();
        var costs = records.Of("ledger", cancel).Where(line => !others.Contains(line.Text("Account"))).ToList();
        var booked = costs.Where(line => IsNamed(line, bridge) && !IsAccrual(line)).ToList();
        if (booked.Count == 0)
            return null;
        var currency = new Currency(booked[0].Text("Currency")!);
        var total = BridgeMath.Sum(booked.Select(AmountOf));
        var rate = RateOf(booked, bridge.Currency, currency);
        var expected = bridge.Invoiced.AtRate(rate).RoundedTo(currency.Decimals);
        var accruals = costs.Where(line => IsAccrual(line) && IsAccrualOf(line, bridge, issuer)).ToList();
        return new LedgerSide(
            currency,
            rate,
            expected,
            total,
            Differences(total - expected, NotBooked(booked, bridge, rate, currency), currency, booked.Count),
            accruals.Count == 0 ? null : BridgeMath.Sum(accruals.Select(AmountOf))
        );
    }

    /// <summary>Invoices that no journal line names yet.</summary>
    private static IEnumerable<Difference> NotBooked(
        List<BusinessRecord> booked,
        Bridge bridge,
        Amount rate,
        Currency currency
    )
    {
        var named = booked.Select(line => line.Text("InvoiceId")).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return bridge
            .Invoices.Where(invoice => !named.Contains(invoice.Key))
            .Select(invoice => new Difference(
                DifferenceType.Timing,
                -invoice.Value.AtRate(rate).RoundedTo(currency.Decimals),
                $"{invoice.Key} is not booked yet."
            ));
    }

    private static List<Difference> Differences(
        Amount whole,
        IEnumerable<Difference> known,
        Currency currency,
        int lines
    )
    {
        var parts = known.ToList();
        var left = parts.Aggregate(whole, (rest, part) => rest - part.Amount);
        if (!left.IsZero)
            parts.Add(
                left.Abs() <= InvoiceMath.Tolerance(lines, currency)
                    ? new(DifferenceType.Rounding, left, "Within the tolerance.")
                    : new(DifferenceType.Unknown, left, "The ledger has another amount for these invoices.")
            );
        return parts;
    }

    private static bool IsNamed(BusinessRecord line, Bridge bridge) =>
        line.Text("InvoiceId") is { } number && bridge.Invoices.ContainsKey(number);

    private static bool IsAccrual(BusinessRecord line) => Contains(line.Text("EntryType"), "accrual");

    /// <summary>
    /// An accrual is posted before there is a number: it names the invoice, or the supplier in the period.
    /// </summary>
    private static bool IsAccrualOf(BusinessRecord line, Bridge bridge, string? issuer)
    {
        if (line.Text("InvoiceId") is not null)
            return IsNamed(line, bridge);
        var isOfIssuer =
            issuer is null || FindInvoices.IssuerKey(line.Text("InvoiceIssuerName")) == FindInvoices.IssuerKey(issuer);
        return isOfIssuer && DateRange.Of(bridge.Month).Contains(line.Day("PostingDate")!.Value);
    }

    /// <summary>The rate that the lines name; else what their amounts in both currencies say; else 1.</summary>
    private static Amount RateOf(List<BusinessRecord> lines, Currency from, Currency to)
    {
        if (from == to)
            return Amount.From(1);
        if (lines.Select(line => line.Amount("ExchangeRate")).FirstOrDefault(rate => rate is not null) is { } named)
            return named;
        var documents = BridgeMath.Sum(lines.Select(line => line.Amount("DocumentAmount") ?? Amount.Zero));
        var share = BridgeMath.Sum(lines.Select(AmountOf)).ShareOf(documents);
        return Amount.From(share ?? 1);
    }

    private static Amount AmountOf(BusinessRecord line) =>
        line.Amount("Amount") ?? ((line.Amount("Debit") ?? Amount.Zero) - (line.Amount("Credit") ?? Amount.Zero));

    private static bool Contains(string? text, string word) =>
        text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;
}
