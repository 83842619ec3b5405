using System.CommandLine;

return await new RootCommand("A metadata catalog that records every change.").Parse(args).InvokeAsync();
