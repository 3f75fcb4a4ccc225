using System.CommandLine;
using Bursar.Cli;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Allocation;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Unallocated;

/// <summary><c>bursar unallocated assign</c>, <c>dispute</c> and <c>resolve</c>.</summary>
internal static class DecideCli
{
    public static ShellCommand Assign(Shell shell)
    {
        var (id, field, period, reason) = Parts();
        var to = new Option<string>("--to")
        {
            Description = "An owner, or a cost centre (a value of --field)",
            HelpName = "OWNER",
            Required = true,
        };
        var write = new Option<bool>("--write")
        {
            Description = $"Add the rule to {WriteSuggestion.FileName} in the rulebook folder",
        };
        return new ShellCommand(shell, "assign", "Say whose a line is, and get the rule that would make it so")
        {
            id,
            to,
            reason,
            write,
            field,
            period,
        }
            .WithFormat()
            .OnlyNow()
            .WithExample(
                "bursar unallocated assign u3f9a1c07 --to 4110 --reason \"Claims runs it\" --write",
                "A decision in the journal, and a rule in your rulebook"
            )
            .Runs(
                (run, _) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var (made, rule) = Decide(run, workspace, field, period)
                        .Assign(run.Get(id)!, run.Get(to)!, run.Get(reason)!);
                    run.Print(QueueRecord.Decision(made));
                    Tell(run, workspace, rule, run.Get(write));
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    public static ShellCommand Dispute(Shell shell)
    {
        var (_, field, period, reason) = Parts();
        var id = new Argument<string?>("ID")
        {
            Description = "A line of the queue; leave it out to dispute cost that has an owner (--where, --rule)",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var where = new Option<string[]>("--where")
        {
            Description = "Cost that has an owner: COLUMN=VALUE, all of them hold",
            HelpName = "FILTER",
        };
        var rule = new Option<string?>("--rule")
        {
            Description = "Cost that this rule gave its owner",
            HelpName = "NAME",
        };
        var amount = new Option<string?>("--amount")
        {
            Description = "How much of it is disputed (default: all of it in the month)",
            HelpName = "AMOUNT",
        };
        return new ShellCommand(shell, "dispute", "Say that cost is not theirs to whom it was given")
        {
            id,
            where,
            rule,
            amount,
            reason,
            field,
            period,
        }
            .WithFormat()
            .OnlyNow()
            .WithExample("bursar unallocated dispute u3f9a1c07 --reason \"left us in May\"", "A line of the queue")
            .WithExample(
                "bursar unallocated dispute --rule shared-network --amount 1200 --reason \"we have our own line\"",
                "Cost that has an owner"
            )
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var decide = Decide(run, workspace, field, period);
                    var filters = (run.Get(where) ?? []).Select(DecideUnallocated.Filter).ToList();
                    if (run.Get(rule) is { } name)
                        filters.Add(new CostFilter(CostColumns.RuleOf(QueueColumns.Field(run.Get(field))), [name]));
                    var disputed = AmountOf(run.Get(amount));
                    run.Print(
                        QueueRecord.Decision(
                            (run.Get(id), filters.Count) switch
                            {
                                ({ } line, 0) => decide.Dispute(line, disputed, run.Get(reason)!),
                                (null, > 0) => decide.Dispute(filters, disputed, run.Get(reason)!, cancel),
                                _ => throw new RefusedException(
                                    "unallocated/what-is-disputed",
                                    "A dispute is about a line of the queue, or about cost that has an owner.",
                                    "Write its ID, or --where COLUMN=VALUE, or --rule NAME; not both.",
                                    ExitCode.WrongUsage
                                ),
                            }
                        )
                    );
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    public static ShellCommand Resolve(Shell shell)
    {
        var (id, field, period, reason) = Parts();
        return new ShellCommand(shell, "resolve", "Close a line or a dispute; it opens again when the cost comes again")
        {
            id,
            reason,
            field,
            period,
        }
            .WithFormat()
            .OnlyNow()
            .WithExample("bursar unallocated resolve u3f9a1c07 --reason \"rule published\"", "How long it took is told")
            .Runs(
                (run, _) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    run.Print(
                        QueueRecord.Decision(
                            Decide(run, workspace, field, period).Resolve(run.Get(id)!, run.Get(reason)!)
                        )
                    );
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static (
        Argument<string> Id,
        Option<string?> Field,
        Option<string?> Period,
        Option<string> Reason
    ) Parts() =>
        (
            new("ID") { Description = "A line of the queue, as `bursar unallocated` shows it, or its beginning" },
            UnallocatedCli.FieldOption(),
            UnallocatedCli.PeriodOption(),
            new("--reason")
            {
                Description = "Why, for whoever asks later",
                HelpName = "TEXT",
                Required = true,
            }
        );

    private static DecideUnallocated Decide(
        ShellRun run,
        Workspace workspace,
        Option<string?> field,
        Option<string?> period
    ) =>
        new(
            workspace,
            workspace.View(draft: run.Door.Draft),
            QueueColumns.Field(run.Get(field)),
            TimeText.Month(run.Get(period))
        );

    private static Amount? AmountOf(string? text)
    {
        if (text is null)
            return null;
        try
        {
            return Amount.Parse(text);
        }
        catch (FormatException)
        {
            throw new RefusedException(
                "unallocated/bad-amount",
                $"\"{text}\" is no amount.",
                "Write it with a point and without separators: 1200.50.",
                ExitCode.WrongUsage
            );
        }
    }

    private static void Tell(ShellRun run, Workspace workspace, RuleSuggestion rule, bool write)
    {
        if (!write)
            run.Note($"The rule that would make it so (--write adds it):\n\n{rule.Yaml}");
        else
        {
            var written = new WriteSuggestion(workspace.RulebookFolder).Write(rule);
            run.Note(
                written.IsNew
                    ? $"Added to {written.Path}:\n\n{written.Text}\nRead it, then put it in force: bursar check, bursar publish."
                    : $"{written.Path} has it already; nothing was changed."
            );
        }
    }
}
