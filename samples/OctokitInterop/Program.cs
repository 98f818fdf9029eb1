using OctokitInterop.Tour;

// Ctrl+C ends the work cleanly instead of the process.
using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    cancellation.Cancel();
};

return await GuidedTour.RunAsync(Console.Out, cancellation.Token);
