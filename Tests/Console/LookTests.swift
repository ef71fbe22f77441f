import Link
import Screens
import Shared
import Terminal
import Testing

/// What the surroundings say of a terminal, and where the socket is.
struct LookTests {
    @Test(
        "Signs are chosen for the terminal",
        arguments: [
            (["TERM": "xterm-256color"], true, Ladder.braille, WidthPolicy.safe),
            (["TERM": "tmux-256color"], true, .braille, .safe), (["TERM": "linux"], true, .halves, .safe),
            (["TERM": "vt100"], true, .ascii, .ascii), (["TERM": "xterm-256color"], false, .ascii, .ascii),
            (["TERM": "xterm", "LANG": "ja_JP.UTF-8"], true, .ascii, .ascii),
            (["TERM": "xterm", "LANG": "ja_JP.UTF-8", "HEARTH_WIDTH": "safe"], true, .braille, .safe),
            (["TERM": "xterm", "HEARTH_WIDTH": "raw", "HEARTH_CHARTS": "blocks"], true, .blocks, .raw),
            (["TERM": "xterm", "HEARTH_WIDTH": "raw"], false, .ascii, .ascii),
        ] as [([String: String], Bool, Ladder, WidthPolicy)])
    func look(_ environment: [String: String], _ isUTF8: Bool, _ ladder: Ladder, _ policy: WidthPolicy) {
        #expect(Look.choose(environment, isUTF8: isUTF8) == Glyphs(ladder, policy: policy))
    }

    @Test func `where there is no Unicode the terminal's own line signs come before ASCII`() {
        #expect(Look.choose(["TERM": "vt100"], isUTF8: true, hasLineSigns: true) == Glyphs(.acs, policy: .ascii))
        #expect(Look.choose(["TERM": "xterm"], isUTF8: false, hasLineSigns: true).ladder == .acs)
        #expect(Look.choose(["TERM": "xterm", "LANG": "ja_JP.UTF-8"], isUTF8: true, hasLineSigns: true).ladder == .ascii)
        #expect(Look.choose(["TERM": "vt100", "HEARTH_CHARTS": "ascii"], isUTF8: true, hasLineSigns: true).ladder == .ascii)
    }

    @Test func `every ladder can be switched to, and ASCII stays among ASCII`() {
        var seen: [Ladder] = [.braille]
        while let next = seen.last?.next(.safe), next != .braille { seen.append(next) }
        #expect(seen == Ladder.allCases)
        #expect(Ladder.ascii.next(.ascii) == .acs && Ladder.acs.next(.ascii) == .ascii)
    }

    @Test(
        "The socket is the one that is named, else the house's, else the user's own",
        arguments: [
            (nil, ["HEARTH_SOCKET": "/a"], "/a"), ("/b", ["HEARTH_SOCKET": "/a"], "/b"),
            (nil, ["XDG_RUNTIME_DIR": "/run/user/7"], "/run/user/7/hearth/control.sock"),
            (nil, ["HOME": "/home/ann"], "/home/ann/.local/state/hearth/control.sock"),
        ] as [(String?, [String: String], String)])
    func socket(_ named: String?, _ environment: [String: String], _ path: String) {
        let address = ControlAddress(socket: named, host: nil, environment: environment, isRoot: false, exists: { _ in false })
        #expect(address.socket == path)
    }

    @Test func `the house's socket comes before the user's own where both are there`() {
        let address = ControlAddress(
            socket: nil, host: nil, environment: ["XDG_RUNTIME_DIR": "/x"], isRoot: false, exists: { _ in true })
        #expect(address.socket == "/run/hearth/control.sock")
        #expect(ControlAddress(socket: nil, host: "tea", environment: ["HEARTH_SOCKET": "/a"]).socket == nil)
    }

    @Test func `lines are cut where they end, however they arrive`() {
        var buffer = LineBuffer()
        #expect(buffer.append(Array("ab".utf8)).isEmpty)
        #expect(buffer.append(Array("c\nd\n\ne".utf8)) == [Array("abc".utf8), Array("d".utf8), []])
        #expect(buffer.append(Array("f\n".utf8)) == [Array("ef".utf8)])
        #expect(!buffer.isOverlong)
        _ = buffer.append([UInt8](repeating: 120, count: LineBuffer.limit + 1))
        #expect(buffer.isOverlong)
    }
}
