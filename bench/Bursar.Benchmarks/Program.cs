Console.Error.WriteLine("usage: bench ingest|query|start [--rows N | --file F]");
return 2;
