using System.Globalization;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Reporting;

namespace Bursar.Manage.Reconciliation.Invoices;

/// <summary>The tie-out as the doors show it.</summary>
internal static class InvoiceTables
{
    public static IReadOnlyList<InvoiceTie> Of(TieOut all, BillingPeriod? period, bool onlyOpen) =>
        [
            .. all.Invoices.Where(tie =>
                (period is null || tie.Period == period) && (!onlyOpen || tie.State != TieState.Tied)
            ),
        ];

    public static ResultTable Table(IReadOnlyList<InvoiceTie> ties) =>
        new(
            [
                new("period", ColumnKind.Whole),
                new("periodStatus", ColumnKind.Whole, "month", Spare: true),
                new("issuer"),
                new("number", ColumnKind.Whole),
                new("currency", ColumnKind.Whole),
                new("total", ColumnKind.Figure, Spare: true),
                new("billedCost", ColumnKind.Figure, "BilledCost"),
                new("difference", ColumnKind.Figure),
                new("unknown", ColumnKind.Figure, Spare: true),
                new("state", ColumnKind.Whole),
            ],
            [.. ties.Select(Row)]
        )
        {
            WhenEmpty = "There are no invoices and no charges of that kind.",
        };

    /// <summary><c>{"invoices":[…],"tied":{…},"open":{…},"unexplained":{…}}</c>.</summary>
    public static ResultRecord Record(IReadOnlyList<InvoiceTie> ties) =>
        ResultRecord.Of(("invoices", ties.Select(Record)), ("states", States(ties)));

    /// <summary>One invoice, its lines, its differences and a page of its charges.</summary>
    public static ResultRecord InFull(InvoiceTie tie, RowsView rows, bool forPeople) =>
        new([
            .. Record(tie).Fields.Where(field => !forPeople || field.Key is not ("parts" or "reason")),
            KeyValuePair.Create<string, object?>(
                "parts",
                tie.Parts.Select(PartOf).Append(UnknownOf(tie)).OfType<ResultRecord>()
            ),
            KeyValuePair.Create<string, object?>("lines", (tie.Invoice?.Lines ?? []).Select(LineOf)),
            KeyValuePair.Create<string, object?>(
                "charges",
                rows.Rows.Select(row =>
                    ResultRecord.Of([
                        ("file", row.File),
                        ("row", row.FileRow),
                        ("billedCost", new Money(row.Amount, row.Currency)),
                        .. rows
                            .Columns.Select((column, i) => (column, (object?)row.Values[i]))
                            .Where(_ => !forPeople || rows.Columns.Count < 4),
                    ])
                )
            ),
            KeyValuePair.Create<string, object?>("chargeCount", rows.Count),
        ]);

    /// <summary>"29 invoices: 27 tied, 1 open (1,200.00 USD), 1 unexplained (12.00 USD unknown)."</summary>
    public static string Sentence(IReadOnlyList<InvoiceTie> ties)
    {
        var states = Enum.GetValues<TieState>()
            .Select(state => (State: state, Ties: ties.Where(tie => tie.State == state).ToList()))
            .Where(one => one.Ties.Count > 0)
            .Select(one =>
                $"{one.Ties.Count} {one.State.ToString().ToLowerInvariant()} ({string.Join(" and ", Totals(one.Ties))})"
            );
        return ties.Count == 0
            ? "No invoice is here. `bursar records import FILE` takes them, or kind: Invoice in the rulebook."
            : $"BilledCost by state: {string.Join(", ", states)}.";
    }

    private static IReadOnlyList<object?> Row(InvoiceTie tie) =>
        [
            tie.Period?.ToString(),
            StatusOf(tie),
            tie.Issuer,
            tie.Number,
            tie.Currency.Code,
            In(tie.Total, tie),
            In(tie.Billed, tie),
            In(tie.Difference, tie),
            In(tie.Unknown, tie),
            tie.State.ToString().ToLowerInvariant(),
        ];

    public static ResultRecord Record(InvoiceTie tie) =>
        ResultRecord.Of(
            ("number", tie.Number),
            ("issuer", tie.Issuer),
            ("billingAccountId", tie.BillingAccountId),
            ("period", tie.Period?.ToString()),
            ("periodStatus", StatusOf(tie)),
            ("currency", tie.Currency.Code),
            ("total", In(tie.Total, tie)),
            ("billedCost", In(tie.Billed, tie)),
            ("rows", tie.Rows),
            ("difference", In(tie.Difference, tie)),
            ("unknown", In(tie.Unknown, tie)),
            ("tolerance", tie.Tolerance),
            ("state", tie.State.ToString().ToLowerInvariant()),
            ("reason", tie.Reason),
            ("issuedOn", tie.Invoice?.IssuedOn),
            ("dueOn", tie.Invoice?.DueOn),
            ("document", tie.Invoice?.Origin),
            ("parts", tie.Parts.Select(PartOf))
        );

    /// <summary>"open" or "closed", as the issuer says; null when it says nothing.</summary>
    public static string? StatusOf(InvoiceTie tie) => tie.PeriodStatus?.ToString().ToLowerInvariant();

    private static ResultRecord PartOf(Difference part) =>
        ResultRecord.Of(
            ("type", Choice.KebabCase(part.Type.ToString())),
            ("amount", part.Amount),
            ("reason", part.Reason)
        );

    private static ResultRecord? UnknownOf(InvoiceTie tie) =>
        tie.Unknown is { IsZero: false } unknown
            ? PartOf(new Difference(DifferenceType.Unknown, unknown, tie.Reason))
            : null;

    private static ResultRecord LineOf(SupplierInvoiceLine line) =>
        ResultRecord.Of(
            ("line", line.Id),
            ("type", line.Type.ToString().ToLowerInvariant()),
            ("amount", line.Amount),
            ("description", line.Description)
        );

    private static ResultRecord States(IReadOnlyList<InvoiceTie> ties) =>
        ResultRecord.Of([
            .. Enum.GetValues<TieState>()
                .Select(state =>
                    (
                        state.ToString().ToLowerInvariant(),
                        (object?)
                            ResultRecord.Of([
                                .. ties.Where(tie => tie.State == state)
                                    .GroupBy(tie => tie.Currency)
                                    .OrderBy(group => group.Key)
                                    .Select(group => (group.Key.Code, (object?)Sum(group))),
                            ])
                    )
                ),
        ]);

    private static IEnumerable<string> Totals(IEnumerable<InvoiceTie> ties) =>
        ties.GroupBy(tie => tie.Currency)
            .OrderBy(group => group.Key)
            .Select(group =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{CellText.Figure(Sum(group), group.Key.Decimals)} {group.Key}"
                )
            );

    private static Amount Sum(IEnumerable<InvoiceTie> ties) =>
        ties.Aggregate(Amount.Zero, (sum, tie) => sum + tie.Billed);

    private static Money? In(Amount? amount, InvoiceTie tie) =>
        amount is { } given ? new Money(given, tie.Currency) : null;
}
