using Bursar.Cli;
using Bursar.Understand.Reporting.Deployments;
using Bursar.Understand.Reporting.Pools;
using Bursar.Understand.Reporting.WhatIf;

namespace Bursar.Understand.Reporting;

/// <summary>What was spent, by anything, over time.</summary>
internal sealed class ReportingCapability : Capability
{
    public override string Name => "Reporting & Analytics";

    public override Wing Wing => Wing.Understand;

    public override IEnumerable<ShellCommand> Commands(Shell shell) =>
        [
            CostsCli.Create(shell),
            DeploymentsCli.Create(shell),
            RestateCli.Create(shell),
            PoolsCli.Create(shell),
            RecoveryCli.Create(shell),
            DiffCli.Create(shell),
            ExplainCli.Create(shell),
        ];

    public override IReadOnlyList<PageEntry> Pages =>
        [
            new("Explore", "/explore", PageGroup.Understand),
            new("Shared costs", "/shared", PageGroup.Understand),
            new("What if", "/what-if", PageGroup.Understand),
        ];

    public override void Map(IEndpointRouteBuilder routes)
    {
        CostsApi.Map(routes);
        DeploymentsApi.Map(routes);
        RestateApi.Map(routes);
        PoolsApi.Map(routes);
        DiffApi.Map(routes);
    }
}
