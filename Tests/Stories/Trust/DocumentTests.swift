import Kit
import Machine
import Shared
import Testing
import hearthd

/// Pages that are made of what the features say of themselves. HEARTH_WRITE_SAMPLES=1 writes them.
struct DocumentTests {
    @Test("DEP-08: the page on what is kept says what the features say")
    func retention() throws {
        let path = Checkout.path("docs/data-retention.md")
        if Environment.read()["HEARTH_WRITE_SAMPLES"] == "1" { try Files.write(Array(Self.page.utf8), to: path, mode: 0o644) }
        let written = String(decoding: try Files.read(path), as: UTF8.self)
        #expect(written == Self.page, "write it with: HEARTH_WRITE_SAMPLES=1 swift test --filter DocumentTests")
    }

    private static var page: String {
        let settings = hearthd.House.features.flatMap(\.settings)
        func span(_ kept: Kept) -> String {
            switch kept.span {
            case .always: return "until the member has it forgotten, or the bot leaves the server"
            case .fixed(let time): return time.spelled
            case .setting(let name):
                let standard = settings.first { $0.name == name }?.standard
                return "as long as `\(name)` says (\(standard?.text ?? standard?.line ?? "")) unless it is set otherwise"
            }
        }
        var lines = [
            "# What is kept about members, and how long", "",
            "Made of what each feature declares; a test compares this page with it. A member sees their own part with `/privacy data`, takes",
            "it as a file with `/privacy export`, and has it forgotten with `/privacy erase`; a restored backup forgets them again. What a",
            "member declines with `/privacy decline` is not kept from then on.", "",
            "| feature | what is kept about you | how long |", "|---|---|---|",
        ]
        for feature in hearthd.House.features {
            for kept in feature.keeps { lines.append("| \(feature.name) | \(kept.what) | \(span(kept)) |") }
        }
        let silent = hearthd.House.features.filter(\.keeps.isEmpty).map(\.name).joined(separator: ", ")
        lines += [
            "", "Nothing about a person is kept by: \(silent).", "",
            "Beside that: backups hold what the database held when they were made, and go as `store.backup_keep` and its neighbours say; the",
            "log names members by id and rotates as `log.rotate_mb` and `log.keep` say; the audit keeps who changed what, and its detail of a",
            "person goes with their erasure.", "",
        ]
        return lines.joined(separator: "\n")
    }
}
