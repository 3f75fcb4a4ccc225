using Bursar.Cli;
using Bursar.Core.Diagnostics;
using Bursar.Manage.Audit;
using Bursar.Manage.Audit.Issued;
using Bursar.Manage.Briefs;
using Bursar.Manage.Chargeback;
using Bursar.Manage.Contracts;
using Bursar.Manage.Education;
using Bursar.Manage.Limits;
using Bursar.Manage.Reconciliation.Bridges;
using Bursar.Manage.Reconciliation.Invoices;
using Bursar.Manage.Reconciliation.Prepaid;
using Bursar.Manage.Strategy;
using Bursar.Quantify.Benefits;
using Bursar.Quantify.Budgets;
using Bursar.Quantify.Forecasts;
using Bursar.Quantify.Kpis;
using Bursar.Quantify.UnitEconomics;
using Bursar.Rulebooks.Terms;
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
using Bursar.Understand.Records.Periods;
using Bursar.Understand.Reporting;
using Bursar.Understand.Reporting.Deployments;
using Bursar.Understand.Reporting.Pools;
using Bursar.Understand.Reporting.WhatIf;
using Bursar.Understand.Rules;
using Bursar.Understand.Services;
using Bursar.Understand.Sources;
using Bursar.Understand.Unallocated;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Web;

/// <summary>Gives the pages and the API their use cases, over one workspace.</summary>
internal static class WebSources
{
    public static void Add(IServiceCollection services, Workspace workspace, bool draft)
    {
        services.AddSingleton<ReadBooksMark>((asOf, _) => Task.FromResult(Mark(View(asOf), asOf)));
        services.AddSingleton<SpeakIn>(
            (vocabulary, asOf) =>
            {
                // A moment that is none is said by the page.
                var view = workspace.View(asOf is null ? null : AsOf.Read(asOf), draft);
                Headings.Speak(vocabulary, view.Rulebook, view.Today);
            }
        );
        services.AddSingleton<AnswerCost>(
            (query, asOf, cancel) =>
                Task.Run(
                    () =>
                    {
                        var view = View(asOf);
                        return StandBehind.With(view, new AskCosts(view).Answer(query, cancel), cancel);
                    },
                    cancel
                )
        );
        services.AddSingleton<AnswerRestated>(
            (question, structure, against, cancel) =>
                Task.Run(
                    () => new RestateCosts(View(question.AsOf)).Of(question.Query, structure, against, cancel),
                    cancel
                )
        );
        AddUnderstand(services, View);
        ChangePages.Add(services, workspace, Moment);
        services.AddSingleton<ReadRuleHits>(
            (asOf, month, cancel) => Task.Run(() => new ReviewRules(View(asOf)).Of(month, cancel), cancel)
        );
        services.AddSingleton<ListCurrencies>(
            (asOf, cancel) => Task.Run(() => new FindRates(View(asOf)).Currencies, cancel)
        );
        services.AddSingleton<ExploreCosts>();
        services.AddSingleton<ReviewData>(
            (asOf, cancel) =>
                Task.Run(
                    () => new ReviewDeliveries(View(asOf)).Data() with { Places = new ListSources(View(asOf)).Lines() },
                    cancel
                )
        );
        services.AddSingleton<ListSourceRows>(
            (question, cancel) =>
                Task.Run(
                    () =>
                        new ListRows(View(question.AsOf)).Page(
                            question.Query,
                            question.Page,
                            ListRows.PageSize,
                            cancel
                        ),
                    cancel
                )
        );
        services.AddSingleton<StateOfBooks>(asOf => View(asOf).State);
        services.AddSingleton<ViewOfMeasures>(asOf => View(asOf));
        services.AddSingleton<SourcesAt>(asOf => new ListSources(View(asOf)).Lines());
        services.AddSingleton<ReadStatedPeriods>(
            (asOf, cancel) => Task.Run(() => StatedPeriods.Of(View(asOf), cancel), cancel)
        );
        services.AddSingleton<ReadTerms>(
            (asOf, _) =>
            {
                var view = View(asOf);
                return Task.FromResult(TermBook.Of(view.Rulebook, view.Today));
            }
        );
        services.AddSingleton(workspace.Clock);
        AddConformance(services, workspace, View);
        AddFinance(services, workspace, View);
        AllocationPages.Add(services, View);
        AddQuantify(services, View);
        StrategyPages.Add(services, workspace, draft);
        ChargebackPages.Add(services, View, new OwnersNews());
        BriefPages.Add(services, workspace, draft);
        QualityPages.Add(services, workspace, draft);
        AddData(services, View);

        BooksView View(string? asOf) => workspace.View(asOf is null ? null : Moment(asOf), draft);
    }

