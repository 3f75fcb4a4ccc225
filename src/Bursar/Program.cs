using System.Runtime.InteropServices;
using Bursar.Cli;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, StopOnce);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, StopOnce);
return await Shell.RunAsync(args, ShellIo.OfProcess(), stop.Token);

// The first signal asks for an orderly end; the second is the system's own and ends at once.
void StopOnce(PosixSignalContext signal)
{
    if (stop.IsCancellationRequested)
        return;
    signal.Cancel = true;
    stop.Cancel();
}
