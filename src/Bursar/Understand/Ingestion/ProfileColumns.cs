using Bursar.Core.Focus;

namespace Bursar.Understand.Ingestion;

/// <summary>
/// Decides which columns describe <em>what</em> a charge is for (its profile) rather than how much or when. Rules and
/// questions work on profiles; there are far fewer of them than rows.
/// </summary>
internal static class ProfileColumns
{
    /// <summary>JSON that tells of one row only.</summary>
    private static readonly HashSet<string> PerRow =
    [
        "ContractApplied",
        "AllocatedMethodDetails",
        "InvoiceDetailId",
        "CommitmentProgramEligibilityDetails",
    ];

    private static readonly string[] MeasureEndings =
    [
        "Cost",
        "Price",
        "Quantity",
        "Amount",
        "Rate",
        "Usd",
        "USD",
        "Date",
        "Time",
        "Start",
        "End",
        "Hours",
        "Count",
        "Percent",
        "RowId",
        "LineItemId",
    ];

    /// <summary>
    /// The ids, in the order of the file. Own columns (x_…) that differ on almost every sampled row stay with the row.
    /// </summary>
    /// <param name="columns">The file's columns.</param>
    /// <param name="distinctInSample">Distinct values of each own column in the sample.</param>
    /// <param name="sampledRows">Rows in the sample.</param>
    public static IReadOnlyList<string> Of(
        IReadOnlyList<FileColumn> columns,
        IReadOnlyDictionary<string, long> distinctInSample,
        long sampledRows
    )
    {
        var resources = distinctInSample.GetValueOrDefault("ResourceId");
        return [.. columns.Where(IsAttribute).Select(column => column.Id)];

        bool IsAttribute(FileColumn column)
        {
            if (PerRow.Contains(column.Id) || column.Type is FocusType.Decimal or FocusType.DateTime)
                return false;
            if (column.IsFocus)
                return true;
            if (!IsCandidate(column))
                return false;
            var distinct = distinctInSample.GetValueOrDefault(column.Id);
            return distinct * 2 <= sampledRows || sampledRows < 100 || distinct <= resources + (resources / 10);
        }
    }

    /// <summary>
    /// Own columns whose name does not already say that they are measures or times: these are sampled.
    /// </summary>
    public static bool IsCandidate(FileColumn column) =>
        !column.IsFocus
        && column.Id != "Id"
        && !MeasureEndings.Any(ending => column.Id.EndsWith(ending, StringComparison.Ordinal));
}
