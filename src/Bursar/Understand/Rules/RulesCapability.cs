using Bursar.Cli;

namespace Bursar.Understand.Rules;

/// <summary>What the rules do: which rule gave how much cost to somebody, and which did nothing.</summary>
internal sealed class RulesCapability : Capability
{
    public override string Name => "Allocation";

    public override Wing Wing => Wing.Understand;

    public override IEnumerable<ShellCommand> Commands(Shell shell) => [RulesCli.Create(shell)];

    public override IReadOnlyList<PageEntry> Pages => [new("Rules", "/rules", PageGroup.Understand)];

    public override void Map(IEndpointRouteBuilder routes) => RulesApi.Map(routes);
}
