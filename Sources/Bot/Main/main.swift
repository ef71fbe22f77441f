internal import Machine

exitNow(runHearthd(Array(CommandLine.arguments.dropFirst())))
