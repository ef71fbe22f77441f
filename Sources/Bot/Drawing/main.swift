internal import Machine

exitNow(runPainter())