    private static void AddUnderstand(IServiceCollection services, Func<string?, BooksView> view)
    {
        DeploymentsApi.Add(services, view);
        PoolPages.Add(services, view);
        ServicesPages.Add(services, view);
    }

    private static void AddData(IServiceCollection services, Func<string?, BooksView> view)
    {
        services.AddSingleton(new DataSection(typeof(StatedPeriodsSection)));
        ArrivalCapability.Add(services, view);
        ExportsCapability.Add(services, view);
    }

    private static void AddQuantify(IServiceCollection services, Func<string?, BooksView> view)
    {
        LimitsApi.Add(services, view);
        AnomalyPages.Add(services, view);
        AlertsApi.Add(services, view);
        ForecastPages.Add(services, view);
        BudgetPages.Add(services, view);
        UnitEconomicsCapability.Add(services, view);
        BenefitsCapability.Add(services, view);
        KpisCapability.Add(services, view);
    }

    private static void AddConformance(IServiceCollection services, Workspace workspace, Func<string?, BooksView> view)
    {
        services.AddSingleton<KnownConformance>(
            (asOf, cancel) => Task.Run(() => new JudgeDeliveries(workspace.Books).Known(view(asOf).Deliveries), cancel)
        );
        services.AddSingleton<JudgeInFull>(
            (delivery, asOf, cancel) =>
                Task.Run(
                    () =>
                    {
                        var booked = new ShowDeliveries(view(asOf)).Find(delivery);
                        var reports = new JudgeDeliveries(workspace.Books).InFull(booked, Progress.Silent, cancel);
                        return (reports, workspace.Clock.GetUtcNow());
                    },
                    cancel
                )
        );
        services.AddHostedService(provider => new JudgeInBackground(
            workspace,
            IdleMemory.GiveBack,
            provider.GetRequiredService<ILogger<JudgeInBackground>>()
        ));
    }

    private static void AddFinance(IServiceCollection services, Workspace workspace, Func<string?, BooksView> view)
    {
        IssuedApi.Add(services, workspace, view);
        services.AddSingleton<ReviewInvoices>(
            (asOf, cancel) => Task.Run(() => TieInvoices.Of(view(asOf), cancel), cancel)
        );
        services.AddSingleton<ListContracts>(
            (asOf, day, cancel) => Task.Run(() => ReviewContracts.Of(view(asOf), day, cancel), cancel)
        );
        services.AddSingleton<ReviewPrepaid>(
            (asOf, day, cancel) => Task.Run(() => WeighPrepaid.Of(view(asOf), day, cancel), cancel)
        );
        services.AddSingleton<ReviewBridge>(
            (asOf, question, cancel) => Task.Run(() => BuildBridge.Of(view(asOf), question, cancel), cancel)
        );
        services.AddSingleton<ReadBridge>(
            (asOf, question, cancel) => Task.Run(() => BridgeReview.Of(view(asOf), question, cancel), cancel)
        );
        services.AddSingleton<ReadOrphans>(
            (question, month, cancel) =>
                Task.Run(
                    () =>
                    {
                        var asked = view(question.AsOf)
                            .Through(new Lens(question.Query.Conversion, question.Query.Structure));
                        return asked.Deliveries.Count == 0
                            ? null
                            : new FindOrphans(asked).Of(OrphansCli.Period(month, asked), OrphansCli.Shown, cancel);
                    },
                    cancel
                )
        );
    }

    /// <summary>A moment as people write it in the address.</summary>
    public static AsOf Moment(string text) =>
        AsOf.Read(text)
        ?? throw new RefusedException(
            "web/bad-moment",
            $"\"{text}\" is no moment.",
            $"Write {AsOf.Forms}.",
            exitCode: 2
        );

    private static BooksMark Mark(BooksView view, string? asOf) =>
        new(
            view.Rulebook.OrganisationName,
            view.DataThrough,
            asOf,
            view.IsDraft,
            view.Deliveries.Any(delivery => delivery.Delivery.QuarantinedRows > 0),
            view.State.HeadSeq == 0 ? "" : view.State.HeadHash,
            view.DataThrough is null ? null : ReportSubject.NewestWholeMonth(view)
        )
        {
            Estimated = view.Deliveries.Any(booked => booked.Delivery.Counts == DeliveryCounts.Estimate),
        };
}
