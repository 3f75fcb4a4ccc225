using Bursar.Demo.Commands;
using Bursar.Manage.Briefs;
using Bursar.Manage.Decisions;
using Bursar.Manage.Education;
using Bursar.Manage.Strategy;
using Bursar.Quantify.Budgets;
using Bursar.Rulebooks.Commands;
using Bursar.Understand.Allocation;
using Bursar.Understand.Currencies;
using Bursar.Understand.Deliveries;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Inventory;
using Bursar.Understand.Reporting;
using Bursar.Understand.Validation;
using Bursar.Web;

namespace Bursar;

/// <summary>
/// The table of contents, in order: a capability may use only those above it (ArchitectureTests checks it).
/// </summary>
internal static class Capabilities
{
    public static IReadOnlyList<Capability> All { get; } =
    [
        new RulebookCapability(),
        new IngestionCapability(),
        new ValidationCapability(),
        new AllocationCapability(),
        new DeliveriesCapability(),
        new CurrenciesCapability(),
        new ReportingCapability(),
        new InventoryCapability(),
        new StrategyCapability(),
        new BudgetsCapability(),
        new DecisionsCapability(),
        new BriefsCapability(),
        new EducationCapability(),
        new PagesCapability(),
        new DemoCapability(),
    ];
}
