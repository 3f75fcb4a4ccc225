using Bursar.Understand.Deliveries;
using Bursar.Understand.Reporting;

namespace Bursar;

/// <summary>The table of contents, in order: a capability may use only those above it (ArchitectureTests checks it).</summary>
internal static class Capabilities
{
    public static IReadOnlyList<Capability> All { get; } =
    [
        new DeliveriesCapability(),
        new ReportingCapability(),
    ];
}
