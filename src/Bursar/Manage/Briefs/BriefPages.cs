using Bursar.Cli;
using Bursar.Core.Diagnostics;
using Bursar.Web.Addresses;
using Bursar.Workspaces;

namespace Bursar.Manage.Briefs;

/// <summary>
/// Writes the brief of a month ("2026-09", null is the newest whole one) as of a moment (null is now); null when the
/// books are empty.
/// </summary>
/// <param name="question">The moment, the currency and the structure.</param>
/// <param name="month">The month; null is the newest whole one.</param>
/// <param name="cancellationToken">Ends the asking.</param>
public delegate Task<WrittenBrief?> ReadBrief(
    CostQuestion question,
    string? month,
    CancellationToken cancellationToken
);

/// <summary>Gives the home page its use case.</summary>
internal static class BriefPages
{
    /// <param name="services">The services of the server.</param>
    /// <param name="workspace">The books and rules.</param>
    /// <param name="draft">True to use the working copy of the rules.</param>
    public static void Add(IServiceCollection services, Workspace workspace, bool draft = false) =>
        services.AddSingleton<ReadBrief>(
            (question, month, cancel) =>
                Task.Run(
                    () =>
                    {
                        var view = workspace
                            .View(Moment(question.AsOf), draft)
                            .Through(new Lens(question.Query.Conversion, question.Query.Structure));
                        return view.Deliveries.Count == 0
                            ? null
                            : new WriteBrief(view).Of(TimeText.Month(month), cancel);
                    },
                    cancel
                )
        );

    private static AsOf? Moment(string? text) =>
        text is null
            ? null
            : AsOf.Read(text)
                ?? throw new RefusedException(
                    "brief/bad-moment",
                    $"\"{text}\" is no moment.",
                    $"Write {AsOf.Forms}.",
                    exitCode: 2
                );
}
