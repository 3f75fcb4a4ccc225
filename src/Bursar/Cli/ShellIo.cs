using System.Text;

namespace Bursar.Cli;

/// <summary>Where a command reads, writes and tells the time: the terminal, or the strings of a test.</summary>
internal sealed record ShellIo
{
    /// <summary>Columns of a line when nobody looks at a terminal.</summary>
    public const int PlainWidth = 80;

    /// <summary>Results: tables, records, documents.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Everything said about the work: notes, progress, mistakes.</summary>
    public required TextWriter Error { get; init; }

    public TextReader In { get; init; } = TextReader.Null;

    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>True when a person can be asked.</summary>
    public bool InIsTerminal { get; init; }

    /// <summary>Columns that fit on a line.</summary>
    public int Width { get; init; } = PlainWidth;

    public Func<string, string?> Environment { get; init; } = _ => null;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Colour and weight are for terminals, and never where NO_COLOR is set (no-color.org).</summary>
    public bool Styled(bool terminal) =>
        terminal && string.IsNullOrEmpty(Environment("NO_COLOR")) && Environment("TERM") != "dumb";

    /// <summary>
    /// Says something to whoever started the command: broken at spaces for a terminal, in long lines for a pipe. What
    /// is indented keeps its shape.
    /// </summary>
    public void Say(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            if (!ErrorIsTerminal || line.Length <= Width || line[0] == ' ')
                Error.WriteLine(line);
            else
                foreach (var part in Help.HelpText.Wrap(line, Width))
                    Error.WriteLine(part);
        }
    }

    /// <summary>The terminal or pipes of this process, in UTF-8 on every platform.</summary>
    public static ShellIo OfProcess()
    {
        var terminal = !Console.IsOutputRedirected;
        return new ShellIo
        {
            Out = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16)
            {
                AutoFlush = terminal,
            },
            Error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true },
            In = Console.In,
            OutIsTerminal = terminal,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            InIsTerminal = !Console.IsInputRedirected,
            Width = terminal && Console.WindowWidth > 0 ? Math.Max(Console.WindowWidth, 40) : PlainWidth,
            Environment = System.Environment.GetEnvironmentVariable,
        };
    }
}
