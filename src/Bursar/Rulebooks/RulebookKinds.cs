using Bursar.Core.Diagnostics;
using Bursar.Manage.Chargeback.Digests;
using Bursar.Manage.Contracts;
using Bursar.Manage.Decisions;
using Bursar.Manage.Limits;
using Bursar.Manage.Reconciliation.Invoices;
using Bursar.Manage.Strategy;
using Bursar.Quantify.Benefits;
using Bursar.Quantify.Budgets;
using Bursar.Quantify.Forecasts.Drivers;
using Bursar.Quantify.Kpis;
using Bursar.Quantify.Planning;
using Bursar.Quantify.UnitEconomics;
using Bursar.Rulebooks.Terms;
using Bursar.Understand.Allocation;
using Bursar.Understand.Allocation.Accounts;
using Bursar.Understand.Allocation.Checks;
using Bursar.Understand.Allocation.Items;
using Bursar.Understand.Allocation.SharedCosts;
using Bursar.Understand.Anomalies.Alerts;
using Bursar.Understand.Currencies;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Ingestion.Mappings;
using Bursar.Understand.Ingestion.Prices;
using Bursar.Understand.Measures;
using Bursar.Understand.Quality;
using Bursar.Understand.Services;

namespace Bursar.Rulebooks;

/// <summary>A kind of document: its name in <c>kind:</c>, its record, and what it is for.</summary>
/// <param name="Record">Its record.</param>
/// <param name="Summary">What it is for.</param>
internal sealed record RulebookKind(Type Record, string Summary)
{
    /// <summary>Whether what belongs to whom, or what it costs, rests on such documents.</summary>
    public bool MovesMoney { get; init; }

    public string Name => Record.Name;
}

/// <summary>Every kind of document a rulebook may hold. A new kind is one record and one line here.</summary>
internal static class RulebookKinds
{
    public static IReadOnlyList<RulebookKind> All { get; } =
    [
        new(
            typeof(Organisation),
            "Who there is: legal entities, cost centres, products, applications, projects, environments, owners."
        )
        {
            MovesMoney = true,
        },
        new(
            typeof(ConfigurationItems),
            "What runs and to whom it belongs, as a CMDB, a service registry or an application portfolio knows it."
        )
        {
            MovesMoney = true,
        },
        new(typeof(Source), "Where files come from, and how a new delivery relates to the last one."),
        new(typeof(QualityPolicy), "What checks do when a delivery looks wrong: ignore it, warn, or hold it."),
        new(typeof(ExchangeRates), "What a currency is worth in others, by day: actual rates, or those of the plan.")
        {
            MovesMoney = true,
        },
        new(typeof(Mapping), "How files that are not FOCUS become charges: which column each cost, day and name is in.")
        {
            MovesMoney = true,
        },
        new(
            typeof(PriceBook),
            "What a unit costs, by day: prices of AI models by class of token, rate cards of clusters."
        )
        {
            MovesMoney = true,
        },
        new(
            typeof(AccountHierarchy),
            "How accounts are grouped: business units, departments, folders, and the tags that they pass on."
        )
        {
            MovesMoney = true,
        },
        new(typeof(TagPolicy), "Which tags there should be, and which spellings mean the same.") { MovesMoney = true },
        new(
            typeof(AllocationRule),
            "Which charges belong to which cost centre, product, application, project, environment or owner."
        )
        {
            MovesMoney = true,
        },
        new(typeof(SharedCost), "A pool of cost that several use, and how it is divided among them.")
        {
            MovesMoney = true,
        },
        new(
            typeof(CommitmentPolicy),
            "Who has the benefit of savings plans and reservations, and who bears what they cost unused."
        )
        {
            MovesMoney = true,
        },
        new(
            typeof(BusinessService),
            "A service across cloud, SaaS, licences, on-premises and labour, each part metered, modelled or assumed."
        ),
        new(typeof(AllocationExamples), "Sample charges, and to whom the whole rulebook must give them."),
        new(typeof(Scope), "A part of the cost that somebody decides about, and the question they ask."),
        new(typeof(ScopeDefaults), "How scopes are reported that do not say otherwise, and when one counts as unused."),
        new(typeof(Digest), "A short message to a team about its cost, once a week or a month."),
        new(typeof(Priority), "Something the organisation spends on for a reason: strategic, run or mandatory."),
        new(typeof(Initiative), "Work that serves priorities and causes the cost of scopes, each by a dated weight."),
        new(typeof(Series), "A dated measure beside the cost: orders, customers, revenue, CPU hours.")
        {
            MovesMoney = true,
        },
        new(typeof(Term), "A word, what it means, who answers for that, and what others call the same thing."),
        new(typeof(Alert), "Who hears of which anomalies: a folder, a web address or mail, and when not."),
        new(
            typeof(FiscalCalendar),
            "The years and periods that budgets go by: months from any month on, 4-4-5, or listed."
        ),
        new(
            typeof(DriverForecast),
            "A cost forecast from its causes: demand, usage per unit, price, discount, exchange rate."
        ),
        new(
            typeof(PlannedEvent),
            "Something that will change the cost and is meant to: when, which charges, and by how much."
        ),
        new(typeof(HolidayCalendar), "Public holidays: those of a country that Bursar knows, and further days."),
        new(
            typeof(SpendLimit),
            "How much a key, an agent, a team or a model may spend and how fast, who is told, and what stops it."
        ),
        new(typeof(Budget), "How much may be spent, by month, quarter or year."),
        new(typeof(UnitMetric), "What one unit costs: which cost, divided by which demand, and what it should be."),
        new(
            typeof(Benefit),
            "What spending brings besides a lower bill: how it is measured, from which baseline, of what worth."
        ),
        new(typeof(KpiInput), "A named figure that formulas of KPIs use: where it comes from."),
        new(typeof(Kpi), "A key performance indicator: its formula, which way is better, and its thresholds."),
        new(typeof(MeasureSet), "The few KPIs that leaders see: which, from when, and who agreed to it."),
        new(typeof(Benchmark), "What others reach in a KPI: of whom, as of when, from where, and until when it holds."),
        new(
            typeof(Invoice),
            "A supplier's invoice: what it comes to, and what is known of how it differs from the charges."
        ),
        new(
            typeof(Contract),
            "What was promised to a supplier, year by year: what counts towards it, and when notice is due."
        ),
        new(typeof(Decision), "Something a person has to decide by a day, with its options."),
    ];

    /// <summary>What is wrong with the documents as a whole, when each by itself is right: examples that fail, rules
    /// that do nothing.</summary>
    /// <param name="rulebook">The documents.</param>
    /// <param name="problems">What reading them found.</param>
    /// <param name="delivered">Columns that deliveries have; null when nothing is known of any.</param>
    public static IReadOnlyList<Diagnostic> Examine(
        Rulebook rulebook,
        IReadOnlyList<Diagnostic> problems,
        IReadOnlySet<string>? delivered = null
    ) => ExamineRules.Of(rulebook, problems, delivered);

    public static string NameOf(Type record) => record.Name;

    public static RulebookKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
