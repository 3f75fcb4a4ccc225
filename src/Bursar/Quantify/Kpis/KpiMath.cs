using Bursar.Core.Amounts;
using Bursar.Understand.Ingestion.Mappings;

namespace Bursar.Quantify.Kpis;

/// <summary>The arithmetic of KPIs: formulas over exact fractions, levels of maturity, percentiles.</summary>
internal static class KpiMath
{
    /// <summary>The value of a formula; null where it divides by zero.</summary>
    /// <exception cref="ExpressionException">It holds something that is no number.</exception>
    public static Fraction? Of(MapExpression expression, IReadOnlyDictionary<string, Fraction> inputs) =>
        expression switch
        {
            Constant { IsNumber: true } number => Fraction.From(Amount.Parse(number.Text)),
            ColumnOf input => inputs[input.Names[0]],
            Joined joined => Joint(joined, inputs),
            Choice choice => Holds(choice.Condition, inputs) is not { } holds ? null
            : holds ? Of(choice.Then, inputs)
            : choice.Else is { } otherwise ? Of(otherwise, inputs)
            : null,
            Call call => Called(call, inputs),
            _ => throw new ExpressionException("A formula has numbers, inputs in brackets, and + - * / between them."),
        };

    /// <summary>The best level of maturity that a value reaches; null below the first.</summary>
    public static Maturity? Level(KpiThresholds thresholds, KpiDirection direction, decimal? aim, decimal value)
    {
        foreach (var level in (Maturity[])[Maturity.Run, Maturity.Walk, Maturity.Crawl])
            if (thresholds.Of(level) is { } threshold && Reaches(value, threshold, direction, aim))
                return level;
        return null;
    }

    /// <summary>Whether a value is as good as a threshold, or better.</summary>
    public static bool Reaches(decimal value, decimal threshold, KpiDirection direction, decimal? aim) =>
        direction switch
        {
            KpiDirection.Higher => value >= threshold,
            KpiDirection.Lower => value <= threshold,
            // A threshold at the aim's side, 98 of 100, and one of a distance, 15 around 0, are the same.
            KpiDirection.Nearest => Math.Abs(value - (aim ?? 0)) <= Math.Abs(threshold - (aim ?? 0)),
            _ => false,
        };

    /// <summary>"green", "amber" or "red"; null without bounds.</summary>
    public static string? Colour(KpiThresholds thresholds, KpiDirection direction, decimal? aim, decimal value)
    {
        if (thresholds is not { Green: { } green, Amber: { } amber })
            return null;
        // What is exactly at the bound of green is amber: green is better than it.
        if (value != green && Reaches(value, green, direction, aim))
            return "green";
        return Reaches(value, amber, direction, aim) ? "amber" : "red";
    }

    /// <summary>
    /// Where a value stands among peers, itself one of them, in percent: those below it, and with half of its equals.
    /// Null for a group that is too small to be shown.
    /// </summary>
    public static (decimal Strict, decimal MidRank)? Percentile(IReadOnlyList<decimal> peers, decimal own, int groupMin)
    {
        if (peers.Count < groupMin || peers.Count == 0)
            return null;
        var below = peers.Count(peer => peer < own);
        var equal = peers.Count(peer => peer == own);
        return (100m * below / peers.Count, 100m * (below + (equal / 2m)) / peers.Count);
    }

    private static Fraction? Joint(Joined joined, IReadOnlyDictionary<string, Fraction> inputs)
    {
        if (Of(joined.Left, inputs) is not { } left || Of(joined.Right, inputs) is not { } right)
            return null;
        return joined.Operator switch
        {
            '+' => left + right,
            '-' => left - right,
            '*' => left * right,
            '/' => right.IsZero ? null : left / right,
            _ => throw new ExpressionException("& joins texts, and a formula has numbers."),
        };
    }

    private static Fraction? Called(Call call, IReadOnlyDictionary<string, Fraction> inputs)
    {
        var values = call.Arguments.Select(argument => Of(argument, inputs)).ToList();
        if (values.Any(value => value is null))
            return null;
        return call.Function.Name switch
        {
            "max" => values.Max(),
            "min" => values.Min(),
            _ => values[0]!.Value.Abs(),
        };
    }

    /// <summary>Null where one side divides by zero.</summary>
    private static bool? Holds(MapExpression condition, IReadOnlyDictionary<string, Fraction> inputs)
    {
        switch (condition)
        {
            case Not not:
                return !Holds(not.Condition, inputs);
            case Test { Operator: "and" } both:
                return Holds(both.Left, inputs) & Holds(both.Right, inputs);
            case Test { Operator: "or" } either:
                return Holds(either.Left, inputs) | Holds(either.Right, inputs);
            case Test test:
                if (Of(test.Left, inputs) is not { } left || Of(test.Right, inputs) is not { } right)
                    return null;
                var order = left.CompareTo(right);
                return test.Operator switch
                {
                    "=" => order == 0,
                    "<>" => order != 0,
                    "<" => order < 0,
                    "<=" => order <= 0,
                    ">" => order > 0,
                    _ => order >= 0,
                };
            default:
                throw new ExpressionException("A formula compares numbers with =, <>, <, <=, > and >=.");
        }
    }
}
