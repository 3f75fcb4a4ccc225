using System.Collections.Concurrent;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Rulebooks;
using Bursar.Understand.Allocation;
using Bursar.Understand.Allocation.SharedCosts;
using Bursar.Understand.Ingestion.Prices;
using Bursar.Understand.Measures;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Workspaces;

/// <summary>
/// The books and the rules of one moment. It never changes; ask as many questions of it as you like.
/// </summary>
/// <param name="workspace">Where the books and the engine are.</param>
/// <param name="state">What was delivered and decided.</param>
/// <param name="inForce">The rules, as written and as compiled; read when the first question needs them.</param>
/// <param name="rules">Whether these rules are in force.</param>
internal sealed class BooksView(Workspace workspace, BooksState state, Lazy<RulesInTurn> inForce, BooksView.Rules rules)
{
    /// <summary>Where the rules of a view come from.</summary>
    internal enum Rules
    {
        /// <summary>There are none.</summary>
        None,

        /// <summary>They were put in force by <c>bursar publish</c>.</summary>
        Published,

        /// <summary>They are a working copy: every output says DRAFT.</summary>
        Draft,
    }

    public BooksState State => state;

    /// <summary>The rulebook that holds on the day on which the books are read.</summary>
    public Rulebook Rulebook => RulebookOn(Today);

    /// <summary>The rulebook that holds for the charges of a day.</summary>
    public Rulebook RulebookOn(DateOnly day) => inForce.Value.On(day);

    public CompiledAllocation Allocation => inForce.Value.Allocation;

    /// <summary>Whether figures rest on rules that nobody has published.</summary>
    public bool IsDraft => rules == Rules.Draft;

    public TimeProvider Clock => workspace.Clock;

    /// <summary>The day on which the books are read: today, or the day of the moment that is asked.</summary>
    public DateOnly Today { get; init; }

    /// <summary>In which currency and by whose structure questions are answered that do not say so.</summary>
    public Lens Lens { get; private init; } = Lens.Plain;

    /// <summary>The same books and rules; every report of this view is in that currency, by that structure.</summary>
    public BooksView Through(Lens lens) =>
        new(workspace, state, inForce, rules)
        {
            Today = Today,
            Lens = lens with { Structure = Resolved(lens.Structure) },
            Stars = Stars,
            Plans = Plans,
        };

    private BooksView? withUsage;

    /// <summary>The books as a measure has to see them: quantities of usage count, its cost never does.</summary>
    public BooksView For(CostMeasure measure) => measure.IsQuantity && HasUsage ? withUsage ??= WithUsage() : this;

    private bool HasUsage =>
        LiveDeliveries.Any(booked => booked.Standing == DeliveryStanding.Usage && !Deliveries.Contains(booked));

    private BooksView WithUsage()
    {
        List<BookedDelivery> deliveries =
        [
            .. LiveDeliveries.Where(booked => booked.IsCounted || booked.Standing == DeliveryStanding.Usage),
        ];
        return new BooksView(workspace, state, inForce, rules)
        {
            Today = Today,
            Lens = Lens,
            Deliveries = deliveries,
            DataThrough = deliveries.Max(booked => booked.Delivery.NewestChargeStart),
        };
    }

    private BooksView? bills;

    /// <summary>What totals of cost are made of, whatever else this view counts.</summary>
    private BooksView Bills => bills ??= new BooksView(workspace, state, inForce, rules) { Today = Today };

    private BooksView? logs;

    /// <summary>
    /// Only what is no bill: usage, and estimates whether or not their bill arrived. What logs say was used, at the
    /// prices they were given; never a cost of its own.
    /// </summary>
    public BooksView Logs =>
        logs ??= new BooksView(workspace, state, inForce, rules)
        {
            Today = Today,
            Deliveries = [.. LiveDeliveries.Where(booked => booked.Delivery.Counts != DeliveryCounts.Bill)],
            DataThrough = DataThrough,
        };

    /// <summary>The same structure with its day.</summary>
    public Structure? Resolved(Structure? structure) =>
        structure is null ? null : new Structure(structure.Day ?? Today);

    public BooksOfRecord Books => workspace.Books;

    public DuckDbEngine Engine => workspace.Engine;

    /// <summary>What was answered before.</summary>
    public AnswerMemory Answers => workspace.Answers;

    /// <summary>The deliveries of Cost and Usage that count: what every total of cost is made of.</summary>
    public IReadOnlyList<BookedDelivery> Deliveries { get; private init; } =
    [.. state.LiveDeliveries.Where(booked => booked.IsCounted && booked.Delivery.Dataset == "CostAndUsage")];

    /// <summary>
    /// The same with those that are live and do not count: usage, estimates whose bill arrived, twins.
    /// </summary>
    public IReadOnlyList<BookedDelivery> LiveDeliveries { get; } =
    [.. state.LiveDeliveries.Where(booked => booked.Delivery.Dataset == "CostAndUsage")];

    /// <summary>The newest day on which a charge that counts begins; null without deliveries.</summary>
    public DateOnly? DataThrough { get; private init; } =
        state.LiveDeliveries.Where(booked => booked.IsCounted).Max(booked => booked.Delivery.NewestChargeStart);

