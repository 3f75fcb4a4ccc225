using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Manage.Reconciliation.Invoices;
using Bursar.Understand.Records;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Manage.Reconciliation.Bridges;

/// <summary>What is to be bridged.</summary>
/// <param name="Month">The billing period; null for the newest whole month.</param>
/// <param name="Where">Which charges; none for all.</param>
/// <param name="Issuer">The supplier whose invoices stand at the end; null for those of all.</param>
internal sealed record BridgeQuestion(BillingPeriod? Month, IReadOnlyList<CostFilter> Where, string? Issuer)
{
    /// <summary>Of one source, or of all.</summary>
    public static BridgeQuestion Of(BillingPeriod? month, string? source, string? issuer) =>
        new(month, source is null ? [] : [new("x_Source", [source])], issuer);
}

/// <summary>Builds the bridge of a month, for the API.</summary>
internal delegate Task<IReadOnlyList<Bridge>> ReviewBridge(
    string? asOf,
    BridgeQuestion question,
    CancellationToken cancellationToken
);

/// <summary>Builds the bridge of a period, one per billing currency.</summary>
internal sealed class BuildBridge(BooksView view, AskCosts ask)
{
    private static readonly string[] Kinds = ["ChargeCategory", "CommitmentDiscountId", "ServiceName", "SkuId"];

    /// <summary>The bridges of the books of a moment.</summary>
    public static IReadOnlyList<Bridge> Of(BooksView view, BridgeQuestion question, CancellationToken cancel) =>
        new BuildBridge(view, new AskCosts(view)).Of(question, cancel);

    public IReadOnlyList<Bridge> Of(BridgeQuestion question, CancellationToken cancel)
    {
        var month =
            question.Month
            ?? view.NewestWholeMonth
            ?? throw new RefusedException(
                "reconciliation/nothing-there",
                "The books hold no charges.",
                "`bursar ingest FILE` takes them."
            );
        var period = DateRange.Of(month);
        var effective = Rows(question, period, CostMeasure.EffectiveCost, TimeBasis.Charge, Kinds, cancel);
        var billed = Rows(question, period, CostMeasure.BilledCost, TimeBasis.Billing, Kinds, cancel);
        var parts = Rows(
            question,
            period,
            CostMeasure.BilledCost,
            TimeBasis.Billing,
            [.. TieInvoices.Columns, "ChargeCategory"],
            cancel
        );
        var ties = new TieInvoices(view, ask).All(cancel);
        if (question.Issuer is { } issuer)
            RequireIssuer(issuer, ties);
        var ledger = new FindRecords(view);
        return
        [
            .. effective
                .Concat(billed)
                .Select(row => row.Currency)
                .Distinct()
                .Order()
                .Select(currency =>
                {
                    var groups = Groups(In(effective, currency), In(billed, currency));
                    var side = new InvoicedSide(question, ties, In(parts, currency));
                    var bridge = new Bridge
                    {
                        Month = month,
                        Currency = currency,
                        EffectiveCost = BridgeMath.Sum(groups.Select(group => group.Effective)),
                        ToBilled = BridgeMath.ToBilled(groups),
                        BilledCost = BridgeMath.Sum(groups.Select(group => group.Billed)),
                        ToInvoiced = side.Differences,
                        Invoiced = side.Total,
                        Invoices = side.Invoices,
                        Tolerance = InvoiceMath.Tolerance(In(parts, currency).Sum(row => row.Charges), currency),
                    };
                    return bridge with { Ledger = new LedgerLines(ledger, cancel).Of(bridge, question.Issuer) };
                }),
        ];
    }

    private static void RequireIssuer(string issuer, TieOut ties)
    {
        var known = ties.Invoices.Select(tie => tie.Issuer).Distinct().ToList();
        if (known.Exists(one => FindInvoices.IssuerKey(one) == FindInvoices.IssuerKey(issuer)))
            return;
        throw new RefusedException(
            "reconciliation/unknown-issuer",
            $"Nobody called \"{issuer}\" issues invoices here.{DidYouMean.Question(issuer, known)}",
            "`bursar invoices` names the issuers.",
            exitCode: 2
        );
    }

    private IReadOnlyList<CostRow> Rows(
        BridgeQuestion question,
        DateRange period,
        CostMeasure measure,
        TimeBasis time,
        IReadOnlyList<string> by,
        CancellationToken cancel
    ) =>
        ask.Answer(
            new CostQuery
            {
                Measure = measure,
                Time = time,
                By = by,
                Where = question.Where,
                From = period.Start,
                To = period.End,
            },
            cancel
        ).Rows;

    private static List<CostRow> In(IEnumerable<CostRow> rows, Currency currency) =>
        [.. rows.Where(row => row.Currency == currency)];

    private static List<ChargeGroup> Groups(List<CostRow> effective, List<CostRow> billed)
    {
        var groups = new Dictionary<string, ChargeGroup>();
        foreach (var row in effective)
            Put(row, group => group with { Effective = group.Effective + row.Total });
        foreach (var row in billed)
            Put(row, group => group with { Billed = group.Billed + row.Total });
        return [.. groups.Values];

        void Put(CostRow row, Func<ChargeGroup, ChargeGroup> add)
        {
            var key = string.Join('\u0001', row.Keys.Select(value => value ?? "\u0000"));
            var group = groups.GetValueOrDefault(
                key,
                new ChargeGroup(row.Keys[0], row.Keys[1] is not null, Amount.Zero, Amount.Zero)
            );
            groups[key] = add(group);
        }
    }
}
