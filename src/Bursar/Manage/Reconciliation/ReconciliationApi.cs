using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Manage.Reconciliation.Bridges;
using Bursar.Manage.Reconciliation.Invoices;
using Bursar.Manage.Reconciliation.Prepaid;
using Bursar.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Manage.Reconciliation;

/// <summary>
/// GET /api/v1/invoices, /reconciliation and /prepaid: what the commands of these names print as JSON.
/// </summary>
internal static class ReconciliationApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/invoices", InvoicesAsync)
            .WithName("invoices")
            .WithSummary("Each invoice beside its charges: total, difference by reason, state.");
        routes
            .MapGet("/invoices/{number}", InvoiceAsync)
            .WithName("invoice")
            .WithSummary("One invoice and the parts of its difference.");
        routes
            .MapGet("/reconciliation", BridgeAsync)
            .WithName("reconciliation")
            .WithSummary("The bridge from effective cost to billed cost, invoice and ledger.");
        routes
            .MapGet("/prepaid", PrepaidAsync)
            .WithName("prepaid")
            .WithSummary("What is paid and not used yet, and when it becomes cost.");
    }

    private static async Task<ContentHttpResult> InvoicesAsync(
        ReviewInvoices review,
        CancellationToken cancellationToken,
        string? period = null,
        bool open = false,
        string? asof = null
    )
    {
        var month = TimeText.Month(period);
        var ties = await review(asof, cancellationToken);
        return Json(InvoiceTables.Record(InvoiceTables.Of(ties, month, open)));
    }

    private static async Task<ContentHttpResult> InvoiceAsync(
        string number,
        ReviewInvoices review,
        CancellationToken cancellationToken,
        string? asof = null
    ) => Json(InvoiceTables.Record(InvoicesCli.Named(await review(asof, cancellationToken), number)));

    private static async Task<ContentHttpResult> BridgeAsync(
        ReviewBridge review,
        CancellationToken cancellationToken,
        string? period = null,
        string? source = null,
        string? issuer = null,
        string? asof = null
    ) =>
        Json(
            BridgeCli.Record(
                await review(asof, BridgeQuestion.Of(TimeText.Month(period), source, issuer), cancellationToken)
            )
        );

    private static async Task<ContentHttpResult> PrepaidAsync(
        ReviewPrepaid review,
        CancellationToken cancellationToken,
        string? at = null,
        string? asof = null
    ) => Json(PrepaidCli.Record(await review(asof, TimeText.Day(at), cancellationToken)));

    private static ContentHttpResult Json(ResultRecord record)
    {
        return ApiAnswer.Json(record);
    }
}
