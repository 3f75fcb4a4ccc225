using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Understand.Allocation;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Manage.Chargeback;

/// <summary>The list of everybody who gets a statement, for people, programs and pages.</summary>
internal static class ShowbackTables
{
    public static ResultTable List(ShowbackList list, bool forPeople = false) =>
        new(
            [
                new(list.Field),
                new("title", Spare: true),
                new("currency", ColumnKind.Whole),
                new("direct", ColumnKind.Figure),
                new("shared", ColumnKind.Figure),
                new("total", ColumnKind.Figure),
                new("before", ColumnKind.Figure),
            ],
            [
                .. list.Lines.Select(
                    IReadOnlyList<object?> (line) =>
                        [
                            line.Value ?? (forPeople ? $"({line.Title})" : null),
                            line.Title,
                            line.Currency.Code,
                            new Money(line.Direct, line.Currency),
                            new Money(line.Shared, line.Currency),
                            new Money(line.Total, line.Currency),
                            new Money(line.Before, line.Currency),
                        ]
                ),
            ]
        )
        {
            WhenEmpty = "The books hold no cost of that period.",
        };

    public static FigureTable Page(ShowbackList list, string? asOf) =>
        new(
            $"{Display.Column(list.Field)}, {Display.Range(list.Days)} against {Display.Range(list.Against)}",
            [Display.Column(list.Field)],
            [new("Currency", null), new("Direct", null), new("Shared", null), new("Total", null), new("Change", "%")],
            [.. list.Lines.Select(line => Row(list, line, asOf))],
            []
        );

    /// <summary>The page of one statement.</summary>
    public static string Address(string field, string? value, string period, string? asOf)
    {
        var word = Subjects.Words[SharedFields.IndexOf(field)];
        var address = WebAddress.With(WebAddress.With("/showback", word, value ?? ""), "period", period);
        return WebAddress.With(address, "asof", asOf);
    }

    /// <summary>One line, which opens its statement.</summary>
    public static FigureRow Row(ShowbackList list, ShowbackLine line, string? asOf)
    {
        var decimals = Display.ColumnDecimals(
            list.Lines.Where(other => other.Currency == line.Currency).Select(other => other.Total),
            line.Currency
        );
        var change = line.Before.IsZero ? null : (line.Total - line.Before).ShareOf(line.Before.Abs());
        return new FigureRow(
            [new(line.Title, Address(list.Field, line.Value, StatementPeriod.Write(list.Days), asOf))],
            [
                new(line.Currency.Code, Tone: CellTone.Text),
                new(Display.Figure(line.Direct, decimals), null, line.Direct),
                new(Display.Figure(line.Shared, decimals), null, line.Shared),
                new(Display.Figure(line.Total, decimals), null, line.Total, CellTone.Sum),
                new(Display.ChangeFigure(change), Tone: CellTone.Soft),
            ]
        );
    }
}
