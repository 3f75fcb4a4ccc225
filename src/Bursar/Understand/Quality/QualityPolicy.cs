using System.ComponentModel;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;

namespace Bursar.Understand.Quality;

/// <summary>What becomes of a delivery in which a check finds something.</summary>
internal enum CheckAction
{
    /// <summary>Nothing is said.</summary>
    Ignore,

    /// <summary>It is told and recorded; the delivery counts.</summary>
    Warn,

    /// <summary>The delivery counts in no total until a person decides.</summary>
    Hold,
}

/// <summary>From where on a delivery looks wrong, and what happens then.</summary>
internal sealed record QualityPolicy : Declaration
{
    [Description("The sources it is for; without any, all that no other policy names.")]
    public IReadOnlyList<string> Sources { get; init; } = [];

    [Description("total-fall: a total that replaces another may be lower by so many percent."), Between(0, 100)]
    public decimal FallPercent { get; init; } = 5;

    [
        Description("rows-against-history, total-against-history: so many percent from the median are as usual."),
        Between(1, 10_000)
    ]
    public decimal ChangePercent { get; init; } = 50;

    [Description("The months before that are the history; fewer than three are none."), Between(3, 36)]
    public int HistoryMonths { get; init; } = 6;

    [
        Description("repeated-rows, delivered-elsewhere: held when so many percent of the rows stand there twice."),
        Between(1, 100)
    ]
    public decimal RepeatedPercent { get; init; } = 50;

    [Description("Check: ignore, warn or hold. Checks that are not named keep what they do.")]
    public IReadOnlyDictionary<string, CheckAction> Checks { get; init; } = new Dictionary<string, CheckAction>();

    /// <summary>What a check does: as declared, or what it does when nobody says.</summary>
    public CheckAction ActionOf(string check) => Checks.GetValueOrDefault(check, QualityChecks.Default(check));

    /// <summary>The policy of a source: one that names it, else one that names none, else the usual.</summary>
    public static QualityPolicy Of(string source, Rulebook rulebook)
    {
        var all = rulebook.All<QualityPolicy>().OrderBy(policy => policy.Name, StringComparer.Ordinal).ToList();
        return all.Find(policy => policy.Sources.Contains(source))
            ?? all.Find(policy => policy.Sources.Count == 0)
            ?? new QualityPolicy { Name = "usual" };
    }

    public override void Check(RulebookCheck check)
    {
        foreach (var name in Checks.Keys.Except(QualityChecks.Names))
            check.Error(
                this,
                "checks",
                "unknown-check",
                $"There is no check \"{name}\".{DidYouMean.Question(name, QualityChecks.Names)}",
                "Checks are " + string.Join(", ", QualityChecks.Names) + "."
            );
    }
}

/// <summary>The checks by name, and what each does when no policy says.</summary>
internal static class QualityChecks
{
    public const string TotalFall = "total-fall";
    public const string RowsAgainstHistory = "rows-against-history";
    public const string TotalAgainstHistory = "total-against-history";
    public const string TotalAgainstInvoice = "total-against-invoice";
    public const string RepeatedRows = "repeated-rows";
    public const string DeliveredElsewhere = "delivered-elsewhere";
    public const string MissingDays = "missing-days";
    public const string NegativeCost = "negative-cost";
    public const string UnknownUnits = "unknown-units";
    public const string UnmappedServices = "unmapped-services";
    public const string OtherCurrency = "other-currency";
    public const string OtherColumns = "other-columns";

    public static IReadOnlyList<string> Names { get; } =
    [
        TotalFall,
        RowsAgainstHistory,
        TotalAgainstHistory,
        TotalAgainstInvoice,
        RepeatedRows,
        DeliveredElsewhere,
        MissingDays,
        NegativeCost,
        UnknownUnits,
        UnmappedServices,
        OtherCurrency,
        OtherColumns,
    ];

    /// <summary>
    /// A bill that shrinks, or that counts twice, waits for a person. What may well be right is only told: providers do
    /// write charges that are alike in every column.
    /// </summary>
    public static CheckAction Default(string check) =>
        check is TotalFall or DeliveredElsewhere ? CheckAction.Hold : CheckAction.Warn;
}
