using Bursar.Core.Amounts;
using Bursar.Tests.Support;

namespace Bursar.Tests.Ingestion;

/// <summary>
/// Every real export and published sample that holds cost loads through the first door that one would try, to the total
/// of an independent sum; what holds none is refused with a sentence that says what it is (DAT-02).
/// </summary>
public sealed class SharedInputsTests
{
    /// <summary>
    /// The column that is billed, where it is not FOCUS's own; files beginning so, the longest name counts.
    /// </summary>
    private static readonly Dictionary<string, string> Cost = new()
    {
        ["inputs/azure-export/azure-cost-2026-07.csv"] = "CostInBillingCurrency",
        ["inputs/azure-export/azure_camelCased.csv"] = "preTaxCost",
        ["inputs/azure-export/azure_version_2.csv"] = "CostInBillingCurrency",
        ["inputs/azure-export/camel_azure_version_2.csv"] = "costInBillingCurrency",
        ["inputs/azure-export/header-variants/Enterprise.csv"] = "CostInBillingCurrency",
        ["inputs/azure-export/header-variants/EnterpriseCamel.csv"] = "costInBillingCurrency",
        ["inputs/azure-export/header-variants/German.csv"] = "PreTaxCost (PreTaxCost)",
        ["inputs/azure-export/header-variants/PayAsYouGo.csv"] = "PreTaxCost",
        ["inputs/azure-export/header-variants/YA.csv"] = "costInBillingCurrency",
        ["inputs/azure-export/header-variants/"] = "costinbillingcurrency",
        ["inputs/gcp-billing/"] = "cost",
        ["inputs/aws-cur/"] = "lineItem/UnblendedCost",
        ["focus/samples/native/aws-cur-sample-anonymous.csv"] = "lineItem/UnblendedCost",
        ["focus/samples/native/azure-ea-actualcost-small.csv"] = "Cost",
        ["focus/samples/native/azure-ea-sample-anonymous.csv"] = "CostInBillingCurrency",
        ["focus/samples/native/oci-cost-report.csv"] = "cost/myCost",
    };

    /// <summary>Files that hold no cost, or of which a test of their own tells more.</summary>
    private static readonly string[] Others =
    [
        "inputs/kubernetes/",
        "inputs/ai-usage/",
        "focus/samples/synthetic/", // SharedSamplesTests
        "focus/samples/spec-1.4-corrections/contract_commitment", // records, no charges: RecordsTests
        "focus/samples/native/azure-ea-amortizedcost-small.csv", // the other half of a pair: AzureCostDetailsTests
    ];

    /// <summary>Files that are no bills, and the words by which their refusal says what they are.</summary>
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["inputs/carbon/"] = "for estimates of carbon",
        ["inputs/carbon/coefficients/"] = ", not of charges",
        ["inputs/commitments/"] = "recommendations for reservations",
        ["inputs/azure-export/header-variants/BOM.csv"] = "neither an amount nor a currency",
    };

    /// <summary>A time that there is not, 30 o'clock: that record goes to quarantine, the others are booked.</summary>
    private static readonly string[] WithOneUnreadable =
    [
        "focus/samples/spec-v1.2/commitment_discount_scenarios__commitment_discount_purchase_scenario_2.csv",
        "focus/samples/spec-v1.2/commitment_discount_scenarios__commitment_discount_purchase_scenario_3.csv",
    ];

    [Theory]
    [InlineData("inputs")]
    [InlineData("focus/samples")]
    public async Task Every_file_with_cost_loads_to_an_independent_sum(string part)
    {
        var folder = SharedFolder.Need(part.Split('/'));
        var files = Directory
            .EnumerateFiles(folder, "*.csv*", SearchOption.AllDirectories)
            .Select(path => (Path: path, Name: part + "/" + Path.GetRelativePath(folder, path).Replace('\\', '/')))
            .Where(file => !Others.Any(other => file.Name.StartsWith(other, StringComparison.Ordinal)))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .ToList();
        Assert.NotEmpty(files);
        var wrong = new List<string>();
        foreach (var (path, name) in files)
        {
            if (await WrongAsync(path, name) is { } problem)
                wrong.Add($"{name}: {problem}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async Task<string?> WrongAsync(string path, string name)
    {
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(path, "--currency", "USD");
        if (Of(Refused, name) is { } words)
            return outcome.Refused.Any(reason => reason.Contains(words)) ? null : string.Join('|', outcome.Refused);
        if (outcome.Deliveries.Count == 0)
        {
            // FOCUS as a spreadsheet shows it, "$10,000.00" and "5/1/25": the other door proposes how to read it.
            var added = await test.RunAsync("source", "add", path);
            if (added.ExitCode != 0)
                return added.ToString();
            outcome = await test.IngestAsync(path);
        }
        if (outcome.ExitCode != (WithOneUnreadable.Contains(name) ? 1 : 0))
            return outcome.Result.ToString();
        var raw = RawFile.Read(path);
        var own = Of(Cost, name);
        foreach (var measure in new[] { "BilledCost", "EffectiveCost" })
        {
            var column = own ?? (raw.Header.Contains(measure) ? measure : "BilledCost");
            var expected = raw.Rows.Aggregate(
                Amount.Zero,
                (sum, row) => sum + Amount.FromUnits((Int128)RawFile.Units(Plain(row, column)))
            );
            var found = outcome
                .Deliveries.SelectMany(delivery => delivery.GetProperty("totals").EnumerateArray())
                .Select(total => total.GetProperty(char.ToLowerInvariant(measure[0]) + measure[1..]))
                .Aggregate(
                    Amount.Zero,
                    (sum, cell) =>
                        sum
                        + (
                            cell.ValueKind == System.Text.Json.JsonValueKind.Null
                                ? Amount.Zero
                                : Amount.Parse(cell.GetRawText())
                        )
                );
            if (found != expected)
                return $"{measure} {found} instead of {expected}";
        }
        return null;
    }

    /// <summary>The cell as digits; nothing for a record with a time that cannot be.</summary>
    private static string Plain(IReadOnlyDictionary<string, string> row, string column) =>
        row.Values.Any(cell => cell.EndsWith("T30:00:00Z", StringComparison.Ordinal))
            ? ""
            : row.First(cell => cell.Key.Equals(column, StringComparison.OrdinalIgnoreCase))
                .Value.Replace("$", "")
                .Replace(",", "")
                .Trim();

    private static string? Of(Dictionary<string, string> table, string name) =>
        table
            .Where(pair => name.StartsWith(pair.Key, StringComparison.Ordinal))
            .OrderByDescending(pair => pair.Key.Length)
            .Select(pair => pair.Value)
            .FirstOrDefault();
}
