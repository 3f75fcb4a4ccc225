using System.Text;
using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Core.Focus;
using Bursar.Understand.Allocation;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Manage.Chargeback.Folders;

/// <summary>Writes the rows behind a statement as csv: own charges one by one, then own parts of every pool.</summary>
/// <remarks>Without prices, charges of a resource are one row: cost and quantity of an hour would be a price.</remarks>
internal sealed class OwnerRows(BooksView view, bool isMasked)
{
    private const int PageRows = 10_000;

    /// <summary>Says what a charge is, and gives no price away.</summary>
    private static readonly string[] Plain =
    [
        "ServiceProviderName",
        "SubAccountId",
        "SubAccountName",
        "ServiceName",
        "RegionId",
        "ResourceId",
        "ResourceName",
        "ChargeCategory",
    ];

    /// <summary>With them somebody could divide a cost by a quantity, or compare it with a public price.</summary>
    private static readonly string[] Priced =
    [
        "ChargePeriodStart",
        "ChargePeriodEnd",
        "ChargeDescription",
        "SkuId",
        "CommitmentDiscountStatus",
        "ConsumedQuantity",
        "ConsumedUnit",
        "ListCost",
        "ContractedCost",
        "BilledCost",
    ];

    private readonly AskCosts ask = new(view);

    public byte[] Of(Statement statement, CancellationToken cancel)
    {
        var stored = view.Deliveries.SelectMany(booked => booked.Delivery.Columns).ToHashSet();
        string[] columns =
        [
            .. Plain.Concat(isMasked ? [] : Priced).Where(stored.Contains),
            // Who else is named on a charge is nobody's business but theirs.
            .. SharedFields.Names.Where(name => name != ShowbackCli.UsualField),
        ];
        using var memory = new MemoryStream();
        using (var output = new StreamWriter(memory, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
        {
            ResultTable head = new([.. Heads(statement, columns).Select(name => new ResultColumn(name))], []);
            CsvResult.Write(head, output);
            foreach (var rows in isMasked ? [Summed(statement, columns, cancel)] : Each(statement, columns, cancel))
                CsvResult.WriteRows(head with { Rows = rows }, output);
            CsvResult.WriteRows(head with { Rows = Parts(statement, columns, cancel) }, output);
        }
        return memory.ToArray();
    }

    private IEnumerable<string> Heads(Statement statement, string[] columns) =>
        ["kind", "pool", "currency", statement.Measure.ToString(), .. columns, .. isMasked ? [] : Source];

    private static readonly string[] Source = ["file", "row", "delivery"];

    /// <summary>Own charges, out of every pool.</summary>
    private CostQuery Own(Statement statement) =>
        view.HasSharedCosts
            ? statement.Behind with
            {
                Where =
                [
                    .. statement.Behind.Where,
                    new CostFilter(CostColumns.AllocationType, ["Shared"], Negated: true),
                ],
                Allocation = CostAllocation.Direct,
            }
            : statement.Behind;

    private IEnumerable<IReadOnlyList<IReadOnlyList<object?>>> Each(
        Statement statement,
        string[] columns,
        CancellationToken cancel
    )
    {
        foreach (var (_, rows) in new ListRows(view).Pages(Own(statement), PageRows, cancel, columns))
            yield return
            [
                .. rows.Select(
                    IReadOnlyList<object?> (row) =>
                        [
                            "own",
                            null,
                            row.Currency.Code,
                            row.Amount,
                            .. row.Values.Select((text, i) => Value(columns[i], text)),
                            row.File,
                            row.FileRow,
                            row.DeliveryId,
                        ]
                ),
            ];
    }

    private List<IReadOnlyList<object?>> Summed(Statement statement, string[] columns, CancellationToken cancel) =>
        [
            .. ask.Answer(Own(statement) with { By = columns }, cancel)
                .Rows.Select(IReadOnlyList<object?> (row) => ["own", null, row.Currency.Code, row.Total, .. row.Keys]),
        ];

    /// <summary>Of a pool only its name: what it is made of belongs to whoever runs it.</summary>
    private List<IReadOnlyList<object?>> Parts(Statement statement, string[] columns, CancellationToken cancel)
    {
        if (!view.HasSharedCosts)
            return [];
        var asked = statement.Behind with
        {
            By = [CostColumns.SharedCost],
            Where = [.. statement.Behind.Where, new CostFilter(CostColumns.AllocationType, ["Distributed"])],
        };
        return
        [
            .. ask.Answer(asked, cancel)
                .Rows.Select(
                    IReadOnlyList<object?> (row) =>
                        [
                            "shared",
                            row.Keys[0],
                            row.Currency.Code,
                            row.Total,
                            .. new object?[columns.Length + (isMasked ? 0 : Source.Length)],
                        ]
                ),
        ];
    }

    /// <summary>A number is written as one, so that no spreadsheet takes a minus for a formula.</summary>
    private static object? Value(string column, string? text) =>
        text is not null
        && FocusColumns.CostAndUsage.TryGetValue(column, out var known)
        && known.Type == FocusType.Decimal
            ? Amount.Parse(text)
            : text;
}
