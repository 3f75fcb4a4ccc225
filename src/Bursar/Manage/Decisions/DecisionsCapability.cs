namespace Bursar.Manage.Decisions;

/// <summary>What a person has to decide, by when, and between which options.</summary>
internal sealed class DecisionsCapability : Capability
{
    public override string Name => "Executive Strategy Alignment";

    public override Wing Wing => Wing.Manage;
}
