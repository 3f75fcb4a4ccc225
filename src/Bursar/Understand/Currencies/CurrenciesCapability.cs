using Bursar.Cli;

namespace Bursar.Understand.Currencies;

/// <summary>What currencies are worth, so that an answer can be in one of them.</summary>
internal sealed class CurrenciesCapability : Capability
{
    public override string Name => "Reporting & Analytics";

    public override Wing Wing => Wing.Understand;

    public override IEnumerable<ShellCommand> Commands(Shell shell) => [RatesCli.Create(shell)];
}
