internal import CLinux
internal import Kit
internal import Machine
internal import Shared

/// Reads what a drawing describes from the standard input and writes the picture to the standard output. It lives for one picture, takes
/// little time and memory however it is asked, and says nothing when it cannot do it.
func runPainter() -> Int32 {
    let largest = 4 << 20
    var seconds = rlimit(rlim_cur: 10, rlim_max: 10)
    _ = setrlimit(Int32(RLIMIT_CPU.rawValue), &seconds)
    alarm(20)
    var text: [UInt8] = []
    while let more = Streams.read(from: Streams.input), !more.isEmpty {
        text += more
        if text.count > largest { return 1 }
    }
    guard let drawing = try? JSON(parsing: text).decoded(as: Drawing.self), let picture = Painter.png(of: drawing) else {
        return 1
    }
    return Streams.write(picture, to: Streams.output) ? 0 : 1
}
