using Bursar.Core.Diagnostics;
using Bursar.Understand.Reporting;
using Bursar.Workspaces;

namespace Bursar.Manage.Strategy;

/// <summary>Gives the Strategy page its use case.</summary>
internal static class StrategyPages
{
    /// <param name="services">The services of the server.</param>
    /// <param name="workspace">The books and rules.</param>
    /// <param name="draft">True to use the working copy of the rules.</param>
    public static void Add(IServiceCollection services, Workspace workspace, bool draft = false)
    {
        services.AddSingleton<ReadScopes>(
            (asOf, month, cancel) =>
                Task.Run(() => new ReviewScopes(workspace.View(Moment(asOf), draft)).Of(month, cancel), cancel)
        );
        services.AddSingleton<ReviewStrategy>(
            (question, cancel) =>
                Task.Run(
                    () =>
                    {
                        var lens = new Lens(question.Query.Conversion, question.Query.Structure);
                        var view = workspace.View(Moment(question.AsOf), draft).Through(lens);
                        return new ReviewPriorities(view, new AskCosts(view)).Of(question.Query.Period, cancel)[0];
                    },
                    cancel
                )
        );
    }

    private static AsOf? Moment(string? text) =>
        text is null
            ? null
            : AsOf.Read(text)
                ?? throw new RefusedException(
                    "strategy/bad-moment",
                    $"\"{text}\" is no moment.",
                    $"Write {AsOf.Forms}.",
                    exitCode: 2
                );
}
