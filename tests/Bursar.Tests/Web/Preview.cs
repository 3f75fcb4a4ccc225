using Bursar.Core.Diagnostics;
using Bursar.Manage.Education;
using Bursar.Manage.Strategy;
using Bursar.Rulebooks;
using Bursar.Rulebooks.Terms;
using Bursar.Understand.Deliveries;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Inventory;
using Bursar.Understand.Reporting;
using Bursar.Understand.Reporting.Deployments;
using Bursar.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Bursar.Tests.Web;

/// <summary>The real server on a free port of this machine, over the sample books of <see cref="Samples"/>.</summary>
public sealed class Preview : IAsyncLifetime
{
    private WebApplication? app;

    public string Address => BursarWeb.AddressOf(app!);

    public HttpClient Client { get; } = new();

    public string At(string path) => Address + path;

    public async ValueTask InitializeAsync()
    {
        app = Build(new WebOptions(Port: 0));
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (app is not null)
            await app.DisposeAsync();
    }

    internal static WebApplication Build(WebOptions options) => BursarWeb.Build(options, AddSamples, CostsApi.Map);

    private static void AddSamples(IServiceCollection services)
    {
        services.AddSingleton<ReadBooksMark>(
            (asOf, _) =>
                asOf switch
                {
                    "the-dawn-of-time" => throw new RefusedException(
                        "books/no-such-moment",
                        "\"the-dawn-of-time\" is no moment.",
                        "Write a day, such as 2026-10-11."
                    ),
                    "a-bug" => throw new InvalidOperationException("A bug that a test made on purpose."),
                    _ => Task.FromResult(Samples.Mark with { AsOf = asOf }),
                }
        );
        services.AddSingleton<AnswerCost>((query, asOf, _) => Task.FromResult(Samples.Answer(query)));
        services.AddSingleton<ReadDeployments>((_, _, _) => Task.FromResult(DeploymentSamples.Deployments));
        services.AddSingleton<ListCurrencies>((_, _) => Task.FromResult<IReadOnlyList<string>>(["EUR", "GBP", "USD"]));
        services.AddSingleton<ExploreCosts>();
        services.AddSingleton<ListSourceRows>((question, _) => Task.FromResult(Samples.Rows(question)));
        services.AddSingleton<ReviewData>(
            (asOf, _) => Task.FromResult(asOf == "2026-01-01" ? Samples.NoData : Samples.Data)
        );
        services.AddSingleton<JudgeInFull>(
            (_, _, _) => Task.FromResult((JudgedSamples.Reports, JudgedSamples.JudgedAt))
        );
        services.AddSingleton<ReadTerms>(
            (_, _) => Task.FromResult(TermBook.Of(Rulebook.Empty, new DateOnly(2026, 10, 1)))
        );
        services.AddSingleton<ReadOrphans>((_, _, _) => Task.FromResult<Orphans?>(OrphanSamples.Orphans));
        services.AddSingleton<ReviewStrategy>(
            (question, _) => Task.FromResult(question.AsOf == "2026-01-01" ? Samples.NoStrategy : Samples.Strategy)
        );
    }
}
