Console.Error.WriteLine("bursar: try 'bursar --help'");
return 2;
