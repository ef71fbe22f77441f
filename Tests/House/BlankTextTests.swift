import Testing

@Suite("Reading code without its texts")
struct BlankTextTests {
    @Test(
        "comments and texts become blanks, and nothing else does",
        arguments: [
            ("a // b\nc", "a     \nc"), ("a /* b /* c */ d */ e", "a                   e"), (#"a "b \" c" d"#, "a          d"),
            (##"a #"b " c"# d"##, "a           d"), ("a \"\"\"\nb \" c\n\"\"\" d", "a    \n     \n    d"),
            (#"a "b \(c("d)")) e" f"#, "a                  f"), ("#if a\nb", "#if a\nb"), ("a != b", "a != b"),
        ])
    func blanks(source: String, code: String) { #expect(BlankText.blanked(source) == code) }

    @Test(
        "names fall apart into words",
        arguments: [
            ("JSONWriter", ["json", "writer"]), ("AddPing", ["add", "ping"]), ("RFC3339", ["rfc3339"]), ("a_b", ["a", "b"]),
        ])
    func words(name: String, words: [String]) { #expect(Law.words(of: name) == words) }

    @Test("an import is seen whatever stands before it")
    func imports() {
        let file = SourceFile(
            path: "Sources/A.swift", text: "package import Kit\nimport struct Shared.Day\n// import Store\nlet important = 1\n")
        #expect(file.imports.map { String($0.module) } == ["Kit", "Shared"])
        #expect(file.imports.map(\.line) == [1, 2])
    }
}
