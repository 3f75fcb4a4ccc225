using Bursar.Cli;

namespace Bursar.Quantify.Budgets;

/// <summary>How much may be spent, by month.</summary>
internal sealed class BudgetsCapability : Capability
{
    public override string Name => "Budgeting";

    public override Wing Wing => Wing.Quantify;

    public override IEnumerable<ShellCommand> Commands(Shell shell) => [BudgetsCli.Create(shell)];

    public override IReadOnlyList<PageEntry> Pages => [new("Budgets", "/budgets", PageGroup.Quantify)];

    public override void Map(IEndpointRouteBuilder routes) => BudgetsApi.Map(routes);
}
