internal import Shared

/// What somebody wanted to run who came through `command="hearth --as NAME"` in authorized_keys: sshd hands it over in
/// SSH_ORIGINAL_COMMAND, and it is read here, never by a shell. Who they are and where the socket is was said by the key's line,
/// and what they wanted says nothing about either.
enum ForcedLine {
    /// The line to run; nil where sshd forced nothing, or nothing was asked for beside the console.
    static func words(_ world: World, _ options: Options, _ line: [Options.Argument]) throws(Complaint) -> [String]? {
        guard line.isEmpty, options.name != nil || options.role != nil,
            let wanted = world.environment["SSH_ORIGINAL_COMMAND"], !wanted.isEmpty
        else { return nil }
        var words = try split(wanted)
        if words.first.map({ $0 == "hearth" || $0.hasSuffix("/hearth") }) == true { words.removeFirst() }
        let (own, rest) = try Options.parse(words)
        if rest.isEmpty && own.name != nil { throw Complaint(.notPermitted, "who you are is said by your key, not by --as") }
        if own.role != nil { throw Complaint(.notPermitted, "your role is said by your key, not by --role") }
        if own.host != nil { throw Complaint(.notPermitted, "this key leads to this house alone: --host is not for it") }
        if own.socket != nil { throw Complaint(.notPermitted, "this key leads to this house alone: --socket is not for it") }
        if rest.first == .word("restore") { throw Complaint(.notPermitted, "a restore takes a shell on the server") }
        return words
    }

    /// Cuts a line as a shell would that knows quotes and nothing else.
    static func split(_ line: String) throws(Complaint) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        for character in line {
            if isEscaped {
                word = (word ?? "") + String(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
                word = word ?? ""
            } else if character == quote {
                quote = nil
            } else if quote == nil, character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if quote == nil, character.isWhitespace {
                if let done = word { words.append(done) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        guard quote == nil, !isEscaped else { throw Complaint(.usage, "a quotation mark in the line is never closed") }
        return words + [word].compactMap(\.self)
    }
}
