using Bursar.Cli;

namespace Bursar.Manage.Education;

/// <summary>What words mean, and what others call the same thing.</summary>
internal sealed class EducationCapability : Capability
{
    public override string Name => "FinOps Education & Enablement";

    public override Wing Wing => Wing.Manage;

    public override IEnumerable<ShellCommand> Commands(Shell shell) => [TermsCli.Create(shell)];

    public override IReadOnlyList<PageEntry> Pages => [new("Terms", "/terms", PageGroup.Manage)];

    public override void Map(IEndpointRouteBuilder routes) => TermsApi.Map(routes);
}
