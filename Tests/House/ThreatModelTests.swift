import Machine
import Testing

/// Every threat that the page names is shown to be met by a test that there is.
struct ThreatModelTests {
    @Test("DEP-10: every line of the threat model names its test")
    func threats() throws {
        let page = String(decoding: try Files.read(SourceTree.checkout + "/docs/threat-model.md"), as: UTF8.self)
        let tests = try SourceTree.here.get().tests
        var section = ""
        var met: [String: Int] = [:]
        for line in page.split(separator: "\n") {
            if line.hasPrefix("## ") { section = String(line.dropFirst(3)) }
            guard line.hasPrefix("- "), section != "Who" else { continue }
            let named = Self.tests(in: line)
            #expect(!named.isEmpty, "no test: \(line)")
            for (title, path) in named {
                let file = tests.first { $0.path == path }
                #expect(file?.lines.contains { $0.contains(title) } == true, "\(path) has no test \"\(title)\"")
            }
            met[section, default: 0] += 1
        }
        for wanted in ["SQL injection", "Command injection", "Privilege escalation", "Rate-limit abuse", "Data leaks"] {
            #expect(met[wanted] ?? 0 >= 4, "\(wanted)")
        }
    }

    /// Each a title in quotation marks, with the file that it stands in behind it.
    private static func tests(in line: Substring) -> [(title: String, path: String)] {
        guard let arrow = line.firstRange(of: "→ ") else { return [] }
        return line[arrow.upperBound...].matches(of: #/"([^"]+)" \(`([^`]+)`\)/#).map {
            (String($0.output.1), String($0.output.2))
        }
    }
}
