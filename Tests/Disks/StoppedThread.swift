import CFaults
package import Machine

/// One thread of another process, stopped in the middle of whatever it does while the others run on, as when its disk never
/// answers. The thread of ours that stops it is the one that must forget it, after the process has been ended.
package struct StoppedThread {
    private let number: Int32

    /// Nil when the process has no thread of that name.
    package init?(named name: String, of process: Int32) throws(SystemError) {
        let tasks = "/proc/\(process)/task"
        let found = try Files.names(in: tasks).first { task in
            let bytes = (try? Files.read("\(tasks)/\(task)/comm", atMost: 64)) ?? []
            return String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self) == name
        }
        guard let found, let number = Int32(found) else { return nil }
        self.number = number
        _ = try SystemError.check(faults_stop_thread(number), "stop thread \(number)")
    }

    package func isForgotten() { faults_forget_thread(number) }
}
