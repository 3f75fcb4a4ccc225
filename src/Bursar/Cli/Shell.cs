using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;
using Bursar.Cli.Help;
using Bursar.Core.Diagnostics;

namespace Bursar.Cli;

/// <summary>
/// The command line: finds the command, runs it, and turns every ending into a message and an exit code.
/// </summary>
internal sealed class Shell
{
    private Shell(ShellIo io, IReadOnlyList<Capability> capabilities)
    {
        Io = io;
        Options = new CommonOptions(io);
        Root = new RootCommand(
            "The books of technology spend, from the provider's invoice line to the board's decision."
        );
        foreach (var option in Options.Everywhere)
            Root.Options.Add(option);
        foreach (var wing in capabilities.GroupBy(capability => capability.Wing).OrderBy(wing => wing.Key))
        {
            var commands = wing.SelectMany(capability => capability.Commands(this));
            foreach (var command in commands.OrderByDescending(command => command.IsListedFirst))
            {
                command.Group = GroupOf(wing.Key);
                Root.Subcommands.Add(command);
            }
        }
        Root.Subcommands.Add(HelpCommand.Create(this));
        foreach (var option in Root.Options)
        {
            if (option is HelpOption)
                option.Action = new HelpPrinter(this);
            if (option is VersionOption)
                option.Action = new VersionPrinter(this);
        }
        Root.SetAction(_ => HelpText.Write(Root, this, Io.Out));
    }

    public ShellIo Io { get; }

    public CommonOptions Options { get; }

    internal RootCommand Root { get; }

    /// <summary>"0.1.0".</summary>
    public static string Version { get; } =
        typeof(Shell)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];

    /// <summary>Runs one command line with all capabilities of Bursar.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> args, ShellIo io, CancellationToken cancel = default) =>
        RunAsync(args, io, Capabilities.All, cancel);

    internal static Shell Create(ShellIo io, IReadOnlyList<Capability> capabilities) => new(io, capabilities);

    internal static async Task<int> RunAsync(
        IReadOnlyList<string> args,
        ShellIo io,
        IReadOnlyList<Capability> capabilities,
        CancellationToken cancel
    )
    {
        try
        {
            var parsed = new Shell(io, capabilities).Root.Parse(
                args,
                new ParserConfiguration { ResponseFileTokenReplacer = null }
            );
            if (WrongUsage.Found(parsed))
                return WrongUsage.Report(parsed, io.Error);
            // Signals are Program.cs's business, exceptions ours.
            var plain = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = io.Out,
                Error = io.Error,
            };
            return await parsed.InvokeAsync(plain, cancel);
        }
        catch (RefusedException refused)
        {
            io.Say(refused.Diagnostic.ToString());
            return refused.ExitCode;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await io.Error.WriteLineAsync("Stopped before it was done. Nothing half-finished was kept.");
            return ExitCode.Interrupted;
        }
        catch (Exception bug)
        {
            return BugReport.Write(bug, args, io);
        }
        finally
        {
            await io.Out.FlushAsync(CancellationToken.None);
            await io.Error.FlushAsync(CancellationToken.None);
        }
    }

    private static string GroupOf(Wing wing) => wing == Wing.Foundations ? "Start here" : wing.ToString();
}
