using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Understand.Reporting;
using Bursar.Web;

namespace Bursar.Manage.Audit.Issued;

/// <summary>What was issued, and what differs, for people, programs and pages.</summary>
internal static class IssuedTables
{
    public static ResultTable Figures(IReadOnlyList<FigureIssued> figures) =>
        new(
            [
                new("issued", ColumnKind.Whole),
                new("kind", ColumnKind.Whole, Spare: true),
                new("entry", ColumnKind.Figure),
                new("scope"),
                new("from", ColumnKind.Whole),
                new("to", ColumnKind.Whole),
                new("measure", ColumnKind.Whole, Spare: true),
                new("currency", ColumnKind.Whole, Spare: true),
                new("amount", ColumnKind.Figure),
            ],
            [
                .. figures.Select(
                    IReadOnlyList<object?> (one) =>
                        [
                            one.Id,
                            one.Kind,
                            one.Seq,
                            IssuedQuestion.Scope(one.Figure.Where),
                            one.Figure.From,
                            one.Figure.To.AddDays(-1),
                            one.Figure.Measure,
                            one.Figure.Currency,
                            Of(one),
                        ]
                ),
            ]
        )
        {
            WhenEmpty =
                "Nothing was issued with figures. `bursar brief --issue`, `bursar showback --issue` and digests issue them.",
        };

    /// <summary>One row a cause: those of one pair sum to their difference.</summary>
    public static ResultTable Causes(IReadOnlyList<IssuedDifference> differences) =>
        new(
            [
                new("scope"),
                new("period", ColumnKind.Whole, Spare: true),
                new("currency", ColumnKind.Whole, Spare: true),
                new("first", ColumnKind.Whole, Spare: true),
                new("firstAmount", ColumnKind.Figure, "first amount", Spare: true),
                new("second", ColumnKind.Whole, Spare: true),
                new("secondAmount", ColumnKind.Figure, "second amount", Spare: true),
                new("cause", ColumnKind.Whole),
                new("amount", ColumnKind.Figure),
                new("explanation"),
            ],
            [
                .. differences.SelectMany(one =>
                    one.Causes.Select(
                        IReadOnlyList<object?> (cause) =>
                            [
                                one.Scope,
                                one.Period,
                                one.Currency.Code,
                                one.First.Id,
                                Of(one.First),
                                one.Second.Id,
                                Of(one.Second),
                                Choice.KebabCase(cause.Cause.ToString()),
                                new Money(cause.Amount, one.Currency),
                                cause.Says,
                            ]
                    )
                ),
            ]
        )
        {
            WhenEmpty =
                "No two issued figures of the same scope and period differ; `bursar issued` lists what was issued.",
        };

    /// <summary>"x_Owner=anna, 2026-08-01 to 2026-08-31: statement-… says $1, statement-… says $2."</summary>
    public static string Sentence(IssuedDifference one) =>
        $"{one.Scope}, {one.Period}: {one.First.Id} says {Display.Full(Of(one.First))}, {one.Second.Id} says "
        + $"{Display.Full(Of(one.Second))}, {Display.Change(new Money(one.Difference, one.Currency))}.";

    public static FigureTable Page(IssuedDifference one)
    {
        var decimals = one.Currency.Decimals;
        return new FigureTable(
            Sentence(one),
            ["Cause"],
            [new("Amount", one.Currency.Code), new("Why", null)],
            [
                .. one.Causes.Select(cause => new FigureRow(
                    [new(Words(cause.Cause))],
                    [
                        new(Display.Figure(cause.Amount, decimals), null, cause.Amount),
                        new(cause.Says, Tone: CellTone.Prose),
                    ]
                )),
            ],
            [
                new FigureRow(
                    [new("Difference")],
                    [new(Display.Figure(one.Difference, decimals), null, one.Difference), new("")]
                ),
            ]
        );
    }

    public static FigureTable Page(IReadOnlyList<FigureIssued> figures) =>
        new(
            "Figures that were issued, newest first; none of them changes any more",
            ["Issued"],
            [
                new("When", null),
                new("Scope", null),
                new("Period", null),
                new("Measure", null),
                new("Amount", "as printed"),
            ],
            [
                .. figures
                    .Reverse()
                    .Select(one => new FigureRow(
                        [new(one.Id)],
                        [
                            new(Display.Time(one.At), Tone: CellTone.Text),
                            new(IssuedQuestion.Scope(one.Figure.Where), Tone: CellTone.Text),
                            new(IssuedQuestion.Period(one.Figure), Tone: CellTone.Text),
                            new(one.Figure.Measure, Tone: CellTone.Text),
                            new(Display.Full(Of(one)), null, one.Figure.Amount),
                        ]
                    )),
            ],
            []
        );

    private static Money Of(FigureIssued one) => new(one.Figure.Amount, new Currency(one.Figure.Currency));

    private static string Words(DifferenceCause cause) =>
        cause switch
        {
            DifferenceCause.Rules => "Rule version",
            DifferenceCause.SharedCost => "Shared cost",
            _ => cause.ToString(),
        };
}
