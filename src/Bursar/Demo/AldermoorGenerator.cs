using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Demo.Files;
using Bursar.Demo.Sources;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Demo;

/// <summary>
/// Writes the files of Aldermoor Insurance, a company that never was, the way its providers would deliver them.
/// </summary>
/// <remarks>
/// With a session of the engine Google's files are parquet, as Google's customers have them; without one they are CSV.
/// </remarks>
public sealed class AldermoorGenerator(DemoOptions options, DuckDbSession? session = null)
{
    private readonly RowPlan plan = new(options);
    private readonly List<(DemoDelivery Delivery, DeliveryTotals Totals, string Category)> written = [];
    private IProgress<DemoProgress>? progress;
    private string folder = "";
    private long rowsWritten;

    /// <summary>August of AWS was delivered a second time on this day.</summary>
    public static readonly DateOnly RedeliveryDay = new(2026, 9, 24);

    /// <summary>Writes all files below a folder (made if it is not there) and tells what they hold.</summary>
    public DemoResult Write(string folder, IProgress<DemoProgress>? progress = null)
    {
        this.folder = folder;
        this.progress = progress;
        written.Clear();
        rowsWritten = 0;
        WriteAws();
        WriteMonths(new AzureExport(options, plan));
        WriteMonths(new GoogleExport(options, plan, session));
        WriteMonths(new SaasRegister(options, plan));
        WriteMonths(new LicenceRegister(options, plan));
        WriteMonths(new DataCentreLedger(options, plan));
        WriteMonths(new DataPlatformUsage(options, plan));
        WriteMonths(new ModelApiUsage(options, plan));
        WriteMonths(new LondonMarketFeed(options, plan));
        var inOrder = written
            .Select(entry => entry.Delivery)
            .OrderBy(delivery => delivery.DeliveredOn)
            .ThenBy(delivery => delivery.Source, StringComparer.Ordinal)
            .ThenBy(delivery => delivery.BillingPeriod, StringComparer.Ordinal)
            .ToList();
        var live = written
            .Where(entry => !entry.Delivery.Superseded)
            .Select(entry => (entry.Category, entry.Totals))
            .ToList();
        var finance = new FinanceExport(folder, plan.Months, options.LastDay);
        foreach (var (delivery, totals, _) in written.Where(entry => !entry.Delivery.Superseded))
            finance.Add(delivery, totals);
        return new DemoResult(folder, inOrder, DemoTruthWriter.Write(options, plan, live))
        {
            FinanceFiles = finance.Write(),
        };
    }

    private void WriteMonths(DemoSource source)
    {
        if (source.HasOpeningBalance)
            WriteDelivery(source, plan.Months[0].Start, plan.Months[0].Previous);
        foreach (var month in plan.Months.Where(source.DeliversFor))
            if (DeliveryDay(source, month) is { } day)
                WriteDelivery(source, day, month);
    }

    private void WriteAws()
    {
        var aws = new AwsExport(options, plan);
        foreach (var month in plan.Months)
        {
            if (DeliveryDay(aws, month) is not { } day)
                continue;
            aws.WithoutLateUsage = month == AwsExport.RedeliveredMonth;
            var isRedelivered = aws.WithoutLateUsage && RedeliveryDay <= options.LastDay;
            WriteAwsDelivery(aws, day, month, isRedelivered);
            if (!isRedelivered)
                continue;
            aws.WithoutLateUsage = false;
            WriteAwsDelivery(aws, RedeliveryDay, month, superseded: false);
        }
    }

    private void WriteAwsDelivery(AwsExport aws, DateOnly day, BillingPeriod month, bool superseded)
    {
        var delivery = WriteDelivery(aws, day, month, superseded);
        AwsManifest.Write(folder, delivery, month, aws.Shape.Columns);
    }

    /// <summary>
    /// When a month came, as far as it had come by the last day; null for a source that waits for the month's end.
    /// </summary>
    private DateOnly? DeliveryDay(DemoSource source, BillingPeriod month)
    {
        var whole = month.End.AddDays(source.DaysUntilDelivery);
        if (whole <= options.LastDay.AddDays(1))
            return whole;
        return source.DeliversOpenMonths ? options.LastDay.AddDays(1) : null;
    }

    private DemoDelivery WriteDelivery(
        DemoSource source,
        DateOnly deliveredOn,
        BillingPeriod month,
        bool superseded = false
    )
    {
        var writer = new DeliveryWriter(
            folder,
            source.Shape,
            month,
            part => source.PathOf(month, deliveredOn, part),
            rows => Report(source, month, rows),
            source.RowsPerPart
        );
        using (writer)
            source.WriteMonth(writer, month);
        var delivery = Describe(source, deliveredOn, month, superseded, writer) with
        {
            Files = source.Finish(folder, writer.Files),
        };
        written.Add((delivery, writer.Totals, source.Category));
        return delivery;
    }

    private static DemoDelivery Describe(
        DemoSource source,
        DateOnly deliveredOn,
        BillingPeriod month,
        bool superseded,
        DeliveryWriter writer
    )
    {
        var providers = writer.Totals.Providers.Values;
        return new DemoDelivery
        {
            Source = source.Name,
            Batch = deliveredOn < RedeliveryDay ? 1 : 2,
            BillingPeriod = month.ToString(),
            DeliveredOn = deliveredOn,
            Files = writer.Files,
            Superseded = superseded,
            Rows = writer.Totals.Rows,
            UnreadableRows = writer.Totals.UnreadableRows,
            Currency = source.Currency,
            BilledCost = Sum(providers, costs => costs.Billed),
            EffectiveCost = Sum(providers, costs => costs.Effective),
            ListCost = Sum(providers, costs => costs.List),
            ContractedCost = Sum(providers, costs => costs.Contracted),
            Note = source.NoteFor(month),
        };
    }

    private static Amount Sum(IEnumerable<FourCosts> costs, Func<FourCosts, long> measure) =>
        Pips.ToAmount(costs.Aggregate(Int128.Zero, (sum, cost) => sum + measure(cost)));

    private void Report(DemoSource source, BillingPeriod month, int rows)
    {
        rowsWritten += rows;
        progress?.Report(new DemoProgress($"Writing {source.Category} {month}", rowsWritten, options.Rows));
    }
}
