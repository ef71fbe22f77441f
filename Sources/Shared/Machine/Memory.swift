internal import CLinux

/// The memory that this process has from the system.
package enum Memory {
    /// To be called before there are threads.
    package static func keepHeapSmall() { hearth_keep_heap_small() }

    /// Returns what is free on the heap to the system. It takes a moment, so it is for one in which nobody waits.
    package static func trimHeap() { hearth_trim_heap() }

    /// Lets go of the program's and its libraries' code: what is used again comes back from the page cache, piece by piece,
    /// and what only a start needs stays away. Pages that differ from their file are left alone.
    package static func forgetUnusedCode() {
        guard let bytes = try? Files.read("/proc/self/smaps", atMost: 1 << 20) else { return }
        var code: Range<UInt>?
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            guard let name = words.first else { continue }
            if !name.hasSuffix(":") {
                code = range(of: words)
            } else if name == "Anonymous:", words.count > 1, words[1] == "0", let range = code {
                _ = hearth_forget_pages(range.lowerBound, range.upperBound)
            }
        }
    }

    /// A mapping's line is `start-end rights offset device inode path`. Only what may be read and not written is code.
    private static func range(of words: [String]) -> Range<UInt>? {
        guard words.count > 5, words[1] == "r-xp" || words[1] == "r--p", words[4] != "0", words[5].hasPrefix("/") else {
            return nil
        }
        let ends = words[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
        return ends.count == 2 && ends[0] < ends[1] ? ends[0]..<ends[1] : nil
    }
}
