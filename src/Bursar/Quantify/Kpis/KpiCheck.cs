using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;
using Bursar.Understand.Ingestion.Mappings;
using Bursar.Understand.Measures;
using Bursar.Warehouse.Queries;

namespace Bursar.Quantify.Kpis;

/// <summary>Mistakes of KPIs, their inputs and benchmarks that the shape alone does not show.</summary>
internal static class KpiCheck
{
    public static void Check(Kpi kpi, RulebookCheck check)
    {
        if (kpi.Formula is { } formula)
            CheckFormula(kpi, "formula", formula, check);
        else if (KpiBook.BuiltIn(kpi.Name) is null)
            check.Error(
                kpi,
                "name",
                "kpi-formula",
                $"\"{kpi.Name}\" has no formula, and Bursar brings no KPI of that name along.",
                "Give formula:, or the name of a KPI that `bursar kpis --all` lists."
            );
        foreach (var part in kpi.Also)
            CheckFormula(part, "formula", part.Formula, check);
        if (kpi is { Direction: KpiDirection.Nearest, Aim: null })
            check.Error(
                kpi,
                "direction",
                "kpi-aim",
                "Nothing says to which value the nearest is best.",
                "Give aim: 100, or another direction."
            );
        if (!KpiBook.IsBringing)
        {
            CheckId(kpi, check);
            foreach (var thresholds in kpi.Thresholds)
                CheckOrder(kpi, thresholds, check);
        }
        foreach (var thresholds in kpi.Thresholds.Where(one => one is { Level: not null, Target: null }))
            check.Error(
                thresholds,
                "level",
                "kpi-thresholds",
                $"The level {thresholds.Level!.Value.ToString().ToLowerInvariant()} has no value here, so nothing is aimed at.",
                "Give crawl:, walk: or run: a value."
            );
    }

