using Bursar.Cli;
using Bursar.Demo.Commands;
using Bursar.Manage.Audit;
using Bursar.Manage.Briefs;
using Bursar.Manage.Chargeback;
using Bursar.Manage.Chargeback.Folders;
using Bursar.Manage.Contracts;
using Bursar.Manage.Decisions;
using Bursar.Manage.Education;
using Bursar.Manage.Limits;
using Bursar.Manage.Reconciliation;
using Bursar.Manage.Strategy;
using Bursar.Quantify.Benefits;
using Bursar.Quantify.Budgets;
using Bursar.Quantify.Forecasts;
using Bursar.Quantify.Kpis;
using Bursar.Quantify.Planning;
using Bursar.Quantify.UnitEconomics;
using Bursar.Rulebooks.Commands;
using Bursar.Understand.Allocation;
using Bursar.Understand.Anomalies;
using Bursar.Understand.Anomalies.Alerts;
using Bursar.Understand.Arrival;
using Bursar.Understand.Currencies;
using Bursar.Understand.Deliveries;
using Bursar.Understand.Exports;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Inventory;
using Bursar.Understand.Measures;
using Bursar.Understand.Quality;
using Bursar.Understand.Records;
using Bursar.Understand.Reporting;
using Bursar.Understand.Reporting.WhatIf;
using Bursar.Understand.Rules;
using Bursar.Understand.Services;
using Bursar.Understand.Sources;
using Bursar.Understand.Unallocated;
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
        new RulebookCapability(PublishedChange.Say, OwnerFoldersCli.Of),
        new IngestionCapability(),
        new RecordsCapability(),
        new ValidationCapability(),
        new AllocationCapability(),
        new DeliveriesCapability(UpdateCli.RunAsync, AfterDeliveryAsync),
        new CurrenciesCapability(),
        new ReportingCapability(),
        new ExportsCapability(),
        new ArrivalCapability(),
        new RulesCapability(),
        new MeasuresCapability(),
        new SourcesCapability(),
        new ReconciliationCapability(),
        new ContractsCapability(),
        new InventoryCapability(),
        new ServicesCapability(),
        new UnallocatedCapability(),
        new StrategyCapability(),
        new LimitsCapability(),
        new ChargebackCapability(new OwnersNews()),
        new QualityCapability(),
        new PlanningCapability(),
        new AnomaliesCapability(),
        new ForecastsCapability(),
        new UnitEconomicsCapability(),
        new BudgetsCapability(),
        new KpisCapability(),
        new BenefitsCapability(),
        new DecisionsCapability(),
        new BriefsCapability(),
        new AuditCapability(),
        new EducationCapability(),
        new PagesCapability(),
        new DemoCapability(),
    ];

    /// <summary>What people wait for when files came in: a limit that is passed, then what is odd.</summary>
    private static async Task AfterDeliveryAsync(ShellRun run, CancellationToken cancel)
    {
        await LimitsCli.AfterDeliveryAsync(run, cancel);
        await AlertsCli.AfterDeliveryAsync(run, cancel);
    }
}
