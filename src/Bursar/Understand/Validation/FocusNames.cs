using Bursar.Core.Focus;

namespace Bursar.Understand.Validation;

/// <summary>The datasets of FOCUS as its pages name them.</summary>
internal static class FocusNames
{
    /// <param name="dataset">"InvoiceDetail".</param>
    public static string Of(string dataset) =>
        dataset switch
        {
            nameof(FocusDataset.CostAndUsage) => "Cost and Usage",
            nameof(FocusDataset.ContractCommitment) => "Contract Commitment",
            nameof(FocusDataset.InvoiceDetail) => "Invoice Detail",
            nameof(FocusDataset.BillingPeriod) => "Billing Period",
            _ => dataset,
        };
}