    public static void Check(KpiInput input, RulebookCheck check)
    {
        if (!input.Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
            check.Error(
                input,
                "name",
                "kpi-input-name",
                $"\"{input.Name}\" cannot stand in a formula.",
                "Use letters, digits and underscore."
            );
        var ways = input.Ways.Count(way => way is not null);
        if (ways > 1)
            check.Error(
                input,
                "name",
                "kpi-input-ways",
                $"\"{input.Name}\" comes from {ways} places at once.",
                "Keep one of cost, series, unitMetric, figure, value, days and formula."
            );
        if ((input.Value is null) != (input.On is null))
            check.Error(
                input,
                input.Value is null ? "on" : "value",
                "kpi-input-day",
                "A declared value and its day belong together.",
                "Give value: and on: with the first day for which it holds."
            );
        if (input.Series is { } name && check.Rulebook.Find<Series>(name) is { } series)
            foreach (var key in input.Only.Keys.Where(key => !series.Columns.Contains(key)))
                check.Error(
                    input,
                    "only",
                    "unknown-series-key",
                    $"The series \"{name}\" has no key \"{key}\".",
                    $"It has {(series.Columns.Count == 0 ? "none" : string.Join(", ", series.Columns))}."
                );
        if (input.Cost is { } cost)
            CheckCost(cost, check);
        if (input.Formula is { } formula && !KpiBook.IsBringing)
        {
            CheckFormula(input, "formula", formula, check);
            if (LeadsTo(formula, input.Name, KpiBook.Of(check.Rulebook), []))
                check.Error(
                    input,
                    "formula",
                    "kpi-input-circle",
                    $"The formula of \"{input.Name}\" leads back to itself.",
                    "Let one of its inputs come from somewhere else."
                );
        }
    }

    private static void CheckCost(KpiCost cost, RulebookCheck check)
    {
        var isUsage = cost.Measure == CostMeasure.ConsumedQuantity;
        if (isUsage && (cost.Unit is null) == (cost.Units.Count == 0))
            check.Error(
                cost,
                "measure",
                "kpi-input-unit",
                "Quantities of several units are never added.",
                "Give unit: as in ConsumedUnit: Hours; or units: with what one of each is."
            );
        if (!isUsage && (cost.Unit is not null || cost.Units.Count > 0))
            check.Error(
                cost,
                cost.Unit is null ? "units" : "unit",
                "kpi-input-unit",
                "Only ConsumedQuantity is counted in units.",
                "Remove it, or write measure: ConsumedQuantity."
            );
        foreach (var unit in cost.Units.Where(unit => unit.Value <= 0))
            check.Error(
                cost,
                "units",
                "kpi-input-unit",
                $"One {unit.Key} is {KpiTables.Plain(unit.Value)}, so it would take away.",
                "Write how much one of it is, above zero."
            );
    }

    /// <summary>A number is of one KPI: of the one that Bursar brings along, or of the first that takes it.</summary>
    private static void CheckId(Kpi kpi, RulebookCheck check)
    {
        if (kpi.Id is not { } id)
            return;
        var other = KpiBook.Of(check.Rulebook).Kpis.FirstOrDefault(one => IsCalled(one.Id) && one.Name != kpi.Name);
        if (other is not null)
            check.Error(
                kpi,
                "id",
                "kpi-id",
                $"The number {id} is of \"{other.Name}\" already.",
                "Give it a number of its own, or none; to change that KPI, write its name."
            );

        bool IsCalled(string? known) => id.Equals(known, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Run is at least as good as walk, walk as crawl, and green as amber.</summary>
    private static void CheckOrder(Kpi kpi, KpiThresholds thresholds, RulebookCheck check)
    {
        var known = KpiBook.BuiltIn(kpi.Name);
        var aim = kpi.Aim ?? known?.Aim;
        if ((kpi.Direction ?? known?.Direction) is not { } direction || direction == KpiDirection.None)
            return;
        var better = direction switch
        {
            KpiDirection.Lower => "lower",
            KpiDirection.Higher => "higher",
            _ => $"nearer to {KpiTables.Plain(aim)}",
        };
        (string Key, decimal? Value)[] levels =
        [
            ("crawl", thresholds.Crawl),
            ("walk", thresholds.Walk),
            ("run", thresholds.Run),
        ];
        Ordered([.. levels.Where(one => one.Value is not null)]);
        if (thresholds is { Amber: { } amber, Green: { } green })
            Ordered([("amber", amber), ("green", green)]);

        void Ordered((string Key, decimal? Value)[] all)
        {
            foreach (var (easy, hard) in all.Zip(all.Skip(1)))
                if (!KpiMath.Reaches(hard.Value!.Value, easy.Value!.Value, direction, aim))
                    check.Error(
                        thresholds,
                        hard.Key,
                        "kpi-thresholds",
                        $"{hard.Key} {KpiTables.Plain(hard.Value)} is easier to reach than {easy.Key} {KpiTables.Plain(easy.Value)}, "
                            + $"and {better} is better.",
                        "Put them in order, from crawl to run, from amber to green."
                    );
        }
    }

    private static bool LeadsTo(string formula, string name, KpiBook book, HashSet<string> seen)
    {
        try
        {
            return KpiFormula
                .Read(formula)
                .Inputs.Any(input =>
                    input == name
                    || (seen.Add(input) && book.Input(input)?.Formula is { } next && LeadsTo(next, name, book, seen))
                );
        }
        catch (ExpressionException)
        {
            // What cannot be read is told where it stands.
            return false;
        }
    }

    public static void Check(Benchmark benchmark, RulebookCheck check)
    {
        var names = KpiBook.KpiNames(check.Rulebook);
        if (benchmark.Kpi is { Length: > 0 } && !names.Contains(benchmark.Kpi))
            check.Error(
                benchmark,
                "kpi",
                "unknown-kpi",
                $"No KPI is called \"{benchmark.Kpi}\".{DidYouMean.Question(benchmark.Kpi, names)}",
                "`bursar kpis --all` lists them."
            );
        if (benchmark is { Median: null, LowerQuartile: null, UpperQuartile: null })
            check.Error(
                benchmark,
                "name",
                "benchmark-empty",
                "The benchmark has no figure.",
                "Give median:, lowerQuartile: or upperQuartile:."
            );
        // A day that is missing was told already.
        if (benchmark.Expires <= benchmark.Date && benchmark.Expires != default && benchmark.Date != default)
            check.Error(
                benchmark,
                "expires",
                "empty-range",
                "The benchmark is stale before its own day.",
                "expires: is the first day on which it is not to be used any more."
            );
    }

    private static void CheckFormula(RulebookRecord record, string key, string text, RulebookCheck check)
    {
        try
        {
            var formula = KpiFormula.Read(text);
            var names = KpiBook.InputNames(check.Rulebook);
            foreach (var name in formula.Inputs.Where(name => !names.Contains(name)))
                check.Error(
                    record,
                    key,
                    "unknown-kpi-input",
                    $"No input is called \"{name}\".{DidYouMean.Question(name, names)}",
                    "`bursar kpis inputs` lists them; a new one is a kind: KpiInput."
                );
            // Zeros find whatever is no number, and nothing else.
            formula.Of(formula.Inputs.ToDictionary(name => name, _ => Fraction.Zero));
        }
        catch (Exception wrong) when (wrong is ExpressionException or FormatException)
        {
            check.Error(
                record,
                key,
                "kpi-formula",
                wrong.Message,
                "A formula is like 100 * [unallocated_cost] / [cost_total]."
            );
        }
    }
}
