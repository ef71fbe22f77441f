internal import Machine

Processes.hideMemoryFromBacktraces()
exitNow(runHearthd(Array(CommandLine.arguments.dropFirst())))
