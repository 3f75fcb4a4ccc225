using Bursar.Core.Amounts;
using Bursar.Workspaces;

namespace Bursar.Manage.Limits;

/// <summary>
/// What may be spent without asking anybody, beside what can be gone before anybody acts (GOV-06).
/// </summary>
/// <param name="Status">The limit.</param>
/// <param name="Approval">What may be spent without asking.</param>
/// <param name="Peak">The fastest that it spends in an hour; null without a charge or a declared one.</param>
/// <param name="PeakAt">When that was; null when it is declared.</param>
/// <param name="ResponseHours">How long until somebody can act.</param>
internal sealed record LimitCalibration(
    LimitStatus Status,
    Amount Approval,
    decimal? Peak,
    DateTime? PeakAt,
    decimal? ResponseHours
)
{
    /// <summary>What can be gone before anybody acts; null where a figure is missing.</summary>
    public decimal? Exposure =>
        Peak is { } peak && ResponseHours is { } hours ? VelocityMath.Exposure(peak, hours) : null;

    /// <summary>The speed at which no more than that is gone.</summary>
    public decimal? SafeSpeed =>
        ResponseHours is > 0 and { } hours ? VelocityMath.SafeSpeed(Approval.ToDecimal(), hours) : null;

    /// <summary>Whether it could be passed before anybody acts.</summary>
    public bool IsFlagged => Exposure > Approval.ToDecimal();

    /// <summary>What is to be done, or what is missing.</summary>
    public string Says =>
        ResponseHours is null ? "Say how long it takes until somebody can act: responseHours."
        : Peak is null ? "Nothing was spent in ninety days: say how fast it can be (peakPerHour)."
        : IsFlagged ? "It could be passed before anybody acts: cap the speed (perHour), or act sooner."
        : "Somebody can act in time.";
}

/// <summary>Lays the limits beside the speed at which they can be used up.</summary>
internal static class CalibrateLimits
{
    public static IReadOnlyList<LimitCalibration> Of(BooksView view, CancellationToken cancel) =>
        [
            .. new MeasureLimits(view)
                .Review(cancel)
                .Items.Select(Of)
                .OrderByDescending(one => one.IsFlagged)
                .ThenByDescending(one => one.Exposure)
                .ThenBy(one => one.Status.Name, StringComparer.Ordinal),
        ];

    private static LimitCalibration Of(LimitStatus status)
    {
        var (limit, seen) = (status.Limit, status.Money.Peak);
        return new LimitCalibration(
            status,
            limit.Approval ?? status.Money.Cap,
            limit.PeakPerHour?.ToDecimal() ?? seen?.Amount,
            limit.PeakPerHour is null ? seen?.Hour : null,
            limit.ResponseHours
        );
    }
}
