using Bursar.Understand.Reporting;
using Bursar.Warehouse.Books;

namespace Bursar.Manage.Chargeback;

/// <summary>The figures of a statement that somebody may compare with another report: its totals.</summary>
internal static class StatementFigures
{
    public static IReadOnlyList<IssuedFigure> Of(Statement statement) =>
        [
            .. statement.Sheets.Select(sheet =>
                IssuedQuestion.Figure(
                    statement.Behind,
                    statement.Period,
                    sheet.Money(sheet.Total),
                    statement.Sequence,
                    statement.IsDraft
                )
            ),
        ];
}
