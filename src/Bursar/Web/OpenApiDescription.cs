using Microsoft.AspNetCore.OpenApi;

namespace Bursar.Web;

/// <summary>What the OpenAPI document says about the API as a whole.</summary>
internal static class OpenApiDescription
{
    public static void Configure(OpenApiOptions options) =>
        options.AddDocumentTransformer(
            (document, _, _) =>
            {
                document.Info.Title = "Bursar";
                document.Info.Version = "v1";
                document.Info.Description =
                    "Questions about the books of technology spend. Amounts are JSON numbers with all their digits.";
                document.Servers?.Clear();
                return Task.CompletedTask;
            }
        );
}
