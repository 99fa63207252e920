using Millwright.Cli.Commands;
using Millwright.Cli.Screens;

return await CommandLine.RunAsync(args, new ConsoleScreen(), TimeProvider.System);
