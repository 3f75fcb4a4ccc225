namespace Bursar.Warehouse.Books;

/// <summary>
/// Decides which live deliveries totals add: usage never; an estimate until its bill arrives; of deliveries that hold
/// the same charges, one.
/// </summary>
internal sealed class FindStandings
{
    private readonly Dictionary<string, BookedDelivery> byId;
    private readonly IReadOnlyList<TwinsResolved> resolved;

    private FindStandings(List<BookedDelivery> all, IReadOnlyList<TwinsResolved> resolved)
    {
        byId = all.ToDictionary(booked => booked.Id);
        this.resolved = resolved;
    }

    /// <param name="all">Every delivery, with what replaced it or took it back.</param>
    /// <param name="resolved">What was chosen, oldest first.</param>
    public static List<BookedDelivery> Of(List<BookedDelivery> all, IReadOnlyList<TwinsResolved> resolved)
    {
        var live = all.Where(booked => booked.IsLive).ToList();
        var special = live.Exists(booked => booked.Outline.IsSpecial);
        var stood = special
            ? new FindStandings(all, resolved).Run(live).ToDictionary(booked => booked.Id)
            : new Dictionary<string, BookedDelivery>();
        return
        [
            .. all.Select(booked =>
                booked.WithdrawnSeq is not null ? booked with { Standing = DeliveryStanding.Withdrawn }
                : !booked.IsLive ? booked with { Standing = DeliveryStanding.Replaced }
                : stood.GetValueOrDefault(booked.Id, booked)
            ),
        ];
    }

    /// <summary>The deliveries that do not count, and why.</summary>
    private IEnumerable<BookedDelivery> Run(List<BookedDelivery> live)
    {
        var waiting = Waiting(live);
        var bills = live.Where(booked => !booked.Outline.IsSpecial || booked.Delivery.Counts == DeliveryCounts.Bill)
            .ToLookup(booked => (booked.Delivery.Source, booked.Delivery.BillingPeriod));
        foreach (var booked in live)
        {
            if (booked.Outline.IsSpecial && booked.Delivery.Counts == DeliveryCounts.Usage)
                yield return booked with
                {
                    Standing = DeliveryStanding.Usage,
                };
            else if (waiting.TryGetValue(booked.Id, out var why))
                yield return booked with
                {
                    Standing = why.Standing,
                    BecauseOf = [.. why.Others],
                };
            else if (booked.Outline.IsSpecial && booked.Delivery.Counts == DeliveryCounts.Estimate)
            {
                var delivery = booked.Delivery;
                var arrived = bills[(delivery.StandsInFor ?? delivery.Source, delivery.BillingPeriod)].ToList();
                if (BillOf(booked, arrived) is { } found)
                    yield return found;
            }
        }
    }

    /// <summary>The estimate as it stands beside bills; null when none of them is for what it covers.</summary>
    /// <remarks>
    /// An estimate or a bill that names no billing account covers all of them. Where only some accounts of an estimate
    /// have their bill, it does not count all the same, for those would count twice; totals say what they lack.
    /// </remarks>
    private static BookedDelivery? BillOf(BookedDelivery estimate, List<BookedDelivery> bills)
    {
        var covered = estimate.Delivery.BillingAccountIds;
        var found = bills
            .Where(bill =>
                covered.Count == 0
                || bill.Delivery.BillingAccountIds.Count == 0
                || bill.Delivery.BillingAccountIds.Intersect(covered).Any()
            )
            .ToList();
        if (found.Count == 0)
            return null;
        var coversAll = found.Exists(bill => bill.Delivery.BillingAccountIds.Count == 0);
        return estimate with
        {
            Standing = DeliveryStanding.BillArrived,
            BecauseOf = [.. found.Select(bill => bill.Id)],
            UnbilledAccounts = coversAll
                ? []
                : [.. covered.Except(found.SelectMany(bill => bill.Delivery.BillingAccountIds))],
        };
    }

    /// <summary>Deliveries that do not count because of another that holds the same charges.</summary>
    private Dictionary<string, (DeliveryStanding Standing, SortedSet<string> Others)> Waiting(List<BookedDelivery> live)
    {
        var waiting = new Dictionary<string, (DeliveryStanding Standing, SortedSet<string> Others)>();
        foreach (var booked in live.Where(booked => booked.Outline.IsSpecial))
        {
            foreach (var twin in booked.Delivery.Twins ?? [])
            {
                if (StandingOf(twin.Id) is not { } other || other.Id == booked.Id)
                    continue;
                switch (Choice(booked, other))
                {
                    case null:
                        var (waits, counts) = twin.OtherWaits ? (other, booked) : (booked, other);
                        Wait(waits, counts, DeliveryStanding.Blocked);
                        break;
                    case { Both: true }:
                        break;
                    case { } choice when Chooses(choice, booked, other):
                        Wait(other, booked, DeliveryStanding.NotChosen);
                        break;
                    default:
                        Wait(booked, other, DeliveryStanding.NotChosen);
                        break;
                }
            }
        }
        return waiting;

        void Wait(BookedDelivery one, BookedDelivery because, DeliveryStanding standing)
        {
            if (!waiting.TryGetValue(one.Id, out var known))
                waiting.Add(one.Id, known = (standing, new SortedSet<string>(StringComparer.Ordinal)));
            known.Others.Add(because.Id);
            // What nobody has decided yet is what has to be told.
            if (standing == DeliveryStanding.Blocked)
                waiting[one.Id] = known with { Standing = standing };
        }
    }

    /// <summary>The delivery itself or what stands in its place; null when all of that was taken back.</summary>
    private BookedDelivery? StandingOf(string id)
    {
        while (byId.TryGetValue(id, out var booked))
        {
            if (booked.IsLive)
                return booked;
            if (booked.SupersededBy is not { } by)
                return null;
            id = by;
        }
        return null;
    }

    /// <summary>
    /// The last choice between these two or what they replaced; else the last between other months of their sources.
    /// </summary>
    private TwinsResolved? Choice(BookedDelivery one, BookedDelivery other) =>
        resolved.LastOrDefault(choice =>
            choice.Over.Any(over =>
                (IsOf(choice.Id, one) && IsOf(over, other)) || (IsOf(choice.Id, other) && IsOf(over, one))
            )
        )
        ?? resolved.LastOrDefault(choice =>
            !choice.Both && choice.Over.Any(over => AreOfTheSourcesOf(choice.Id, over, one, other))
        );

    private bool AreOfTheSourcesOf(string chosen, string over, BookedDelivery one, BookedDelivery other)
    {
        var (preferred, left) = (SourceOf(chosen), SourceOf(over));
        return preferred != left
            && (
                (preferred == one.Delivery.Source && left == other.Delivery.Source)
                || (preferred == other.Delivery.Source && left == one.Delivery.Source)
            );
    }

    private bool Chooses(TwinsResolved choice, BookedDelivery one, BookedDelivery other) =>
        IsOf(choice.Id, one) || (!IsOf(choice.Id, other) && SourceOf(choice.Id) == one.Delivery.Source);

    private string SourceOf(string id) => byId[id].Delivery.Source;

    /// <summary>Whether an id names this delivery, or one that it replaced.</summary>
    private bool IsOf(string id, BookedDelivery booked) =>
        id == booked.Id
        || StandingOf(id)?.Id == booked.Id
        || booked.Supersedes.Any(replaced => byId.TryGetValue(replaced, out var before) && IsOf(id, before));
}
