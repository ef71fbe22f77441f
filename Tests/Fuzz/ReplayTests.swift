import FuzzDoors
import Machine
import Testing

@Suite("What fuzzers found")
struct ReplayTests {
    private static let corpus = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/Corpus"

    @Test("every committed input goes through its door again, and nothing breaks", arguments: Door.all.map(\.name))
    func replay(_ name: String) throws {
        let door = try #require(Door.all.first { $0.name == name })
        let folder = "\(Self.corpus)/\(name)"
        let inputs = try Files.names(in: folder)
        #expect(inputs.count >= 3, "\(name) has no corpus to begin with")
        for input in inputs {
            do {
                try door.enter(try Files.read("\(folder)/\(input)"))
            } catch {
                Issue.record("\(name)/\(input): \(error)")
            }
        }
    }

    @Test("each folder of inputs has a door")
    func folders() throws {
        #expect(try Files.names(in: Self.corpus) == Door.all.map(\.name).sorted())
    }
}
