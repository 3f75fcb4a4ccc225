namespace Bursar.Core.Focus;

/// <summary>The FOCUS releases that Bursar reads, oldest first.</summary>
public enum FocusVersion
{
    V1_0,
    V1_1,
    V1_2,
    V1_3,
    V1_4,
}

/// <summary>The FOCUS datasets.</summary>
public enum FocusDataset
{
    CostAndUsage,
    ContractCommitment,
    BillingPeriod,
    InvoiceDetail,
}

/// <summary>The FOCUS data types of a column.</summary>
public enum FocusType
{
    String,
    Decimal,
    DateTime,
    JSON,
}

/// <summary>A column of a FOCUS dataset, with the releases that have it.</summary>
/// <param name="Dataset">The dataset the column belongs to.</param>
/// <param name="Id">The column id, verbatim ("BilledCost").</param>
/// <param name="DisplayName">The name for headings ("Billed Cost").</param>
/// <param name="Type">How its values are typed.</param>
/// <param name="Level">Feature level in the newest release that has it: Mandatory, Conditional, Recommended or
/// Optional.</param>
/// <param name="Introduced">The first release that Bursar reads with this column.</param>
/// <param name="LastIn">The last release with this column.</param>
public sealed record FocusColumn(
    FocusDataset Dataset,
    string Id,
    string DisplayName,
    FocusType Type,
    string Level,
    FocusVersion Introduced,
    FocusVersion LastIn
)
{
    /// <summary>Whether the release has this column.</summary>
    public bool IsIn(FocusVersion version) => version >= Introduced && version <= LastIn;
}

/// <summary>Writing and reading of release numbers.</summary>
public static class FocusVersions
{
    /// <summary>"1.4".</summary>
    public static string Number(this FocusVersion version) => version.ToString()[1..].Replace('_', '.');

    /// <summary>Reads "1.4".</summary>
    public static FocusVersion Parse(string number) => Enum.Parse<FocusVersion>("V" + number.Replace('.', '_'));
}
