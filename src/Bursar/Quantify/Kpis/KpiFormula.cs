using System.Text.RegularExpressions;
using Bursar.Core.Amounts;
using Bursar.Understand.Ingestion.Mappings;

namespace Bursar.Quantify.Kpis;

/// <summary>A formula of a KPI, in the language of mappings: columns are inputs, no number is rounded.</summary>
internal sealed partial class KpiFormula
{
    private static readonly MapFunction[] Functions =
    [
        new("max", 1, 99, "the largest"),
        new("min", 1, 99, "the smallest"),
        new("abs", 1, 1, "a number without its sign"),
    ];

    private readonly string text;
    private readonly MapExpression expression;

    private KpiFormula(string text, MapExpression expression)
    {
        (this.text, this.expression) = (text, expression);
        Inputs = [.. expression.Columns.Select(column => column.Names[0]).Distinct()];
    }

    /// <summary>The names that it uses, each once.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <exception cref="ExpressionException">It cannot be read.</exception>
    public static KpiFormula Read(string text) => new(text, ExpressionReader.Read(text, Functions));

    /// <summary>The result; null where it divides by zero.</summary>
    public Fraction? Of(IReadOnlyDictionary<string, Fraction> inputs) => KpiMath.Of(expression, inputs);

    /// <summary>The formula with the numbers put in: "100 * 1,234.5 / 60,000".</summary>
    public string With(Func<string, string> figure) => Names().Replace(text, match => figure(match.Groups[1].Value));

    /// <summary>Cost and units of a formula that divides the one by the other; null for any other.</summary>
    public static (string Cost, string Units)? Ratio(string text) =>
        Ratios().Match(text) is { Success: true } match ? (match.Groups[1].Value, match.Groups[2].Value) : null;

    [GeneratedRegex(@"^\[(\w+)\] / \[(\w+)\]$")]
    private static partial Regex Ratios();

    [GeneratedRegex(@"\[([^\]]+)\]")]
    private static partial Regex Names();
}
