import Machine
import Testing

/// Which story proves which row: read out of the stories' own titles, and kept as a page.
struct StoryIndex {
    /// Titles by row, each with the file that it stands in.
    private(set) var stories: [String: [(title: String, path: String)]] = [:]

    init(_ files: [SourceFile]) {
        for file in files where file.path.hasPrefix("Tests/Stories/") {
            for title in Self.titles(file.lines) {
                for row in Self.rows(in: title) { stories[row, default: []].append((title, file.path)) }
            }
        }
    }

    /// A title stands behind its mark, or alone on the line after it.
    private static func titles(_ lines: [Substring]) -> [String] {
        lines.indices.compactMap { index in
            guard let mark = lines[index].firstRange(of: "@Test(") else { return nil }
            let here = lines[index][mark.upperBound...]
            let text = here.isEmpty && index + 1 < lines.count ? lines[index + 1] : here
            guard let start = text.firstIndex(of: "\""), let end = text.lastIndex(of: "\""), start < end else { return nil }
            return String(text[text.index(after: start)..<end])
        }
    }

    /// Ids stand before the first word of the sentence: "PNG-02, PNG-03: it comes when it is due".
    private static func rows(in title: String) -> [String] {
        title.prefix { $0 != ":" }.split { $0 == "," || $0 == " " }.map(String.init).filter { word in
            let parts = word.split(separator: "-")
            return parts.count == 2 && parts[0].allSatisfy(\.isUppercase) && parts[1].count == 2
                && parts[1].allSatisfy(\.isNumber)
        }
    }

    var page: String {
        var lines = [
            "# What is proved by which story", "",
            "Each story runs the whole daemon beside the simulated Discord. This page is made of their titles.", "",
        ]
        for (row, words) in PromisedRows.all {
            lines += ["## \(row): \(words)", ""]
            lines += (stories[row] ?? []).map { "- \($0.title) (`\($0.path)`)" }
            lines.append("")
        }
        return lines.joined(separator: "\n")
    }
}

@Suite("The index of stories")
struct StoryIndexTests {
    @Test("every row that is promised has a story that names it")
    func everyRow() throws {
        let index = StoryIndex(try SourceTree.here.get().tests)
        for (row, words) in PromisedRows.all {
            #expect(
                index.stories[row] != nil, "no story names \(row), \(words): write one, and begin its title with \"\(row): \"")
        }
    }

    @Test("the page that lists them is true")
    func page() throws {
        let path = SourceTree.checkout + "/STORIES.md"
        let page = StoryIndex(try SourceTree.here.get().tests).page
        if Environment.read()["HEARTH_ACCEPT_GOLDENS"] == "1" { try Files.write(Array(page.utf8), to: path, mode: 0o644) }
        let known = try? String(decoding: Files.read(path), as: UTF8.self)
        #expect(known == page, "make it anew: HEARTH_ACCEPT_GOLDENS=1 swift test --filter StoryIndexTests")
    }
}
