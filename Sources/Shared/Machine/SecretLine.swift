internal import CLinux
package import Shared

extension Streams {
    package enum SecretLine: Sendable {
        case line(Secret)
        /// Ctrl-C.
        case interrupted
        /// Ctrl-D, or the terminal is gone.
        case ended
    }

    /// Reads a line that the terminal shows to nobody; asks for it once nothing is shown any more. Whatever ends it, the terminal is
    /// as it was before.
    package static func readSecretly(from terminal: Int32, asking: () -> Void) -> SecretLine {
        var before = termios()
        guard tcgetattr(terminal, &before) == 0 else { return .ended }
        var hidden = before
        // Interrupts come as letters too: nobody is left at a terminal that shows nothing.
        hidden.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        guard tcsetattr(terminal, TCSAFLUSH, &hidden) == 0 else { return .ended }
        defer { tcsetattr(terminal, TCSAFLUSH, &before) }
        asking()
        var line: [UInt8] = []
        while let letter = read(from: terminal, atMost: 1)?.first {
            switch letter {
            case 10, 13: return .line(Secret(String(decoding: line, as: UTF8.self)))
            case 3: return .interrupted
            case 4: if line.isEmpty { return .ended }
            case 8, 127: _ = line.popLast()
            case 21: line = []
            default: if line.count < 4096 { line.append(letter) }
            }
        }
        return .ended
    }
}
