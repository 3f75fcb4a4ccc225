using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;

namespace Bursar.Quantify.Kpis;

/// <summary>KPIs and inputs: those that Bursar brings along, as the rulebook changes and adds to them.</summary>
internal sealed class KpiBook
{
    private static readonly Lazy<IReadOnlyList<KpiInput>> KnownInputs = new(() =>
        Bring<KpiInput>("Bursar.Kpis.inputs")
    );

    private static readonly Lazy<IReadOnlyList<Kpi>> KnownKpis = new(() => Bring<Kpi>("Bursar.Kpis.kpis"));

    [ThreadStatic]
    private static bool isBringing;

    private readonly Dictionary<string, KpiInput> inputs;

    private KpiBook(IReadOnlyList<Kpi> kpis, Dictionary<string, KpiInput> inputs) =>
        (Kpis, this.inputs) = (kpis, inputs);

    /// <summary>What Bursar brings along is being read, so nothing can be compared with it yet.</summary>
    public static bool IsBringing => isBringing;

    private static IReadOnlyList<T> Bring<T>(string prefix)
        where T : Declaration
    {
        var before = isBringing;
        isBringing = true;
        try
        {
            return BuiltInDocuments.Read<T>(prefix);
        }
        finally
        {
            isBringing = before;
        }
    }

    /// <summary>In the order of their numbers; the rulebook's own come last.</summary>
    public IReadOnlyList<Kpi> Kpis { get; }

    public IEnumerable<KpiInput> Inputs => inputs.Values.OrderBy(input => input.Name, StringComparer.Ordinal);

    /// <summary>Names that a formula of this rulebook may use.</summary>
    public static IReadOnlySet<string> InputNames(Rulebook rulebook) =>
        KnownInputs.Value.Concat(rulebook.All<KpiInput>()).Select(input => input.Name).ToHashSet();

    /// <summary>The KPI that Bursar brings along under that name; null when it brings none.</summary>
    public static Kpi? BuiltIn(string name) => KnownKpis.Value.FirstOrDefault(kpi => kpi.Name == name);

    /// <summary>Names that benchmarks may speak of.</summary>
    public static IReadOnlySet<string> KpiNames(Rulebook rulebook) =>
        KnownKpis.Value.Concat(rulebook.All<Kpi>()).Select(kpi => kpi.Name).ToHashSet();

    public static KpiBook Of(Rulebook rulebook)
    {
        var own = rulebook.All<Kpi>().ToDictionary(kpi => kpi.Name);
        var given = KnownInputs.Value.ToDictionary(input => input.Name);
        foreach (var input in rulebook.All<KpiInput>())
            given[input.Name] = given.TryGetValue(input.Name, out var known)
                ? input with
                {
                    Means = input.Means ?? known.Means,
                    Unit = input.Unit ?? known.Unit,
                }
                : input;
        return new KpiBook(
            [
                .. KnownKpis.Value.Select(kpi =>
                    own.TryGetValue(kpi.Name, out var changed) ? Changed(kpi, changed) : kpi
                ),
                .. own.Values.Where(kpi => BuiltIn(kpi.Name) is null),
            ],
            given
        );
    }

    public KpiInput? Input(string name) => inputs.GetValueOrDefault(name);

    /// <summary>The KPI of that name or number.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public Kpi Require(string name) =>
        Kpis.FirstOrDefault(kpi => kpi.Name == name)
        ?? Kpis.FirstOrDefault(kpi => kpi.Id?.Equals(name, StringComparison.OrdinalIgnoreCase) == true)
        ?? throw new RefusedException(
            "kpis/unknown",
            $"There is no KPI \"{name}\".{DidYouMean.Question(name, Kpis.Select(kpi => kpi.Name))}",
            "`bursar kpis --all` lists them; a new one is a kind: Kpi in the rulebook.",
            exitCode: 2
        );

    private static Kpi Changed(Kpi known, Kpi changed) =>
        known with
        {
            DisplayName = changed.DisplayName ?? known.DisplayName,
            Group = changed.Group ?? known.Group,
            Formula = changed.Formula ?? known.Formula,
            Also = changed.Also.Count > 0 ? changed.Also : known.Also,
            Unit = changed.Unit ?? known.Unit,
            Direction = changed.Direction ?? known.Direction,
            Aim = changed.Aim ?? known.Aim,
            WhenZero = changed.WhenZero ?? known.WhenZero,
            Dimensions = changed.Dimensions.Count > 0 ? changed.Dimensions : known.Dimensions,
            Thresholds = [.. changed.Thresholds, .. known.Thresholds],
            Owner = changed.Owner ?? known.Owner,
            Source = changed.Source ?? (changed.Formula is null ? known.Source : "the rulebook"),
            Revision = changed.Revision ?? known.Revision,
            Corrected = changed.Formula is null ? known.Corrected : changed.Corrected,
            Note = changed.Note ?? known.Note,
        };
}
