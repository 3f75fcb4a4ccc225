using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting.WhatIf;

/// <summary>Which cost is compared under two rulebooks.</summary>
/// <param name="Days">The days that charges serve.</param>
internal sealed record ChangeQuestion(DateRange Days)
{
    private const int WrongUsage = 2;

    /// <summary>The shared fields that say who gains and who loses.</summary>
    public IReadOnlyList<string> By { get; init; } = [CostColumns.SharedFields[0]];

    public CostMeasure Measure { get; init; } = CostMeasure.EffectiveCost;

    public CostAllocation Allocation { get; init; }

    /// <summary>The currency; null for every amount in the currency it is billed in.</summary>
    public Conversion? Conversion { get; init; }

    /// <summary>The same for one side as a question about cost.</summary>
    public CostQuery Query =>
        new()
        {
            Measure = Measure,
            By = [.. By, .. By.Select(CostColumns.RuleOf)],
            From = Days.Start,
            To = Days.End,
            Allocation = Allocation,
            Conversion = Conversion,
        };

    /// <summary>"2026-08" or "2026-07..2026-09"; the newest whole month of nothing.</summary>
    /// <exception cref="RefusedException">The text is no period.</exception>
    public static DateRange Period(string? text, BooksView view)
    {
        if (text is null)
            return DateRange.Of(ReportSubject.NewestWholeMonth(view));
        var ends = text.Split("..");
        var (start, end) = (CostQueryText.Start(ends[0], "--period"), CostQueryText.End(ends[^1], "--period"));
        return ends.Length <= 2 && start < end
            ? new DateRange(start, end)
            : throw new RefusedException(
                "diff/bad-period",
                $"\"{text}\" is no period.",
                "Write a month (2026-08) or a range, both ends included (2026-07..2026-09).",
                WrongUsage
            );
    }

    /// <summary>Shared fields by name, in whatever case, with or without x_.</summary>
    /// <exception cref="RefusedException">One of them is none.</exception>
    public static IReadOnlyList<string> Fields(IEnumerable<string> texts)
    {
        var fields = texts
            .SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(Field)
            .Distinct()
            .ToList();
        return fields.Count == 0 ? [CostColumns.SharedFields[0]] : fields;
    }

    /// <summary>Rules move money; quantities go with it.</summary>
    /// <exception cref="RefusedException">It is a quantity.</exception>
    public static CostMeasure Cost(CostMeasure measure) =>
        measure.IsQuantity
            ? throw new RefusedException(
                "diff/no-cost",
                $"{measure} is a quantity: what a change of rules moves is told in money.",
                "Use EffectiveCost, BilledCost, ContractedCost or ListCost.",
                WrongUsage
            )
            : measure;

    private static string Field(string text) =>
        CostColumns.SharedFields.FirstOrDefault(field =>
            field.Equals(text, StringComparison.OrdinalIgnoreCase)
            || field.Equals("x_" + text, StringComparison.OrdinalIgnoreCase)
        )
        ?? throw new RefusedException(
            "diff/no-shared-field",
            $"Rules do not set \"{text}\", so no change of rules moves cost by it.{DidYouMean.Question(text, CostColumns.SharedFields)}",
            $"They set {string.Join(", ", CostColumns.SharedFields)}.",
            WrongUsage
        );
}
