using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Quantify.Planning;
using Bursar.Understand.Anomalies.Detection;
using Bursar.Understand.Anomalies.Runaways;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Anomalies;

/// <summary>In what way cost is odd.</summary>
internal enum AnomalyKind
{
    /// <summary>Higher for a few days.</summary>
    Spike,

    /// <summary>Higher for a week or more.</summary>
    Shift,

    /// <summary>Higher every week, slowly.</summary>
    Drift,

    /// <summary>Lower.</summary>
    Drop,

    /// <summary>As much was used, and a larger part of the list price is paid for it.</summary>
    LostDiscount,

    /// <summary>An agent, a loop, a key or a model of AI that costs many times what such hours do.</summary>
    Runaway,

    /// <summary>A commitment that less is made use of than before.</summary>
    IdleCommitment,

    /// <summary>Days without any charge where there always were some: a defect of the data, not of the spend.</summary>
    MissingData,

    /// <summary>Nearly all that a place has costs twice what it did, at once: counted twice, most likely.</summary>
    Doubled,
}

/// <summary>Where an anomaly stands.</summary>
internal enum AnomalyState
{
    Open,

    /// <summary>Somebody looks at it.</summary>
    Acknowledged,

    /// <summary>Somebody asked somebody else to look at it.</summary>
    Escalated,

    /// <summary>Somebody said what it was.</summary>
    Resolved,

    /// <summary>A planned event explains it.</summary>
    Planned,
}

/// <summary>One column and the value that carries the most of an anomaly, with the share of it.</summary>
internal sealed record AnomalyDriver(string Column, string? Value, decimal Share);

/// <summary>Cost that is not what it was, at the lowest level that explains it.</summary>
/// <param name="Id">The same for the same place and day, whatever else the books hold.</param>
/// <param name="Kind">In what way.</param>
/// <param name="Series">The place, and its cost day by day.</param>
/// <param name="Days">From its first day to the last one known (end exclusive).</param>
/// <param name="Actual">What was charged in these days.</param>
/// <param name="Expected">What the days before let expect.</param>
internal sealed record Anomaly(
    string Id,
    AnomalyKind Kind,
    DaySeries Series,
    DateRange Days,
    Amount Actual,
    Amount Expected
)
{
    public Currency Currency => Series.Currency;

    public IReadOnlyList<CostFilter> Place => Series.Place;

    /// <summary>Which charges: those of its place, of use only.</summary>
    public IReadOnlyList<CostFilter> Charges =>
        [
            .. Place,
            .. Series.Of == SeriesOf.Unused ? [SeriesCube.Unused] : Array.Empty<CostFilter>(),
            .. SeriesCube.UsageOnly,
        ];

    public Amount Excess => Actual - Expected;

    /// <summary>How odd: about one day in ten to the power of this.</summary>
    public required decimal Score { get; init; }

    /// <summary>The day whose charges told.</summary>
    public required DateOnly ToldOn { get; init; }

    /// <summary>Whether it lasts on the newest day that is not provisional.</summary>
    public required bool IsOngoing { get; init; }

    /// <summary>Which share of what is seen one or more levels above is here.</summary>
    public required decimal ShareOfWhole { get; init; }

    public IReadOnlyList<AnomalyDriver> Drivers { get; init; } = [];

    /// <summary>"price", "volume", "discount", or null where nothing is measured in units.</summary>
    public string? Because { get; init; }

    /// <summary>Whose it is: a value of x_Owner or x_CostCentre; without one it is the practice's.</summary>
    public string? Owner { get; init; }

    public AnomalyState State { get; init; }

    /// <summary>The planned event that explains it.</summary>
    public PlannedEvent? Event { get; init; }

    /// <summary>What was decided, oldest first.</summary>
    public IReadOnlyList<MadeAnomalyDecision> Decisions { get; init; } = [];

    /// <summary>What was decided last.</summary>
    public MadeAnomalyDecision? Decision => Decisions.Count > 0 ? Decisions[^1] : null;

    /// <summary>Its hours, where it is a runaway.</summary>
    public Runaway? Runaway { get; init; }

    /// <summary>A defect of the data, apart from spend.</summary>
    public bool IsDataDefect => Kind is AnomalyKind.MissingData or AnomalyKind.Doubled;

    /// <summary>"AWS, EC2, claims-core".</summary>
    public string Title => Series.Title.Length == 0 ? "everything" : Series.Title;

    public int DayCount => Days.End.DayNumber - Days.Start.DayNumber;

    public bool IsOpen => State is AnomalyState.Open or AnomalyState.Acknowledged or AnomalyState.Escalated;

    /// <summary>Whether a day and a place, as they were written down once, are this anomaly: a first day moves with
    /// late data.</summary>
    public bool IsAlso(string id, string title, DateOnly since, string currency, AnomalyKind? kind = null) =>
        id == Id
        || (
            currency == Currency.Code
            && (kind is null || Nature(kind.Value) == Nature(Kind))
            && Math.Abs(since.DayNumber - Days.Start.DayNumber) <= DaysMoved
            && (title == Title || IsPart(title, Title) || IsPart(Title, title))
        );

    /// <summary>Of one nature are defects of the data, lost discounts, and all that is spend.</summary>
    private static AnomalyKind? Nature(AnomalyKind kind) =>
        kind is AnomalyKind.MissingData or AnomalyKind.Doubled or AnomalyKind.LostDiscount ? kind : null;

    private const int DaysMoved = 3;

    private static bool IsPart(string part, string whole) =>
        part.Length > 0 && whole.Split(", ").All(value => part.Split(", ").Contains(value, StringComparer.Ordinal));
}

