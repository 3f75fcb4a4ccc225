namespace Bursar.Quantify.Forecasts.Models;

/// <summary>
/// A model whose form and parameters are settled: it continues any history of the same series.
/// </summary>
/// <param name="Name">The model in words ("damped trend, multiplicative season").</param>
/// <param name="Continue">What follows a history (its values, how many more), by the settled parameters.</param>
internal sealed record Fitted(string Name, Func<double[], int, double[]> Continue);
