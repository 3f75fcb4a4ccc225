using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Deliveries;

/// <summary>A delivery whose files are added up again and compared with what the journal says.</summary>
internal sealed class AuditedDelivery(BooksFolder books, Delivery delivery)
{
    private readonly HashSet<string> columns = [.. delivery.Columns];

    public Delivery Delivery => delivery;

    private readonly string charges = ChargesSource.Of(
        delivery
            .Files.Where(file => file.Path.StartsWith("charges/", StringComparison.Ordinal))
            .Select(file => books.FullPath(file.Path)),
        delivery.BillingPeriod.Start
    );

    /// <summary>Where rows or sums of the charges are not those of the journal.</summary>
    public IEnumerable<Diagnostic> FindingsOfCharges(DuckDbSession session, CancellationToken cancel) =>
        Differences(session, AuditSql.OfCharges(charges, columns), cancel)
            .Select(difference => new Diagnostic(
                "books/charges-sum",
                Severity.Error,
                $"The charges of {delivery.Id} do not come to what the journal says: {difference}.",
                $"`bursar withdraw {delivery.Id} --reason \"sums differ\"` and ingest its source files again."
            ));

    /// <summary>
    /// Attributes are kept once per kind of charge, under a number made of them: no two kinds may have the same.
    /// </summary>
    public Diagnostic? FindingOfProfiles(DuckDbSession session, CancellationToken cancel)
    {
        using var reader = session.Query(AuditSql.SharedProfiles(charges, delivery.ProfileColumns), cancel: cancel);
        reader.Read();
        return reader.GetInt64(0) == 0
            ? null
            : new Diagnostic(
                "books/shared-profile",
                Severity.Error,
                $"{reader.GetInt64(0)} kinds of charge of {delivery.Id} share their number with another, so their attributes are mixed up.",
                $"`bursar withdraw {delivery.Id} --reason \"shared numbers\"` and ingest its source files one by one."
            );
    }

    /// <summary>Where rows or sums of a daily file are not those of the journal, in words.</summary>
    public IReadOnlyList<string> DifferencesOfDaily(string path, DuckDbSession session, CancellationToken cancel) =>
        Differences(session, AuditSql.OfDaily(path, charges, columns), cancel);

    private List<string> Differences(DuckDbSession session, string sql, CancellationToken cancel)
    {
        var (rows, totals) = Read(session, sql, cancel);
        var differences = new List<string>();
        if (rows != delivery.Rows)
            differences.Add($"{rows} rows instead of {delivery.Rows}");
        foreach (var currency in totals.Concat(delivery.Totals).Select(total => total.BillingCurrency).Distinct())
        {
            var booked = delivery.Totals.FirstOrDefault(total => total.BillingCurrency == currency);
            var found = totals.Find(total => total.BillingCurrency == currency);
            Compare("BilledCost", found?.BilledCost, booked?.BilledCost);
            Compare("EffectiveCost", found?.EffectiveCost, booked?.EffectiveCost);
            Compare("ListCost", found?.ListCost, booked?.ListCost);
            Compare("ContractedCost", found?.ContractedCost, booked?.ContractedCost);

            void Compare(string cost, Amount? now, Amount? then)
            {
                if (now != then)
                    differences.Add($"{cost} {Text(now)} {currency} instead of {Text(then)}");
            }
        }
        return differences;
    }

    private static (long Rows, List<DeliveryTotals> Totals) Read(
        DuckDbSession session,
        string sql,
        CancellationToken cancel
    )
    {
        var rows = 0L;
        var totals = new List<DeliveryTotals>();
        using var reader = session.Query(sql, cancel: cancel);
        while (reader.Read())
        {
            rows += reader.GetInt64(1);
            totals.Add(
                new DeliveryTotals
                {
                    BillingCurrency = reader.GetString(0),
                    BilledCost = Sum(2),
                    EffectiveCost = Sum(3),
                    ListCost = Sum(4),
                    ContractedCost = Sum(5),
                }
            );
        }
        return (rows, totals);

        Amount? Sum(int column) => reader.IsNull(column) ? null : reader.GetAmount(column);
    }

    private static string Text(Amount? amount) => amount?.ToString() ?? "none";
}
