using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Ingestion;

/// <summary>Columns that Bursar sets itself: a delivered column of the same name is kept under another.</summary>
internal static class ReservedColumns
{
    private static readonly HashSet<string> Names = new(
        [
            "x_ProfileId",
            "x_SourceRow",
            "x_DeliveryKey",
            "x_Interval",
            "x_Source",
            "x_DeliveryId",
            "x_Category",
            "x_BillingPeriod",
            "x_FilledFields",
            CostColumns.Scopes,
            "filename",
            "file_row_number",
            .. CostColumns.SharedFields,
            .. CostColumns.SharedFields.Select(CostColumns.RuleOf),
        ],
        StringComparer.OrdinalIgnoreCase
    );

    public static bool Contains(string header) => Names.Contains(header);

    /// <summary>x_CostCentre becomes x_DeliveredCostCentre.</summary>
    public static string NameFor(string header, HashSet<string> taken)
    {
        var bare = header.StartsWith("x_", StringComparison.OrdinalIgnoreCase) ? header[2..] : header;
        var name = "x_Delivered" + bare;
        for (var n = 2; !taken.Add(name); n++)
            name = $"x_Delivered{bare}{n}";
        return name;
    }
}
