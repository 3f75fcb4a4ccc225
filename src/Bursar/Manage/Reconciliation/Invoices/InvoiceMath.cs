using Bursar.Core.Amounts;

namespace Bursar.Manage.Reconciliation.Invoices;

/// <summary>The arithmetic of a tie-out: what may be rounding, and which differences explain themselves.</summary>
internal static class InvoiceMath
{
    private const string OnInvoice = "On the invoice, and not among its charges.";

    /// <summary>
    /// FOCUS 1.4, Rounding Variance Tolerance: the larger of 100 subunits and half the root of the number of rows in
    /// subunits.
    /// </summary>
    public static Amount Tolerance(long rows, Currency currency)
    {
        var subunit = 1m;
        for (var i = 0; i < currency.Decimals; i++)
            subunit /= 10;
        return Amount.From(decimal.Round(Math.Max(100m, Root(rows) * 0.5m) * subunit, 6, MidpointRounding.ToZero));
    }

    /// <summary>
    /// The parts of total − billed: what people explained first, then what only one side has, then rounding.
    /// </summary>
    /// <param name="difference">Invoice total − billed cost.</param>
    /// <param name="explained">What people explained.</param>
    /// <param name="invoiced">The invoice's lines by type; empty when it has none.</param>
    /// <param name="billed">Billed cost by type.</param>
    /// <param name="tolerance">What may be rounding.</param>
    /// <returns>The parts; they sum to the difference when nothing is unknown.</returns>
    public static IReadOnlyList<Difference> Explain(
        Amount difference,
        IReadOnlyList<Difference> explained,
        IReadOnlyDictionary<DifferenceType, Amount> invoiced,
        IReadOnlyDictionary<DifferenceType, Amount> billed,
        Amount tolerance
    )
    {
        var parts = explained.ToList();
        var left = parts.Aggregate(difference, (rest, part) => rest - part.Amount);
        if (left.Abs() > tolerance)
        {
            var found = Fewest([.. OneSided(invoiced, billed)], left, tolerance);
            parts.AddRange(found);
            left = found.Aggregate(left, (rest, part) => rest - part.Amount);
        }
        if (!left.IsZero && left.Abs() <= tolerance)
            parts.Add(new Difference(DifferenceType.Rounding, left, "Within the tolerance of FOCUS 1.4."));
        return parts;
    }

    /// <summary>
    /// The fewest parts that leave no more than rounding; without such, those that only the invoice has.
    /// </summary>
    private static List<Difference> Fewest(List<Difference> parts, Amount left, Amount tolerance)
    {
        // There are few types, so that every choice among them can be tried.
        var closing = Enumerable
            .Range(1, Math.Max(0, (1 << parts.Count) - 1))
            .Select(choice => parts.Where((_, i) => (choice & (1 << i)) != 0).ToList())
            .Where(chosen => (chosen.Aggregate(left, (rest, part) => rest - part.Amount)).Abs() <= tolerance)
            .MinBy(chosen => chosen.Count);
        return closing ?? [.. parts.Where(part => part.Reason == OnInvoice)];
    }

    /// <summary>What the invoice has and the charges have not, and the other way round, type by type.</summary>
    private static IEnumerable<Difference> OneSided(
        IReadOnlyDictionary<DifferenceType, Amount> invoiced,
        IReadOnlyDictionary<DifferenceType, Amount> billed
    )
    {
        foreach (var type in invoiced.Keys.Union(billed.Keys).Where(type => type != DifferenceType.Unknown).Order())
        {
            var there = invoiced.GetValueOrDefault(type);
            var here = billed.GetValueOrDefault(type);
            if (here.IsZero && !there.IsZero)
                yield return new Difference(type, there, OnInvoice);
            else if (there.IsZero && !here.IsZero)
                yield return new Difference(type, -here, "Among the charges, and not on the invoice.");
        }
    }

    /// <summary>Newton's method on decimals: a tolerance needs no binary fraction.</summary>
    private static decimal Root(long number)
    {
        if (number <= 0)
            return 0;
        var root = (decimal)number;
        for (var i = 0; i < 64; i++)
            root = (root + (number / root)) / 2;
        return root;
    }
}
