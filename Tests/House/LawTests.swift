import Testing

@Suite("The house's nevers")
struct LawTests {
    @Test("no file breaks one", arguments: Law.all)
    func kept(law: Law) throws {
        let tree = try SourceTree.here.get()
        for breach in law.breaches(in: tree.sources + tree.tests) { Issue.record("\(breach)") }
    }

    @Test("each sees what it forbids", arguments: Law.all)
    func sees(law: Law) {
        let file = SourceFile(path: law.offence.path, text: law.offence.code + "\n")
        #expect(law.find(file) == [1])
    }

    @Test("none sees a crime in a comment, in a text or in plain decent code", arguments: Law.all)
    func fair(law: Law) {
        let code = """
            internal import CSQLite
            /// Never `try!`, never public, never Task { print(wallMilliseconds()) }.
            struct PingTable {
                let advice = "import Foundation, or sleep(1) with \\(a != b ? "public" : "@testable") words"
                func draw(using dice: inout Dice) -> Int { Int.random(in: 1...6, using: &dice) }
                func holds(_ database: Database) -> Bool { !database.isEmpty && database != .none }
            }
            """
        #expect(law.find(SourceFile(path: "Sources/Bot/Features/Pulse/Pings/PingTable.swift", text: code)) == [])
    }
}
