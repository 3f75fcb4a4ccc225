using Bursar.Core.Amounts;
using Bursar.Manage.Limits;

namespace Bursar.Understand.Anomalies.Runaways;

/// <summary>An hour of a runaway, or before it.</summary>
internal sealed record RunawayHour(DateTime Hour, Amount Actual, Amount Expected);

/// <summary>The hours of a key, an agent or a model that costs far more than it does (ANO-07).</summary>
/// <param name="Start">When the first begins, UTC.</param>
/// <param name="End">When the last ends.</param>
/// <param name="LastHour">What the last of them cost.</param>
/// <param name="ExpectedPerHour">What they may be expected to cost, on average.</param>
/// <param name="Peak">What the most expensive cost.</param>
/// <param name="Hours">They and the 24 hours before.</param>
/// <param name="IsOfLogs">Whether logs told it; the bill does not have it by the hour.</param>
internal sealed record Runaway(
    DateTime Start,
    DateTime End,
    Amount LastHour,
    Amount ExpectedPerHour,
    Amount Peak,
    IReadOnlyList<RunawayHour> Hours,
    bool IsOfLogs
)
{
    public int HourCount => (int)((End - Start).Ticks / TimeSpan.TicksPerHour);

    /// <summary>The limit whose rest it uses up first, while it goes on.</summary>
    public LimitStatus? Limit { get; init; }
}
