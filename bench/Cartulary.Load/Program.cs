using System.CommandLine;

return await new RootCommand("Puts load on a whole server and measures it.").Parse(args).InvokeAsync();
