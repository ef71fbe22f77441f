internal import Machine
internal import Shared

/// Whoever sits at the terminal: told and asked in words. In a script nobody sits there, and what the flags say counts.
struct Person {
    let world: World
    /// Takes what is proposed without asking.
    let agreesToAll: Bool

    var isThere: Bool { world.inputIsTerminal && world.outputIsTerminal && !agreesToAll }

    static let goesOn = "Nothing is lost: hearth setup goes on from here."

    func tell(_ lines: String...) { for line in lines { _ = world.write(line.inert + "\n") } }

    func ask(_ question: String) throws(Complaint) -> String {
        _ = world.write(question.inert + " ")
        guard let bytes = Streams.read(from: world.input), !bytes.isEmpty else {
            throw Complaint(.failed, "the input has ended", Self.goesOn)
        }
        return trimmed(String(decoding: bytes, as: UTF8.self))
    }

    /// Where nobody can be asked, what is proposed is done.
    func agrees(_ question: String, otherwise proposed: Bool = true) throws(Complaint) -> Bool {
        guard isThere else { return proposed }
        while true {
            switch try ask(question + (proposed ? " [Y/n]" : " [y/N]")).lowercased() {
            case "": return proposed
            case "y", "yes": return true
            case "n", "no": return false
            default: tell("Please answer yes or no.")
            }
        }
    }

    func secret(_ question: String) throws(Complaint) -> Secret {
        let answer = Streams.readSecretly(from: world.input) { _ = world.write(question + " ") }
        _ = world.write("\n")
        switch answer {
        case .line(let secret): return secret
        case .interrupted: throw Complaint(.interrupted, "interrupted", Self.goesOn)
        case .ended: throw Complaint(.failed, "the input has ended", Self.goesOn)
        }
    }
}
