using System.Text.Json;
using Bursar.Tests.Support;

namespace Bursar.Tests.Reconciliation;

/// <summary>Books in a folder of their own, made of files that stand in the test.</summary>
internal sealed class FinanceBooks : IDisposable
{
    public const string Header =
        "BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,"
        + "BilledCost,EffectiveCost,ListCost,ContractedCost,ChargeCategory,ChargeDescription,InvoiceId,"
        + "InvoiceIssuerName,ServiceProviderName,ServiceName,CommitmentDiscountId";

    private readonly TempFolder folder = new();

    /// <summary>A charge: its billing month, its days, billed and effective cost, category, invoice, issuer.</summary>
    public static string Charge(
        string month,
        string from,
        string to,
        string billed,
        string effective,
        string category = "Usage",
        string invoice = "INV-1",
        string issuer = "Cloud One",
        string commitment = "",
        string currency = "USD"
    )
    {
        var next = DateOnly.ParseExact(month + "-01", "yyyy-MM-dd").AddMonths(1);
        return $"a1,{currency},{month}-01,{next:yyyy-MM-dd},{from},{to},{billed},{effective},{effective},{effective},"
            + $"{category},Something,{invoice},{issuer},{issuer},Machines,{commitment}";
    }

    public string Write(string name, string text) => folder.Write(name, text.ReplaceLineEndings("\n"));

    public async Task TakeAsync(params string[] charges)
    {
        var file = Write($"charges-{Guid.NewGuid():N}.csv", Header + "\n" + string.Join('\n', charges) + "\n");
        var result = await RunAsync("ingest", file, "--source", "cloud");
        Assert.True(result.ExitCode == 0, result.Error);
    }

    public async Task ImportAsync(string name, string text, params string[] more)
    {
        var result = await RunAsync(["records", "import", Write(name, text), .. more]);
        Assert.True(result.ExitCode == 0, result.Error);
    }

    public Task<BursarResult> RunAsync(params string[] args) =>
        ShellTest.RunAsync([.. args, "--books", folder["books"], "--rulebook", folder["rulebook"]]);

    public async Task<JsonElement> AskAsync(params string[] args)
    {
        var result = await RunAsync([.. args, "--format", "json"]);
        Assert.True(result.Out.Length > 0, result.Error);
        return JsonDocument.Parse(result.Out).RootElement;
    }

    public void Dispose() => folder.Dispose();
}
