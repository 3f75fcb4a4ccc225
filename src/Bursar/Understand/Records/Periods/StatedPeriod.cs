using Bursar.Core.Time;
using Bursar.Workspaces;

namespace Bursar.Understand.Records.Periods;

/// <summary>What a provider says of its billing period.</summary>
internal enum PeriodStatus
{
    /// <summary>Its charges may still change.</summary>
    Open,

    /// <summary>Its charges are final.</summary>
    Closed,
}

/// <summary>A billing period of an issuer of invoices, as it says itself (FOCUS Billing Period).</summary>
/// <param name="Issuer">Who says it; null when the document does not name it.</param>
/// <param name="Month">The period.</param>
/// <param name="Status">Open or closed.</param>
/// <param name="LastUpdated">Since when.</param>
/// <param name="Delivery">The delivery that brought it.</param>
internal sealed record StatedPeriod(
    string? Issuer,
    BillingPeriod Month,
    PeriodStatus Status,
    DateOnly? LastUpdated,
    string Delivery
);

/// <summary>What the providers say of their billing periods at a moment.</summary>
internal sealed class StatedPeriods
{
    private readonly Dictionary<(string Issuer, BillingPeriod Month), PeriodStatus> known = [];

    private StatedPeriods(IReadOnlyList<StatedPeriod> all)
    {
        All = all;
        foreach (var period in all)
            known[(Key(period.Issuer), period.Month)] = period.Status;
    }

    /// <summary>Of each issuer and month what was said last; the newest month first.</summary>
    public IReadOnlyList<StatedPeriod> All { get; }

    /// <summary>The statements of the books of a moment; a status that FOCUS does not know says nothing.</summary>
    public static StatedPeriods Of(BooksView view, CancellationToken cancel) =>
        new([
            .. new FindRecords(view)
                .Of("billing-periods", cancel)
                .Select(Read)
                .OfType<StatedPeriod>()
                .OrderByDescending(period => period.Month)
                .ThenBy(period => period.Issuer, StringComparer.Ordinal),
        ]);

    /// <summary>Null when nobody says.</summary>
    public PeriodStatus? StatusOf(string? issuer, BillingPeriod month) =>
        known.TryGetValue((Key(issuer), month), out var status) ? status : null;

    private static StatedPeriod? Read(BusinessRecord record) =>
        record.Day("BillingPeriodStart") is { } start
        && Enum.TryParse<PeriodStatus>(record.Text("BillingPeriodStatus"), ignoreCase: true, out var status)
            ? new StatedPeriod(
                record.Text("InvoiceIssuerName"),
                BillingPeriod.Containing(start),
                status,
                record.Day("BillingPeriodLastUpdated"),
                record.Delivery
            )
            : null;

    /// <summary>Names of one company differ in capitals, points and blanks.</summary>
    private static string Key(string? issuer) =>
        issuer is null ? "" : new([.. issuer.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]);
}

/// <summary>Reads what the providers say of their billing periods, for a page or the API.</summary>
internal delegate Task<StatedPeriods> ReadStatedPeriods(string? asOf, CancellationToken cancellationToken);
