using System.Globalization;
using System.Text;
using Bursar.Core.Amounts;
using Bursar.Core.Time;

namespace Bursar.Demo;

/// <summary>
/// Writes what the finance system of Aldermoor Insurance exports: the suppliers' invoices of the months that are over,
/// their booking in the ledger, the chart of accounts; and the clouds' word on which months are closed. Made from the
/// totals kept while writing, never from the files.
/// </summary>
internal sealed class FinanceExport(string folder, IReadOnlyList<BillingPeriod> months, DateOnly lastDay)
{
    private const string Folder = "finance/";

    /// <summary>Signable invoices in pounds at a rate of its own.</summary>
    private const string InPounds = "Signable";

    private static readonly string[] Clouds =
    [
        "Amazon Web Services EMEA SARL",
        "Google Cloud EMEA Limited",
        "Microsoft",
    ];

    private static readonly Amount PoundRate = Amount.Parse("0.7512");

    private readonly StringBuilder payables = new(
        "Supplier,Invoice No,Account,Period,Line,Type,Amount,Currency,Exchange Rate,Invoice Date,Due Date,Text\n"
    );

    private readonly StringBuilder ledger = new(
        "Entry No,Account Code,Posting Date,Amount,Currency,Type,Reference,Vendor,Document Amount,Document Currency,Exchange Rate,Text\n"
    );

    private int entries;

    /// <summary>The invoices of a delivery, when its month is over.</summary>
    public void Add(DemoDelivery delivery, DeliveryTotals totals)
    {
        if (!BillingPeriod.TryParse(delivery.BillingPeriod, out var month) || month.End > lastDay)
            return;
        var invoices = totals
            .Invoices.Where(one => one.Value != 0)
            .GroupBy(one => one.Key.Invoice)
            .OrderBy(one => one.Key.Issuer, StringComparer.Ordinal)
            .ThenBy(one => one.Key.Account, StringComparer.Ordinal)
            .ThenBy(one => one.Key.Number, StringComparer.Ordinal)
            .ThenBy(one => one.Key.Currency, StringComparer.Ordinal);
        foreach (var invoice in invoices)
        {
            var categories = invoice
                .OrderByDescending(one => one.Key.Category, StringComparer.Ordinal)
                .Select(one => (one.Key.Category, Amount.FromUnits(one.Value)));
            Add(month, invoice.Key, [.. categories]);
        }
    }

    /// <summary>Paths below the folder.</summary>
    public IReadOnlyList<string> Write()
    {
        Directory.CreateDirectory(Path.Combine(folder, Folder));
        File.WriteAllText(Path.Combine(folder, Folder + "accounts-payable.csv"), payables.ToString());
        File.WriteAllText(Path.Combine(folder, Folder + "general-ledger.csv"), ledger.ToString());
        File.WriteAllText(
            Path.Combine(folder, Folder + "chart-of-accounts.csv"),
            "Account Code,Account Name,Type\n6400,Technology spend,Expense\n1410,Input tax,Tax\n2100,Suppliers,Payable\n"
        );
        File.WriteAllText(Path.Combine(folder, Folder + "billing-periods.csv"), Periods());
        return
        [
            Folder + "billing-periods.csv",
            Folder + "accounts-payable.csv",
            Folder + "general-ledger.csv",
            Folder + "chart-of-accounts.csv",
        ];
    }

    /// <summary>What the three clouds say of their months: closed on the fifth day after the end (FOCUS 1.4).</summary>
    private string Periods()
    {
        var text = new StringBuilder(
            "InvoiceIssuerName,BillingPeriodStart,BillingPeriodEnd,BillingPeriodStatus,BillingPeriodCreated,BillingPeriodLastUpdated\n"
        );
        foreach (var month in months)
        {
            var closed = month.End.AddDays(4);
            var isClosed = closed <= lastDay;
            foreach (var issuer in Clouds)
                Row(
                    text,
                    issuer,
                    Moment(month.Start),
                    Moment(month.End),
                    isClosed ? "Closed" : "Open",
                    Moment(month.Start),
                    Moment(isClosed ? closed : lastDay)
                );
        }
        return text.ToString();
    }

    private void Add(BillingPeriod month, InvoiceKey key, List<(string Category, Amount Billed)> charges)
    {
        var isInPounds = key.Issuer == InPounds;
        var currency = isInPounds ? "GBP" : key.Currency;
        var number = Number(key.Issuer, key.Number, month);
        var lines = charges.ConvertAll(one =>
            (
                Type: one.Category,
                Amount: (isInPounds ? one.Billed.AtRate(PoundRate) : one.Billed).RoundedTo(2),
                Text: one.Category == "Usage" ? "Services of the month" : one.Category + " of the month"
            )
        );
        lines.AddRange(Extra(key.Issuer, month, lines[0].Amount));
        var day = month.End.AddDays(4);
        for (var i = 0; i < lines.Count; i++)
            Row(
                payables,
                key.Issuer,
                number,
                key.Account,
                month.ToString(),
                Text(i + 1),
                lines[i].Type,
                lines[i].Amount.ToString(),
                currency,
                isInPounds ? PoundRate.ToString() : "",
                Text(day),
                Text(day.AddDays(30)),
                lines[i].Text
            );
        Book(number, key.Issuer, day, currency, lines);
    }

    /// <summary>
    /// What stands on an invoice and not among its charges: tax, a credit note, a line of the marketplace.
    /// </summary>
    private static IEnumerable<(string Type, Amount Amount, string Text)> Extra(
        string issuer,
        BillingPeriod month,
        Amount net
    )
    {
        if (issuer == "London Market Feed Ltd")
            yield return ("Tax", net.Times(0.2m).RoundedTo(2), "VAT 20 %");
        if (issuer == "Papertrail" && month == new BillingPeriod(2026, 7))
            yield return ("Credit", Amount.From(-1_500), "Credit note for the outage of 3 July");
        if (issuer == "Fixwell" && month == new BillingPeriod(2026, 8))
            yield return ("Usage", Amount.From(780), "Forty seats added on 31 August");
        if (issuer == "Amazon Web Services EMEA SARL" && month == new BillingPeriod(2026, 9))
            yield return ("Marketplace", Amount.From(12_400), "Marketplace: penetration test by a partner");
    }

    /// <summary>Cost, input tax and supplier: every booking sums to nothing.</summary>
    private void Book(
        string number,
        string issuer,
        DateOnly day,
        string currency,
        List<(string Type, Amount Amount, string Text)> lines
    )
    {
        var total = Amount.Zero;
        foreach (var (type, amount, text) in lines)
        {
            Entry(type == "Tax" ? "1410" : "6400", amount, text);
            total += amount;
        }
        Entry("2100", -total, "Supplier");

        void Entry(string account, Amount amount, string text) =>
            Row(
                ledger,
                Text(++entries),
                account,
                Text(day),
                amount.ToString(),
                currency,
                "Invoice",
                number,
                issuer,
                "",
                "",
                "",
                text
            );
    }

    private static string Number(string issuer, string? pattern, BillingPeriod month) =>
        (pattern ?? string.Concat(issuer.Where(char.IsAsciiLetterUpper)) + "-{month}").Replace(
            "{month}",
            month.ToString().Replace("-", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );

    private static void Row(StringBuilder table, params IEnumerable<string> cells) =>
        table.AppendJoin(',', cells).Append('\n');

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Moment(DateOnly day) => Text(day) + "T00:00:00Z";

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
