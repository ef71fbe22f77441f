internal import Machine

Processes.hideMemoryFromBacktraces()
Memory.keepHeapSmall()
exitNow(runHearthd(Array(CommandLine.arguments.dropFirst())))
