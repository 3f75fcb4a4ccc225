using Bursar.Core.Focus;
using Bursar.Warehouse.Queries;
using Bursar.Web;

namespace Bursar.Understand.Reporting;

/// <summary>The columns that the form offers, and conditions in words.</summary>
internal static class QuestionChoices
{
    /// <summary>The seven shared fields that allocation sets on every row.</summary>
    private static readonly string[] SharedFields =
    [
        "x_CostCentre",
        "x_Product",
        "x_Application",
        "x_LegalEntity",
        "x_Environment",
        "x_Project",
        "x_Owner",
    ];

    private static readonly string[] UsualColumns =
    [
        "ServiceProviderName",
        "ServiceCategory",
        "ServiceName",
        "BillingAccountName",
        "SubAccountName",
        "RegionName",
        "ResourceName",
        "ResourceType",
        "ChargeCategory",
        "PricingCategory",
        "CommitmentDiscountName",
        "InvoiceIssuerName",
    ];

    private static readonly ColumnGroup[] Groups =
    [
        new("Usual", UsualColumns),
        new("Our organisation", SharedFields),
        new(
            "All of FOCUS",
            [
                .. FocusColumns
                    .CostAndUsage.Values.Where(column =>
                        column.Type == FocusType.String
                        && column.LastIn == FocusVersion.V1_4
                        && !UsualColumns.Contains(column.Id)
                    )
                    .Select(column => column.Id)
                    .Order(StringComparer.Ordinal),
            ]
        ),
    ];

    /// <summary>A titled part of the list.</summary>
    public sealed record ColumnGroup(string Title, IReadOnlyList<string> Ids);

    public static IEnumerable<string> Filterable => UsualColumns.Concat(SharedFields);

    /// <summary>The list, with the chosen column in it even when it is one of the company's own.</summary>
    public static IEnumerable<ColumnGroup> Columns(string? chosen) =>
        chosen is null || Groups.Any(group => group.Ids.Contains(chosen))
            ? Groups
            : [new ColumnGroup("Chosen", [chosen]), .. Groups];

    /// <summary>"Service Name is Amazon EC2 or Amazon RDS".</summary>
    public static string Sentence(CostFilter filter)
    {
        var values = string.Join(" or ", filter.Values.Select(value => value ?? "empty"));
        return $"{Display.Column(filter.Column)} is {(filter.Negated ? "not " : "")}{values}";
    }
}
