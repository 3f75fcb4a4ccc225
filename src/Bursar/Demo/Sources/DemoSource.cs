using System.Text;
using Bursar.Core.Focus;
using Bursar.Core.Time;
using Bursar.Demo.Files;

namespace Bursar.Demo.Sources;

/// <summary>One provider of the demo company, and what it delivers for a month.</summary>
internal abstract class DemoSource(DemoOptions options, RowPlan plan)
{
    protected DemoOptions Options { get; } = options;

    protected RowPlan Plan { get; } = plan;

    /// <summary>The source's name in the rulebook: "aws".</summary>
    public abstract string Name { get; }

    /// <summary>The category that the headline shows: "AWS", "Data centre".</summary>
    public abstract string Category { get; }

    public virtual string Currency => "USD";

    /// <summary>What the source says about itself, for its one special delivery; null for an ordinary month.</summary>
    public virtual string? NoteFor(BillingPeriod month) => null;

    /// <summary>The day after a month's end on which the whole month is there.</summary>
    public virtual int DaysUntilDelivery => 2;

    /// <summary>Whether the source delivers before the month has ended.</summary>
    public virtual bool DeliversOpenMonths => true;

    /// <summary>Whether the books open with what is left of contracts that were paid before.</summary>
    public virtual bool HasOpeningBalance => false;

    /// <summary>Whether there is anything to deliver for a month.</summary>
    public virtual bool DeliversFor(BillingPeriod month) => true;

    public abstract FileShape Shape { get; }

    public virtual long RowsPerPart => long.MaxValue;

    public abstract string PathOf(BillingPeriod month, DateOnly deliveredOn, int part);

    public abstract void WriteMonth(DeliveryWriter writer, BillingPeriod month);

    /// <summary>
    /// What is still to be done with the written files (paths below the folder); returns the files as they are
    /// delivered.
    /// </summary>
    public virtual IReadOnlyList<string> Finish(string folder, IReadOnlyList<string> files) => files;

    /// <summary>The days of a month up to the last one with data.</summary>
    protected IEnumerable<DateOnly> DaysOf(BillingPeriod month)
    {
        for (var day = month.Start; day < month.End && day <= Options.LastDay; day = day.AddDays(1))
            yield return day;
    }

    /// <summary>
    /// An amount paid at once for whole months; of a term that began before the books, the rest, to the cent.
    /// </summary>
    protected Line Prepaid(BillingPeriod from, BillingPeriod end, long pips)
    {
        var start = from < Plan.Months[0] ? Plan.Months[0].Start : from.Start;
        var daysLeft = end.Start.DayNumber - start.DayNumber;
        var left = Pips.Times(pips, daysLeft, end.Start.DayNumber - from.Start.DayNumber) / Pips.Cent * Pips.Cent;
        return Line.Plain(start.ToDateTime(default), end.Start.ToDateTime(default), left);
    }

    /// <summary>The columns of a FOCUS release in the order of the alphabet, as most exports have them.</summary>
    protected static IReadOnlyList<string> FocusColumnsOf(FocusVersion version, params ReadOnlySpan<string> more) =>
        [
            .. FocusColumns
                .All.Where(column => column.Dataset == FocusDataset.CostAndUsage && column.IsIn(version))
                .Select(column => column.Id)
                .Order(StringComparer.Ordinal),
            .. more,
        ];

    /// <summary>Tags as the JSON text that most providers deliver; null for none.</summary>
    protected static string? TagsJson(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count == 0)
            return null;
        var text = new StringBuilder("{");
        foreach (var (key, value) in tags)
        {
            if (text.Length > 1)
                text.Append(", ");
            text.Append('"').Append(key).Append("\": \"").Append(value).Append('"');
        }
        return text.Append('}').ToString();
    }
}