    /// <summary>
    /// The newest month that the data covers to its last day; the month before the data's last day otherwise.
    /// </summary>
    public BillingPeriod? NewestWholeMonth =>
        DataThrough is not { } last ? null
        : last.AddDays(1).Day == 1 ? BillingPeriod.Containing(last)
        : BillingPeriod.Containing(last).Previous;

    /// <summary>What was proved whole already, by structure: once for all questions of a page or command.</summary>
    private ConcurrentDictionary<string, StarFiles> Stars { get; init; } = new();

    private ConcurrentDictionary<string, SharedPlan> Plans { get; init; } = new();

    /// <summary>The files that questions are asked of, proved whole.</summary>
    /// <param name="cancel">Ends the work early.</param>
    /// <param name="structure">By whose structure; null for that of each charge's own day.</param>
    /// <param name="allocation">Whether the parts of shared costs are among them.</param>
    public StarFiles Star(
        CancellationToken cancel,
        Structure? structure = null,
        CostAllocation allocation = CostAllocation.Direct
    )
    {
        var key = Resolved(structure)?.ToString() ?? Structure.AsWas;
        var direct = Stars.GetOrAdd(key, _ => Prove(structure, cancel));
        return allocation == CostAllocation.Direct || !HasSharedCosts
            ? direct
            : Stars.GetOrAdd("distributed " + key, _ => Distribute(direct, structure, cancel));
    }

    /// <summary>Whether any cost is in a pool.</summary>
    public bool HasSharedCosts => inForce.Value.Turns.Any(turn => turn.Rulebook.Pools().Count > 0);

    /// <summary>How every pool of shared cost is divided, in every month and currency that it has cost in.</summary>
    public SharedPlan Shared(CancellationToken cancel, Structure? structure = null) =>
        Plans.GetOrAdd(
            Resolved(structure)?.ToString() ?? Structure.AsWas,
            _ => Plan(Star(cancel, structure), structure, cancel)
        );

    private SharedPlan Plan(StarFiles direct, Structure? structure, CancellationToken cancel)
    {
        var day = Resolved(structure)?.Day;
        var restsOn = LiveDeliveries
            .Select(booked => $"{booked.Id} {booked.Standing}")
            .Concat(Deliveries.Select(booked => "in " + booked.Id))
            .Concat(state.SeriesDeliveries.Select(booked => $"series {booked.CommittedSeq}"))
            .Concat(inForce.Value.Turns.Select(Documents));
        return new SharedStar(Books, Of(structure), inForce.Value.Pools(day), Engine).Plan(
            string.Join('\n', restsOn),
            direct,
            Deliveries,
            Weigh,
            cancel
        );

        IReadOnlyList<DividedPool> Weigh()
        {
            var columns = For(CostMeasure.ConsumedQuantity).Star(cancel, structure).Columns;
            using var session = Engine.Connect();
            return new WeighPools(
                inForce.Value.Pools(day),
                PoolsOf,
                query => AskCost.Of(query, For(query.Measure).Star(cancel, structure), session, cancel).Rows,
                query => AskCost.RowsOf(query, Bills.Star(cancel, structure), session, cancel),
                query => AskCost.RowsOf(query, Logs.Star(cancel, structure), session, cancel),
                column => CostColumns.IsKnown(column, columns),
                SeriesByMonth
            ).All();
        }

        IReadOnlyList<SharedCost> PoolsOf(DateOnly month) => RulebookOn(day ?? month).Pools();

        static string Documents(RulesTurn turn) =>
            DocumentHash.Of(
                $"shared-4 {turn.From:yyyy-MM-dd}",
                turn.Rulebook.Declarations.Where(one => one is SharedCost or Series or CommitmentPolicy or PriceBook)
            );
    }

    private StarFiles Distribute(StarFiles direct, Structure? structure, CancellationToken cancel)
    {
        var files = new SharedStar(Books, Of(structure), inForce.Value.Pools(Resolved(structure)?.Day), Engine).Of(
            direct,
            Deliveries,
            Shared(cancel, structure),
            cancel
        );
        return workspace.Tables?.Of(files, cancel) ?? files;
    }

    private IReadOnlyList<SeriesWeight> SeriesByMonth(string name, string key)
    {
        var answer = new AskMeasures(this).Answer(
            new MeasureQuestion(name) { By = [key], Over = TimeGrain.Month },
            CancellationToken.None
        );
        return
        [
            .. answer.Rows.Select(row => new SeriesWeight(
                row.Keys[0],
                row.Period!.Value,
                row.Value.ToDecimal(),
                answer.DataAsOf!.Value
            )),
        ];
    }

    private StarFiles Prove(Structure? structure, CancellationToken cancel)
    {
        if (Deliveries.FirstOrDefault(booked => booked.IsPruned) is { } gone)
            throw new RefusedException(
                "books/pruned",
                $"At entry {state.HeadSeq}, {gone.Id} counted; it was replaced later and its charges were pruned, so that moment cannot be asked any more.",
                $"Ask for a later moment. What it summed to: `bursar deliveries {gone.Id}`."
            );
        Books.Trust.Require(Deliveries, cancel);
        var files = new StarCache(Books, Of(structure), Engine).Of(Deliveries, cancel);
        return workspace.Tables?.Of(files, cancel) ?? files;
    }

    private CompiledAllocation Of(Structure? structure) =>
        Resolved(structure)?.Day is { } day ? Allocation.On(day) : Allocation;
}
