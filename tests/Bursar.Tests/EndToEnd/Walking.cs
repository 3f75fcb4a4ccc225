using Microsoft.Playwright;

namespace Bursar.Tests.EndToEnd;

/// <summary>Going from page to page.</summary>
internal static class Walking
{
    extension(IPage page)
    {
        /// <summary>Does what leads to another page, and waits until that page is there.</summary>
        public async Task LeaveAsync(Func<Task> act)
        {
            await page.EvaluateAsync("() => { window.stillHere = true; }");
            await act();
            await page.WaitForFunctionAsync("() => !window.stillHere && document.readyState === 'complete'");
        }
    }
}
