using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bursar.Web;

/// <summary>Writes a component as the text of an HTML document, without a server: briefs and statements.</summary>
public static class DocumentWriter
{
    /// <summary>The document of a component that renders a <c>Sheet</c>.</summary>
    public static async Task<string> WriteAsync<TComponent>(IReadOnlyDictionary<string, object?> parameters)
        where TComponent : IComponent
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<TComponent>(
                ParameterView.FromDictionary(parameters.ToDictionary())
            );
            return root.ToHtmlString();
        });
    }
}
