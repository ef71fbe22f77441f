import Easel
import Kit
import Machine
import Testing

@Suite("Pictures")
struct EaselTests {
    /// What the painter made of it; it answers always, in time.
    private func painted(_ drawing: Drawing, by easel: ChildEasel = ChildEasel()) throws -> [UInt8]? {
        let box = Mailbox<[UInt8]?>()
        easel.paint(drawing) { box.send($0) }
        let answer = try #require(box.receive(within: 20_000)?.first, "the easel never answered")
        return answer
    }

    private let whole = Drawing(
        "Tea House <b>&amp;", subtitle: "a week",
        blocks: [
            .figures([.init("messages", "12 345", note: "+12 %"), .init("members", "67", note: "−3 %")]),
            .line(title: "Messages a day", [.init("Mon", 3), .init("Tue", nil), .init("Wed", 5), .init("Thu", 0)]),
            .bars(title: "Channels", [.init("#brewing 茶 🍵", 12), .init("#gap", nil), .init("", 0)]),
            .grid(
                .init(
                    "Hours", rows: ["Mon", "Tue"], columns: ["0", "1", "2"], cells: [[1, nil, 3], [0, 2]], showsFigures: true)),
        ])

    @Test func `ANA-02 a drawing becomes a PNG as high as its blocks`() throws {
        let small = try #require(try painted(Drawing("Nothing", blocks: [])))
        let large = try #require(try painted(whole))
        #expect(size(of: small).width == 900 && size(of: large).width == 900)
        #expect(size(of: large).height > size(of: small).height + 500)
        #expect(large.count > 5_000)
    }

    @Test func `hostile figures and texts are painted, cut and clipped, never refused`() throws {
        let long = String(repeating: "W\u{202E}\u{0301}", count: 5_000)
        let drawing = Drawing(
            long, subtitle: long,
            blocks: [
                .line(title: long, (0..<5_000).map { .init(long, Double($0)) }.prefix(40) + [.init("", -5), .init("", 1e300)]),
                .bars(title: long, (0..<300).map { .init("\($0)", Double($0)) }),
                .grid(.init(long, rows: Array(repeating: "r", count: 200), columns: [], cells: [])),
            ])
        #expect(try painted(drawing) != nil)
    }

    @Test(arguments: [
        ["/nowhere/painter"], ["/bin/false"], ["/bin/cat"], ["/bin/sh", "-c", "kill -9 $$"], ["/bin/echo", "no picture"],
    ])
    func `a painter that is missing, fails, dies or paints nonsense costs the picture only`(_ program: [String]) throws {
        #expect(try painted(whole, by: ChildEasel(program)) == nil)
    }

    @Test func `a painter that hangs is not waited for`() throws {
        let easel = ChildEasel(["/bin/sh", "-c", "exec tail -f /dev/null"], patienceMilliseconds: 200)
        #expect(try painted(whole, by: easel) == nil)
        #expect(try painted(whole, by: easel) == nil, "and the next one is tried all the same")
    }

    private func size(of png: [UInt8]) -> (width: Int, height: Int) {
        func number(_ at: Int) -> Int { png[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
        return (number(16), number(20))
    }
}
