using Bursar.Manage.Chargeback.Digests;
using Bursar.Manage.Chargeback.Mine;
using Bursar.Web.Addresses;
using Bursar.Workspaces;

namespace Bursar.Manage.Chargeback;

/// <summary>Gives the pages and the API of statements their use cases.</summary>
internal static class ChargebackPages
{
    /// <param name="services">The services of the server.</param>
    /// <param name="viewAt">The books at a moment, as an address names it.</param>
    /// <param name="news">What capabilities below have to say to owners.</param>
    public static void Add(IServiceCollection services, Func<string?, BooksView> viewAt, IOwnersNews news)
    {
        services.AddSingleton<ReadStatement>(
            (asked, cancel) =>
                Task.Run(
                    () =>
                    {
                        var view = View(asked.Question);
                        return view.Deliveries.Count == 0
                            ? null
                            : new WriteStatement(view).Of(
                                Subjects.Of(view, asked.Scope, asked.Fields),
                                StatementPeriod.Read(asked.Period),
                                cancel
                            );
                    },
                    cancel
                )
        );
        services.AddSingleton<ReadShowbacks>(
            (asked, cancel) =>
                Task.Run(
                    () =>
                    {
                        var view = View(asked.Question);
                        var field = asked.By is { } word ? Subjects.Field(word) : ShowbackCli.UsualField;
                        return view.Deliveries.Count == 0
                            ? null
                            : new ListShowbacks(view).Of(field, StatementPeriod.Read(asked.Period), cancel);
                    },
                    cancel
                )
        );
        services.AddSingleton<ReadMyCost>(
            (owner, asOf, cancel) => Task.Run(() => new AskMyCost(viewAt(asOf), news).Of(owner, cancel), cancel)
        );

        DigestsApi.Add(services, viewAt, news);

        BooksView View(CostQuestion question) =>
            viewAt(question.AsOf).Through(new Lens(question.Query.Conversion, question.Query.Structure));
    }
}