/// <summary>The anomalies of a time, and how well they are found.</summary>
/// <param name="Since">Anomalies that began earlier are left out.</param>
/// <param name="Through">The newest day that was judged; later ones are provisional.</param>
/// <param name="Items">Of spend first, the largest excess first, in each currency; defects of data after them.</param>
/// <param name="Floors">Below this excess, by currency, nothing is told.</param>
/// <param name="SeriesCount">How many series were looked at.</param>
internal sealed record AnomalyReview(
    DateOnly Since,
    DateOnly Through,
    IReadOnlyList<Anomaly> Items,
    IReadOnlyList<Money> Floors,
    int SeriesCount
)
{
    public required AnomalyQuality Quality { get; init; }

    public required bool IsDraft { get; init; }

    public IEnumerable<Anomaly> Open => Items.Where(one => one.IsOpen);
}

/// <summary>How well anomalies are found, from what people said of them.</summary>
/// <param name="Resolved">How many were resolved.</param>
/// <param name="True">How many of them were true.</param>
/// <param name="Missed">True events that people found before Bursar did.</param>
/// <param name="Precision">The share of the resolved ones that were true.</param>
/// <param name="Recall">The share of true events that were found.</param>
/// <param name="MeanDaysToTell">From the first day of a true one to the day whose charges told.</param>
/// <param name="MeanDaysToResolve">From the first day of a true one to its resolution.</param>
internal sealed record AnomalyQuality(
    int Resolved,
    int True,
    int Missed,
    decimal? Precision,
    decimal? Recall,
    decimal? MeanDaysToTell,
    decimal? MeanDaysToResolve
)
{
    /// <summary>What true anomalies cost before they were resolved, by currency.</summary>
    public IReadOnlyList<Money> Incurred { get; init; } = [];

    /// <summary>What they would have cost up to thirty days after their first one, by currency.</summary>
    public IReadOnlyList<Money> Avoided { get; init; } = [];

    /// <summary>Days from the first day of an anomaly to the first message about it.</summary>
    public decimal? MeanDaysToNotify { get; init; }

    /// <summary>The share of all that is told that reached somebody by a message, without anybody's hand.</summary>
    public decimal? AutomatedShare { get; init; }
}
