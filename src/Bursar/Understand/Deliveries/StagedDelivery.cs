using System.Security.Cryptography;
using System.Text;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Allocation;
using Bursar.Understand.Ingestion;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Deliveries;

/// <summary>
/// Everything of one source, billing period and set of billing accounts, converted and summed, before it is booked.
/// </summary>
internal sealed record StagedDelivery
{
    /// <summary>
    /// Raised whenever the same file would be converted differently, so that a mended converter can deliver it again.
    /// </summary>
    public const string ConverterVersion = "charges-2";

    public required string Source { get; init; }

    public required string? Category { get; init; }

    public required BillingPeriod Period { get; init; }

    /// <summary>Whether its amounts are a bill, an estimate, or no cost at all.</summary>
    public DeliveryCounts Counts { get; init; }

    /// <summary>The source whose bill an estimate stands in for.</summary>
    public string? StandsInFor { get; init; }

    public required IReadOnlyList<string> BillingAccountIds { get; init; }

    /// <summary>Converted files with the part of each that belongs to the period.</summary>
    public required IReadOnlyList<(ConvertedFile File, ConvertedPart Part)> Parts { get; init; }

    /// <summary>Deliveries in the books that hold the other half of this bill: this one takes their place.</summary>
    public IReadOnlyList<string> Completes { get; init; } = [];

    /// <summary>Deliveries that hold the same charges.</summary>
    public IReadOnlyList<SameCharges> Twins { get; init; } = [];

    /// <summary>Who sells and who bills in it.</summary>
    public IReadOnlyList<Seller> Sellers { get; init; } = [];

    public DateOnly ChargeFrom => Parts.Min(part => part.Part.ChargeFrom);

    public DateOnly ChargeTo => Parts.Max(part => part.Part.ChargeTo);

    /// <summary>Charges that carry an invoice number; null when none of its files has such a column.</summary>
    public long? InvoicedRows =>
        Parts.All(part => part.Part.InvoicedRows is null) ? null : Parts.Sum(part => part.Part.InvoicedRows);

    /// <summary>What it corrects in months that were closed.</summary>
    public IReadOnlyList<DeliveryCorrection> Corrections =>
        [
            .. Parts
                .SelectMany(part => part.Part.Corrections)
                .GroupBy(part => (part.Month, part.BillingCurrency))
                .OrderBy(group => group.Key.Month)
                .ThenBy(group => group.Key.BillingCurrency, StringComparer.Ordinal)
                .Select(group =>
                    group.Aggregate(
                        (left, right) =>
                            left with
                            {
                                Rows = left.Rows + right.Rows,
                                TakenBack = left.TakenBack + right.TakenBack,
                                Added = left.Added + right.Added,
                            }
                    )
                ),
        ];

    /// <summary>True when it holds nothing but corrections of closed months: it adds to what is there.</summary>
    public bool IsCorrectionsOnly => Corrections.Sum(part => part.Rows) == Rows;

    /// <summary>The form of its files: the name of their mapping, "" for FOCUS.</summary>
    public string Form => FormOf(Mappings);

    /// <summary>Its charges as they are compared with others.</summary>
    public ComparedCharges Compared =>
        new([.. Parts.Select(part => part.Part.ParquetPath).Distinct()], Period.Start, Columns);

    /// <inheritdoc cref="Form"/>
    public static string FormOf(IReadOnlyList<string> mappings) =>
        string.Join(' ', mappings.Select(mapping => mapping.Split(' ')[0]));

    /// <summary>Sixteen random hexadecimal digits.</summary>
    public required string ChargesKey { get; init; }

    /// <summary>Staged daily and allocation files.</summary>
    public string? DailyPath { get; init; }

    /// <inheritdoc cref="DailyPath"/>
    public string? AllocationPath { get; init; }

    /// <summary>
    /// Judges it on the books as they are when it is booked; what could be measured was measured before.
    /// </summary>
    public JudgeDelivery Judge { get; init; } = (_, _, _) => [];

    public long Rows => Parts.Sum(part => part.Part.Rows);

    public IReadOnlyList<QuarantinedRecord> Quarantined => [.. Parts.SelectMany(part => part.Part.Quarantined)];

    public IReadOnlyList<string> Columns => [.. Parts.SelectMany(part => part.Part.StoredIds).Distinct()];

    public IReadOnlyList<string> ProfileColumns =>
        [
            .. Parts
                .SelectMany(part =>
                    part.File.ProfileColumns.Append("ServiceProviderName")
                        .Append("BillingCurrency")
                        .Where(part.Part.StoredIds.Contains)
                )
                .Distinct(),
        ];

    public IReadOnlyList<DeliveryTotals> Totals =>
        [
            .. Parts
                .SelectMany(part => part.Part.Totals)
                .GroupBy(totals => totals.BillingCurrency)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => group.Aggregate(Add)),
        ];

    public ChargesOfDelivery Charges =>
        new(
            Convert.ToUInt64(ChargesKey, 16),
            Source,
            Category,
            Period,
            [.. Parts.Select(part => part.Part.ParquetPath)],
            Columns.ToHashSet(),
            ProfileColumns
        );

    /// <summary>
    /// SHA-256 over the files' checksums and how they became charges: the same again is a no-op.
    /// </summary>
    public string Hash(IEnumerable<string> sha256) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(string.Join('\n', sha256.Order(StringComparer.Ordinal).Prepend(Made)))
            )
        );

    /// <summary>How its files became charges: what has to be the same for the same content to be a no-op.</summary>
    private string Made
    {
        get
        {
            var made = $"{ConverterVersion} {Source} {Period}";
            if (Counts != DeliveryCounts.Bill)
                made += $" {Counts.ToString().ToLowerInvariant()} {StandsInFor}".TrimEnd();
            return string.Join('\n', Mappings.Prepend(made));
        }
    }

    /// <summary>The mappings that read its files, each once.</summary>
    public IReadOnlyList<string> Mappings =>
        [.. Parts.Select(part => part.File.Mapping).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The effective cost in the currency that has most of it, for comparing with what is replaced.</summary>
    public static Amount? EffectiveCost(IEnumerable<DeliveryTotals> totals, string currency) =>
        totals
            .Where(total => total.BillingCurrency == currency)
            .Aggregate((Amount?)null, (sum, total) => Plus(sum, total.EffectiveCost ?? total.BilledCost));

    private static DeliveryTotals Add(DeliveryTotals left, DeliveryTotals right) =>
        new()
        {
            BillingCurrency = left.BillingCurrency,
            BilledCost = Plus(left.BilledCost, right.BilledCost),
            EffectiveCost = Plus(left.EffectiveCost, right.EffectiveCost),
            ListCost = Plus(left.ListCost, right.ListCost),
            ContractedCost = Plus(left.ContractedCost, right.ContractedCost),
        };

    private static Amount? Plus(Amount? left, Amount? right) =>
        (left, right) switch
        {
            (null, _) => right,
            (_, null) => left,
            _ => left.Value + right.Value,
        };
}
