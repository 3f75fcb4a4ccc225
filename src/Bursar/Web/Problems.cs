using Bursar.Core.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bursar.Web;

/// <summary>What a reader gets when a request cannot be answered: a page in the same look, or problem details with the
/// same code and sentence.</summary>
internal static class Problems
{
    /// <summary>Shows the page for it. A refusal is an answer and is not logged as a failure.</summary>
    public static ExceptionHandlerOptions Page { get; } =
        new()
        {
            ExceptionHandlingPath = "/error",
            CreateScopeForErrors = true,
            StatusCodeSelector = Status,
            SuppressDiagnosticsCallback = failure => failure.Exception is RefusedException,
        };

    public static ExceptionHandlerOptions Handler { get; } =
        new()
        {
            ExceptionHandler = context =>
                Details(context.Features.Get<IExceptionHandlerFeature>()!.Error).ExecuteAsync(context),
            SuppressDiagnosticsCallback = failure => failure.Exception is RefusedException,
        };

    /// <summary>Problem details of a diagnostic.</summary>
    public static ProblemHttpResult Of(Diagnostic diagnostic) =>
        TypedResults.Problem(
            title: diagnostic.Message,
            detail: diagnostic.Remedy,
            statusCode: StatusCodes.Status400BadRequest,
            extensions: [new("code", diagnostic.Code)]
        );

    private static int Status(Exception error) =>
        error is RefusedException ? StatusCodes.Status400BadRequest : StatusCodes.Status500InternalServerError;

    private static ProblemHttpResult Details(Exception error) =>
        error is RefusedException refused
            ? Of(refused.Diagnostic)
            : TypedResults.Problem(
                title: "Something went wrong inside Bursar.",
                detail: "This is a bug. The terminal that serves the pages shows the details.",
                statusCode: StatusCodes.Status500InternalServerError,
                extensions: [new("code", "bug")]
            );
}
