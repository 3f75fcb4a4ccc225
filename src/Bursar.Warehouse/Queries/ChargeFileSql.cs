namespace Bursar.Warehouse.Queries;

/// <summary>The SQL of charge files and their records, wherever charges are read one by one.</summary>
internal static class ChargeFileSql
{
    /// <summary>Rows of a relation with the columns Path, File, x_DeliveryKey, x_BillingPeriod.</summary>
    public static string Values(IReadOnlyList<ChargeFile> charges) =>
        string.Join(
            ", ",
            charges.Select(
                (file, place) =>
                    $"({SqlText.Literal(file.Path)}, {place}, {file.DeliveryKey}::UBIGINT, DATE '{file.PeriodStart:yyyy-MM-dd}')"
            )
        );

    /// <summary>The record's number is stored where records were left out, and is the row's place elsewhere.</summary>
    public static string Record(IReadOnlySet<string> stored) =>
        stored.Contains("x_SourceRow") ? "coalesce(x_SourceRow, file_row_number + 1)" : "file_row_number + 1";

    /// <summary>The billing periods of a question, of a relation d as above.</summary>
    public static IEnumerable<string> BillingPeriods(CostQuery query)
    {
        if (query.From is { } from)
            yield return $"d.x_BillingPeriod >= DATE '{from:yyyy-MM-dd}'";
        if (query.To is { } to)
            yield return $"d.x_BillingPeriod < DATE '{to:yyyy-MM-dd}'";
    }
}
