using System.Globalization;
using Bursar.Tests.Rulebooks;
using Bursar.Understand.Allocation;

namespace Bursar.Tests.Allocation;

/// <summary>What rules make of charges (ALC-01).</summary>
public sealed class AllocationCasesTests
{
    [Fact]
    public void Rules_give_each_charge_its_fields() => CaseFile.Check("Allocation/Cases/rules.cases", Run);

    private static string Run(TextCase one)
    {
        var allocation = AllocationRules.Compile(SomeRulebook.Of(one.Input));
        return string.Join('\n', one.Expected.Split('\n').Select(line => Answer(allocation, line)));
    }

    private static string Answer(CompiledAllocation allocation, string line)
    {
        var row = line[..line.IndexOf("=>", StringComparison.Ordinal)].TrimEnd();
        var cells = row.Split(" | ");
        var day = DateOnly.ParseExact(cells[0].TrimEnd(' ', '|'), "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var columns = cells
            .Skip(1)
            .Where(cell => cell.Contains('=', StringComparison.Ordinal))
            .Select(cell => cell.Split('=', 2))
            .ToDictionary(cell => cell[0], string? (cell) => cell[1]);
        var outcome = allocation.Allocate([.. allocation.Columns.Select(columns.GetValueOrDefault)], day);
        var fields = SharedFields
            .Names.Select((name, i) => (name, Value: outcome.Values[i], Rule: outcome.Rules[i]))
            .Where(field => field.Value is not null)
            .Select(field => $"{field.name}={field.Value} by {field.Rule}");
        return $"{row} => {string.Join(", ", fields)}".TrimEnd();
    }
}
