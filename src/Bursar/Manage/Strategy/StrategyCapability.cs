using Bursar.Cli;

namespace Bursar.Manage.Strategy;

/// <summary>What is spent for which reason.</summary>
internal sealed class StrategyCapability : Capability
{
    public override string Name => "Executive Strategy Alignment";

    public override Wing Wing => Wing.Manage;

    public override IEnumerable<ShellCommand> Commands(Shell shell) =>
        [StrategyCli.Create(shell), ScopesCli.Create(shell)];

    public override IReadOnlyList<PageEntry> Pages =>
        [new("Strategy", "/strategy", PageGroup.Manage), new("Scopes", "/scopes", PageGroup.Manage)];

    public override void Map(IEndpointRouteBuilder routes) => ScopesApi.Map(routes);
}
