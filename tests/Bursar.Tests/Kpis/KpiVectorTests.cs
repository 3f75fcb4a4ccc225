using System.Globalization;
using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Quantify.Kpis;
using Bursar.Rulebooks;

namespace Bursar.Tests.Kpis;

/// <summary>Formulas of the KPIs that Bursar brings along, to the digits of the examples.</summary>
public sealed class KpiVectorTests
{
    private static readonly KpiBook Book = KpiBook.Of(Rulebook.Empty);

    [Theory]
    [InlineData("EX-KPI-* (a)", "cost-optimisation-index", "savings_opportunity=9250 cost_total=60000", "84.5833")]
    [InlineData("EX-KPI-* (b)", "auto-scaling-efficiency", "cost_at_peak=12000 cost_with_scaling=7500", "1.60")]
    [InlineData("EX-KPI-* (c)", "pue", "facility_kwh=1500 it_kwh=1000", "1.500")]
    [InlineData("EX-KPI-* (d)", "cost-per-gb", "storage_metered_cost=2300 storage_gb=100000", "0.0230")]
    [InlineData("EX-KPI-* (e)", "redundant-applications", "overlap_spend=54000 saas_cost=360000", "15.00")]
    [InlineData("EX-KPI-* (f)", "personas-trained", "personas_trained=45 personas_to_train=60", "75.00")]
    [InlineData("EX-KPI-* (g)", "carbon-per-spend", "emissions_kg=5000 cost_total=250000", "0.0200")]
    [InlineData("EX-KPI-* (h)", "anomaly-cost", "anomaly_cost=6000 ai_cost=200000", "3.00")]
    [InlineData(
        "EX-BUD-2",
        "cost-performance-indicator",
        "budget_amount=100000 unit_cost_expected=0.50 unit_cost_actual=0.40 cost_total=110000",
        "1.13636"
    )]
    [InlineData("EX-UNT-3", "ai-roi", "ai_benefit=180000 ai_cost=120000", "50.00")]
    [InlineData("EX-AIF-4", "token-consumption", Tokens, "98.40")]
    [InlineData("EX-AIF-4", "cache-hit-rate", Tokens, "40.00")]
    [InlineData("EX-AIF-4", "reasoning-token-ratio", "reasoning_tokens=1500000 output_tokens=4000000", "37.50")]
    [InlineData("EX-AIF-4", "llm-error-rate", "failed_calls=400 api_calls=8000", "5.00")]
    [InlineData("EX-AIF-5", "cost-per-resolved-case", "cost_per_try=0.50 success_rate=0.5 human_cost=10", "5.50")]
    [InlineData("EX-AIF-5", "cost-per-resolved-case", "cost_per_try=2.00 success_rate=0.95 human_cost=10", "2.50")]
    [InlineData("EX-AIF-8", "stalled-ai", "ai_stalled_cost=9 ai_cost=25", "36.00")]
    [InlineData(
        "EX-AIF-9",
        "gpu-cpu-ratio",
        "gpu_cost=12000 gpu_hours=3000 cpu_cost=9600 cpu_core_hours=240000",
        "100.00"
    )]
    [InlineData("EX-AIF-9", "accelerator-utilisation", "busy_gpu_hours=1950 paid_gpu_hours=3000", "65.00")]
    public void A_formula_gives_the_figure_of_the_example(string example, string kpi, string inputs, string expected)
    {
        var result = Of(Book.Require(kpi).Formula!, inputs, expected);
        Assert.True(result == expected, $"{example}: {result} instead of {expected}");
    }

    private const string Tokens =
        "input_tokens=12000000 input_token_price=3.00 cached_input_tokens=8000000 cached_token_price=0.30 "
        + "output_tokens=4000000 output_token_price=15.00";

    [Theory]
    [InlineData("cache-hit-rate", Tokens, "21.60")]
    [InlineData("llm-error-rate", "ai_model_cost=98.40 failed_calls=400 api_calls=8000", "4.92")]
    [InlineData(
        "cost-performance-indicator",
        "budget_amount=100000 unit_cost_expected=0.50 unit_cost_actual=0.40",
        "125000.00"
    )]
    public void A_further_figure_is_that_of_EX_AIF_4_and_EX_BUD_2(string kpi, string inputs, string expected) =>
        Assert.Equal(expected, Of(Book.Require(kpi).Also[0].Formula, inputs, expected));

    [Fact]
    public void Three_percent_of_AI_cost_in_anomalies_is_amber_as_in_EX_KPI_h()
    {
        var bounds = Book.Require("K016").Thresholds[0];
        string? Colour(decimal value) => KpiMath.Colour(bounds, KpiDirection.Lower, null, value);
        Assert.Equal(["green", "amber", "amber", "amber", "red"], new[] { 1.99m, 2m, 3m, 7m, 7.01m }.Select(Colour));
    }

    // KPI-05
    [Fact]
    public void A_peer_stands_where_EX_KPI_5_says_and_a_small_group_is_suppressed()
    {
        decimal[] peers = [18, 22, 25, 27, 30, 31, 34, 38, 40, 45];
        Assert.Equal((40.0m, 45.0m), KpiMath.Percentile(peers, 30, groupMin: 5));
        Assert.Null(KpiMath.Percentile(peers[..4], 22, groupMin: 5));
    }

    [Fact]
    public void A_division_by_zero_has_no_result() =>
        Assert.Null(KpiFormula.Read("[a] / ([b] - [b])").Of(Inputs("a=1 b=2")));

    [Fact]
    public void A_formula_is_never_rounded_on_the_way() =>
        Assert.Equal("1.00", Of("[a] / 3 * 3 + max(0, [a] - 2) + abs(0 * [a])", "a=1", "1.00"));

    [Fact]
    public void A_formula_chooses_by_conditions() =>
        Assert.Equal("7.00", Of("if [a] > 1 and not [a] >= 3 then 7 else 1 / 0", "a=2", "7.00"));

    /// <summary>The result with as many decimals as the expected figure.</summary>
    private static string Of(string formula, string inputs, string expected)
    {
        var result = KpiFormula.Read(formula).Of(Inputs(inputs))!.Value.ToAmount()!.Value;
        return CellText.Figure(result, expected.Length - expected.IndexOf('.') - 1).Replace(",", "");
    }

    private static Dictionary<string, Fraction> Inputs(string text) =>
        text.Split(' ')
            .Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => Fraction.From(decimal.Parse(pair[1], CultureInfo.InvariantCulture)));
}
