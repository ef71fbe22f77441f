import Testing

@Suite("The house's sizes")
struct SizeTests {
    /// Files above 400 lines, each with the reason why it is one.
    private static let large: [String: String] = [:]

    @Test("a file is read at one sitting: half of them within 90 lines, nine in ten within 250, none above 400")
    func sizes() throws {
        let files = try SourceTree.here.get().sources.map { (path: $0.path, lines: $0.lines.count - 1) }.sorted {
            $0.lines < $1.lines
        }
        let middle = files[files.count / 2]
        #expect(middle.lines <= 90, "the median file, \(middle.path), has \(middle.lines) lines; let files do one thing each")
        let ninth = files[files.count * 9 / 10]
        #expect(
            ninth.lines <= 250,
            "nine in ten files shall have at most 250 lines, and \(ninth.path) has \(ninth.lines); split the long ones")
        for file in files where file.lines > 400 && Self.large[file.path] == nil {
            Issue.record("\(file.path) has \(file.lines) lines; split it, or write into SizeTests.large why it is one")
        }
        for path in Self.large.keys where !files.contains(where: { $0.path == path && $0.lines > 400 }) {
            Issue.record("SizeTests.large names \(path), which is no longer large; take it out")
        }
    }
}
