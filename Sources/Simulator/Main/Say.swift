import CLinux

/// Writes a text at once and whole, as a reader behind a pipe expects.
func say(_ text: String, on descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
        let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count <= 0 { return }
        bytes = bytes.dropFirst(count)
    }
}

func complain(_ text: String) { say("hearth-simulator: \(text)\n", on: STDERR_FILENO) }
