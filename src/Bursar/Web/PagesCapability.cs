using Bursar.Cli;

namespace Bursar.Web;

/// <summary>The pages and the API.</summary>
internal sealed class PagesCapability : Capability
{
    public override string Name => "Pages";

    public override Wing Wing => Wing.Foundations;

    public override IEnumerable<ShellCommand> Commands(Shell shell) => [ServeCli.Create(shell)];
}
