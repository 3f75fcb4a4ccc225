namespace Bursar.Understand.Ingestion;

/// <summary>Provider files into charges: exact, or refused with a reason.</summary>
internal sealed class IngestionCapability : Capability
{
    public override string Name => "Data Ingestion";

    public override Wing Wing => Wing.Understand;
}
