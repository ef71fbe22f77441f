import Machine

// The parts of `make bench` that are programs: hearth-benchmarks PART FOLDER. Each prints its measures as it goes.

let words = CommandLine.arguments.dropFirst()

switch (words.first, words.count) {
case ("store", 2): try CountingLoad.measure(in: words[2])
default:
    _ = Streams.write(Array("usage: hearth-benchmarks store FOLDER\n".utf8), to: Streams.errors)
    exitNow(2)
}
