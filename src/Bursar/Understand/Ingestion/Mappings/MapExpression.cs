namespace Bursar.Understand.Ingestion.Mappings;

/// <summary>What a mapping says about one cell: where it comes from and what is done with it.</summary>
internal abstract record MapExpression
{
    /// <summary>The parts it is made of.</summary>
    public virtual IEnumerable<MapExpression> Parts => [];

    /// <summary>Every delivered column it names, with all its other spellings.</summary>
    public IEnumerable<ColumnOf> Columns =>
        Parts.SelectMany(part => part.Columns).Concat(this is ColumnOf column ? [column] : []);
}

/// <summary>A delivered column: the first of these names that the file has.</summary>
internal sealed record ColumnOf(IReadOnlyList<string> Names) : MapExpression;

/// <summary>A constant text or number.</summary>
/// <param name="Text">As written, without quotes.</param>
/// <param name="IsNumber">Compared as a number, not letter by letter.</param>
internal sealed record Constant(string Text, bool IsNumber = false) : MapExpression;

/// <summary>A function of the mapping language with its arguments.</summary>
internal sealed record Call(MapFunction Function, IReadOnlyList<MapExpression> Arguments) : MapExpression
{
    public override IEnumerable<MapExpression> Parts => Arguments;
}

/// <summary>Two cells joined by +, -, *, / or &amp;.</summary>
internal sealed record Joined(char Operator, MapExpression Left, MapExpression Right) : MapExpression
{
    public override IEnumerable<MapExpression> Parts => [Left, Right];
}

/// <summary>One of two cells, by a condition.</summary>
internal sealed record Choice(MapExpression Condition, MapExpression Then, MapExpression? Else) : MapExpression
{
    public override IEnumerable<MapExpression> Parts => Else is null ? [Condition, Then] : [Condition, Then, Else];
}

/// <summary>A question with the answer yes or no: =, &lt;&gt;, &lt;, &gt;, &lt;=, &gt;=, and, or.</summary>
internal sealed record Test(string Operator, MapExpression Left, MapExpression Right) : MapExpression
{
    public override IEnumerable<MapExpression> Parts => [Left, Right];
}

/// <summary>The opposite of a condition.</summary>
internal sealed record Not(MapExpression Condition) : MapExpression
{
    public override IEnumerable<MapExpression> Parts => [Condition];
}

/// <summary>Whether a cell is one of several texts.</summary>
internal sealed record OneOfTexts(MapExpression Value, IReadOnlyList<MapExpression> Among) : MapExpression
{
    public override IEnumerable<MapExpression> Parts => Among.Prepend(Value);
}

/// <summary>Whether a cell is empty.</summary>
internal sealed record IsEmpty(MapExpression Value) : MapExpression
{
    public override IEnumerable<MapExpression> Parts => [Value];
}

/// <summary>Whether a cell contains a text, whatever the case of its letters.</summary>
internal sealed record Contains(MapExpression Value, MapExpression Text) : MapExpression
{
    public override IEnumerable<MapExpression> Parts => [Value, Text];
}
