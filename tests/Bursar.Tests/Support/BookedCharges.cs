using System.Globalization;
using System.Text;
using Bursar.Cli;
using Bursar.Understand.Deliveries;
using Bursar.Workspaces;

namespace Bursar.Tests.Support;

/// <summary>A charge of one day, as a test cares about it; everything else is the same for all.</summary>
internal sealed record SomeCharge(DateOnly Day, string Cost)
{
    public string Service { get; init; } = "Machines";

    public string Category { get; init; } = "Usage";

    public string Description { get; init; } = "Use";

    public string Currency { get; init; } = "USD";

    public string Provider { get; init; } = "Cloud One";

    public string? Account { get; init; }

    public string? Resource { get; init; }

    /// <summary>At list prices; the cost unless given.</summary>
    public string? List { get; init; }

    /// <summary>The discount for a promised amount that paid for it.</summary>
    public string? Discount { get; init; }

    /// <summary>Before discounts for promises; the cost unless given.</summary>
    public string? Contracted { get; init; }

    /// <summary>What was used of the promise: Used, Unused.</summary>
    public string? Status { get; init; }

    /// <summary>What was measured, how much, and in which unit.</summary>
    public (string Meter, string Quantity, string Unit)? Used { get; init; }

    /// <summary>The hour of the day that it is of; a whole day without one.</summary>
    public int? Hour { get; init; }

    /// <summary>The key of an AI service that it was called with, and the model.</summary>
    public (string Key, string Model)? Called { get; init; }

    /// <summary>Key and value in turn.</summary>
    public string[] Tags { get; init; } = [];
}

/// <summary>Real books in a folder of their own, made of charges and rules that stand in the test.</summary>
internal sealed class BookedCharges : IDisposable
{
    private static readonly string[] Header =
    [
        "BillingAccountId",
        "BillingCurrency",
        "BillingPeriodStart",
        "BillingPeriodEnd",
        "ChargePeriodStart",
        "ChargePeriodEnd",
        "BilledCost",
        "EffectiveCost",
        "ListCost",
        "ContractedCost",
        "ChargeCategory",
        "ChargeDescription",
        "ProviderName",
        "PublisherName",
        "InvoiceIssuerName",
        "ServiceName",
        "ServiceCategory",
        "SubAccountId",
        "SubAccountName",
        "ResourceId",
        "ResourceName",
        "CommitmentDiscountId",
        "CommitmentDiscountName",
        "CommitmentDiscountStatus",
        "SkuMeter",
        "ConsumedQuantity",
        "ConsumedUnit",
        "Tags",
    ];

    private readonly TempFolder folder = new();
    private readonly Workspace workspace;

    public BookedCharges(string rules, params IEnumerable<SomeCharge> charges)
    {
        if (rules.Length > 0)
            folder.Write("rulebook/rules.yaml", rules.ReplaceLineEndings("\n"));
        workspace = Workspace.Create(folder["books"], folder["rulebook"], TimeProvider.System);
        Take(charges);
    }

    public Workspace Workspace => workspace;

    /// <summary>The books under the rules as they stand in the folder now.</summary>
    public BooksView View => workspace.View(draft: true);

    public string RulebookFolder => folder["rulebook"];

    /// <summary>A path in the folder of this test.</summary>
    public string this[string name] => folder[name];

    /// <summary>Every charge of the days from the first of a month to its last, one a day.</summary>
    public static IEnumerable<SomeCharge> EachDay(string month, string costPerDay)
    {
        var first = DateOnly.ParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Enumerable
            .Range(0, DateTime.DaysInMonth(first.Year, first.Month))
            .Select(i => new SomeCharge(first.AddDays(i), costPerDay));
    }

    /// <summary>Takes more charges into the books.</summary>
    public void Take(params IEnumerable<SomeCharge> charges)
    {
        var file = folder.Write($"charges-{Guid.NewGuid():N}.csv", Csv(charges));
        var report = new TakeDelivery(workspace, Progress.Silent).Take(
            new IngestRequest { Names = [file], Source = "somewhere" },
            TestContext.Current.CancellationToken
        );
        Assert.Empty(report.Refused);
    }

    /// <summary>Runs a command line of the product on these books.</summary>
    public Task<BursarResult> RunAsync(params string[] args) =>
        ShellTest.RunAsync([.. args, "--books", folder["books"], "--rulebook", folder["rulebook"]]);

    public void Dispose()
    {
        workspace.Dispose();
        folder.Dispose();
    }

    private static string Csv(IEnumerable<SomeCharge> charges)
    {
        var csv = new StringBuilder();
        var all = charges.ToList();
        var isOfCalls = all.Exists(charge => charge.Called is not null);
        csv.AppendJoin(',', isOfCalls ? [.. Header, "x_ApiKeyName", "x_Model"] : Header).Append('\n');
        foreach (var charge in all)
        {
            var cells = Cells(charge);
            if (isOfCalls)
                cells = [.. cells, charge.Called?.Key, charge.Called?.Model];
            csv.AppendJoin(',', cells.Select(Quoted)).Append('\n');
        }
        return csv.ToString();
    }

    private static string?[] Cells(SomeCharge charge)
    {
        var month = new DateOnly(charge.Day.Year, charge.Day.Month, 1);
        var tags = charge.Tags.Chunk(2).Select(pair => $"\"{pair[0]}\": \"{pair[1]}\"");
        return
        [
            "billing-1",
            charge.Currency,
            Text(month),
            Text(month.AddMonths(1)),
            charge.Hour is { } from ? Text(charge.Day, from) : Text(charge.Day),
            charge.Hour is { } hour ? Text(charge.Day, hour + 1) : Text(charge.Day.AddDays(1)),
            charge.Cost,
            charge.Cost,
            charge.List ?? charge.Cost,
            charge.Contracted ?? charge.Cost,
            charge.Category,
            charge.Description,
            charge.Provider,
            charge.Provider,
            charge.Provider,
            charge.Service,
            charge.Called is null ? "Compute" : "AI and Machine Learning",
            charge.Account,
            charge.Account,
            charge.Resource,
            charge.Resource,
            charge.Discount,
            charge.Discount,
            charge.Status,
            charge.Used?.Meter,
            charge.Used?.Quantity,
            charge.Used?.Unit,
            "{" + string.Join(", ", tags) + "}",
        ];
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(DateOnly day, int hour) =>
        day.ToDateTime(default).AddHours(hour).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Quoted(string? cell) =>
        cell is null ? ""
        : cell.AsSpan().IndexOfAny(",\"") < 0 ? cell
        : $"\"{cell.Replace("\"", "\"\"")}\"";
}
