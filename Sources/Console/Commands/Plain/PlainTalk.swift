internal import Link
internal import Machine
internal import Shared

/// Lines in, lines out: what a screen reader reads and the smallest terminal shows. Nothing is ever drawn twice or moved.
final class PlainTalk {
    let world: World
    private var buffer = LineBuffer()
    private var waiting: [[UInt8]] = []
    private var hasEnded = false

    init(_ world: World) { self.world = world }

    /// Nobody reads any more.
    struct Unheard: Error {}

    func say(_ text: String) throws(Unheard) {
        if !world.write(text.inert + "\n") { throw Unheard() }
    }

    /// What is typed after the question; nil when nothing will ever come again.
    func ask(_ question: String) throws(Unheard) -> String? {
        if !world.write(question.inert + " ") { throw Unheard() }
        while waiting.isEmpty {
            guard !hasEnded, let bytes = Streams.read(from: world.input), !bytes.isEmpty else {
                hasEnded = true
                let rest = buffer.append([UInt8(ascii: "\n")]).first ?? []
                return rest.isEmpty ? nil : text(rest)
            }
            waiting += buffer.append(bytes)
            if buffer.isOverlong { return nil }
        }
        return text(waiting.removeFirst())
    }

    private func text(_ line: [UInt8]) -> String { String(decoding: line, as: UTF8.self).inert.trimmed }

    /// Nothing was typed beforehand that a watch should heed.
    var hasTypedAhead: Bool { !waiting.isEmpty }

    /// Takes the line that ended a watch.
    func swallow() throws(Unheard) { _ = try ask("") }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
