using System.Collections.Frozen;

namespace Bursar.Core.Focus;

/// <summary>
/// The columns of FOCUS 1.0 to 1.4 (focus.finops.org), and the older ids that are accepted for today's.
/// </summary>
public static class FocusColumns
{
    /// <summary>Every column of every dataset and release, by dataset and id.</summary>
    public static IReadOnlyList<FocusColumn> All { get; } = Read();

    /// <summary>The Cost and Usage columns of all releases, by id.</summary>
    public static FrozenDictionary<string, FocusColumn> CostAndUsage { get; } =
        All.Where(column => column.Dataset == FocusDataset.CostAndUsage).ToFrozenDictionary(column => column.Id);

    /// <summary>
    /// Older ids of a column of FOCUS 1.4. The provider entities of 1.0–1.2 are no exact rename (the mapping depends on
    /// how the service was acquired): ProviderName sold it (ServiceProviderName); PublisherName made it and has no
    /// successor in 1.4.
    /// </summary>
    public static FrozenDictionary<string, string> Aliases { get; } =
        new Dictionary<string, string>
        {
            ["ProviderName"] = "ServiceProviderName",
            ["Provider"] = "ServiceProviderName",
            ["InvoiceIssuer"] = "InvoiceIssuerName",
            ["Publisher"] = "PublisherName",
            ["Region"] = "RegionId",
            ["UsageQuantity"] = "ConsumedQuantity",
            ["UsageUnit"] = "ConsumedUnit",
            ["AmortizedCost"] = "EffectiveCost",
            ["AmortisedCost"] = "EffectiveCost",
        }.ToFrozenDictionary();

    /// <summary>The display name of a column for headings; an unknown id (x_…) is its own name.</summary>
    public static string DisplayName(string id) =>
        CostAndUsage.TryGetValue(id, out var column) ? column.DisplayName : id;

    private static List<FocusColumn> Read()
    {
        using var stream =
            typeof(FocusColumns).Assembly.GetManifestResourceStream("Bursar.Core.Focus.columns.csv")
            ?? throw new InvalidOperationException("The column catalogue is not in the assembly.");
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        var columns = new List<FocusColumn>();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            columns.Add(
                new FocusColumn(
                    Enum.Parse<FocusDataset>(cells[0]),
                    cells[1],
                    cells[2],
                    Enum.Parse<FocusType>(cells[3]),
                    cells[4],
                    FocusVersions.Parse(cells[5]),
                    FocusVersions.Parse(cells[6])
                )
            );
        }
        return columns;
    }
}
