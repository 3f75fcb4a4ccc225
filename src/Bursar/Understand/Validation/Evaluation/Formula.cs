namespace Bursar.Understand.Validation.Evaluation;

/// <summary>A statement about one row, put together from atoms: facts that the engine finds once per row.</summary>
internal abstract class Formula
{
    public static Formula True { get; } = new Constant(true);

    public static Formula False { get; } = new Constant(false);

    /// <summary>Whether it holds for a row with these atoms.</summary>
    public abstract bool Holds(ReadOnlySpan<long> bits);

    /// <summary>The same as SQL.</summary>
    public abstract string Sql(Func<int, string> atom);

    public static Formula Of(bool value) => value ? True : False;

    public static Formula Atom(int number) => new Fact(number);

    public static Formula Not(Formula inner) =>
        inner switch
        {
            Constant constant => Of(!constant.Value),
            Negation negation => negation.Inner,
            _ => new Negation(inner),
        };

    public static Formula And(params IEnumerable<Formula> items) => Join(items, all: true);

    public static Formula Or(params IEnumerable<Formula> items) => Join(items, all: false);

    private static Formula Join(IEnumerable<Formula> items, bool all)
    {
        // The constant that decides, and the one that says nothing.
        var (deciding, idle) = (Of(!all), Of(all));
        var kept = items.Where(item => item != idle).Distinct().ToList();
        return kept.Contains(deciding) ? deciding
            : kept.Count == 0 ? idle
            : kept.Count == 1 ? kept[0]
            : new Junction(kept, all);
    }

    private sealed class Constant(bool value) : Formula
    {
        public bool Value => value;

        public override bool Holds(ReadOnlySpan<long> bits) => value;

        public override string Sql(Func<int, string> atom) => value ? "true" : "false";
    }

    private sealed class Fact(int number) : Formula
    {
        public override bool Holds(ReadOnlySpan<long> bits) =>
            (bits[number / Atoms.BitsPerWord] >> (number % Atoms.BitsPerWord) & 1) != 0;

        public override string Sql(Func<int, string> atom) => atom(number);
    }

    private sealed class Negation(Formula inner) : Formula
    {
        public Formula Inner => inner;

        public override bool Holds(ReadOnlySpan<long> bits) => !inner.Holds(bits);

        public override string Sql(Func<int, string> atom) => $"NOT {inner.Sql(atom)}";
    }

    private sealed class Junction(List<Formula> items, bool all) : Formula
    {
        public override bool Holds(ReadOnlySpan<long> bits)
        {
            foreach (var item in items)
            {
                if (item.Holds(bits) != all)
                    return !all;
            }
            return all;
        }

        public override string Sql(Func<int, string> atom) =>
            "(" + string.Join(all ? " AND " : " OR ", items.Select(item => item.Sql(atom))) + ")";
    }
}
