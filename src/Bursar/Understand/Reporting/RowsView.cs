using Bursar.Core.Amounts;

namespace Bursar.Understand.Reporting;

/// <summary>One source row behind a figure, as delivered and as allocated.</summary>
/// <param name="DeliveryId">The delivery that brought it.</param>
/// <param name="File">The provider's file.</param>
/// <param name="FileRow">The row number in that file, from 1, headings not counted.</param>
/// <param name="Currency">Its billing currency.</param>
/// <param name="Amount">The measure asked for, or the part of it that falls into the period.</param>
/// <param name="Values">The values of <see cref="RowsView.Columns"/>, in their order.</param>
public sealed record SourceRow(
    string DeliveryId,
    string File,
    long FileRow,
    Currency Currency,
    Amount Amount,
    IReadOnlyList<string?> Values
);

/// <summary>A page of the source rows behind a figure.</summary>
/// <param name="Columns">The columns shown, FOCUS ids.</param>
/// <param name="Rows">The rows of this page, largest amount first.</param>
/// <param name="Count">How many rows there are in all.</param>
/// <param name="PageSize">Rows per page.</param>
/// <param name="Totals">What all the rows sum to, per currency: the figure they stand behind.</param>
public sealed record RowsView(
    IReadOnlyList<string> Columns,
    IReadOnlyList<SourceRow> Rows,
    long Count,
    int PageSize,
    IReadOnlyList<Money> Totals
);

/// <summary>Opens a figure to its source rows.</summary>
public delegate Task<RowsView> ListSourceRows(Web.Addresses.CostQuestion question, CancellationToken cancellationToken);
