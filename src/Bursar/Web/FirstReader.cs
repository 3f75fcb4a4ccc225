namespace Bursar.Web;

/// <summary>Knows whether anybody has asked the server for anything since it started.</summary>
internal sealed class FirstReader
{
    /// <summary>What the server's own visits carry: they are no reader.</summary>
    public const string OwnVisit = "X-Own-Visit";

    private readonly TaskCompletionSource came = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when somebody came.</summary>
    public Task Came => came.Task;

    public Task Note(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Headers.ContainsKey(OwnVisit))
            came.TrySetResult();
        return next(context);
    }
}
