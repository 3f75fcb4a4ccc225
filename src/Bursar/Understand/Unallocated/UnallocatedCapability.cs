using Bursar.Cli;
using Bursar.Understand.Unallocated.Coverage;
using Bursar.Understand.Unallocated.Values;

namespace Bursar.Understand.Unallocated;

/// <summary>How much of the cost has an owner, and what belongs to nobody.</summary>
internal sealed class UnallocatedCapability : Capability
{
    public override string Name => "Allocation";

    public override Wing Wing => Wing.Understand;

    public override IEnumerable<ShellCommand> Commands(Shell shell) =>
        [CoverageCli.Create(shell), UnallocatedCli.Create(shell)];

    public override IReadOnlyList<PageEntry> Pages =>
        [
            new("Allocation", "/allocation", PageGroup.Understand),
            new("Unallocated", "/unallocated", PageGroup.Understand),
        ];

    public override void Map(IEndpointRouteBuilder routes)
    {
        CoverageApi.Map(routes);
        ValuesApi.Map(routes);
        UnallocatedApi.Map(routes);
    }
}
