internal import Kit
internal import Shared

/// Everything that was said in a ticket, as a page or as lines, without anything that it would have to fetch. What people wrote
/// stays what they wrote: nothing of it becomes markup.
struct Transcript {
    enum Form: String, CaseIterable, Sendable { case html, text }

    struct Head {
        var server: String
        var number: Int64
        var kind: String
        /// Label and value.
        var facts: [(String, String)]
    }

    struct Line {
        var at: String
        var who: String
        var voice: TicketLine.Voice
        var head: String?
        var body: String
        var mark: String
    }

    var head: Head
    var lines: [Line]

    init(head: Head, lines: [Line]) {
        self.head = head
        self.lines = lines
    }

    init(of ticket: Ticket, _ kind: TicketKind?, _ turn: Turn) throws {
        func named(_ member: ID<Member>?) -> String {
            member.map { turn.house.directory.name(of: $0, in: ticket.guild) ?? "member \($0)" } ?? "somebody who was forgotten"
        }
        func clock(_ at: Instant) -> String {
            let wall = turn.zone.wallTime(at: at)
            return "\(wall.day) \(padded(wall.hour, 2)):\(padded(wall.minute, 2))"
        }
        var facts = [("Member", named(ticket.opener)), ("Opened", clock(ticket.opened)), ("State", ticket.state.rawValue)]
        if ticket.claimant != nil { facts.append(("Looked after by", named(ticket.claimant))) }
        if let closed = ticket.closed { facts.append(("Closed", clock(closed))) }
        if let reason = ticket.reason, !reason.isEmpty { facts.append(("Reason", reason)) }
        if let rating = ticket.rating { facts.append(("Rating", "\(rating) of 5")) }
        if let summary = ticket.summary { facts.append(("Summary", summary)) }
        head = Head(
            server: turn.house.directory.guild(ticket.guild)?.name ?? "", number: ticket.number, kind: kind?.label ?? "",
            facts: facts)
        lines = try LineRows.all(of: ticket.id, in: turn.store).map { line in
            let missing = line.deleted == nil ? "(not kept)" : "(deleted)"
            let isHouse = line.voice == .house || line.voice == .note && line.author == nil
            return Line(
                at: clock(line.at), who: isHouse && line.author == nil ? "staff" : named(line.author), voice: line.voice,
                head: line.head, body: line.body ?? missing, mark: line.edited == nil ? "" : "edited")
        }
    }

    func bytes(as form: Form) -> [UInt8] { Array((form == .html ? html : text).utf8) }

    // MARK: - Lines

    private var text: String {
        var out = ["Ticket \(head.number), \(head.kind), \(head.server)"]
        out += head.facts.map { "\($0): \($1.inert)" } + [""]
        for line in lines {
            let mark = line.mark.isEmpty ? "" : " (\(line.mark))"
            let words = line.head.map { "\($0) " } ?? ""
            let body = line.body.split(separator: "\n", omittingEmptySubsequences: false).map(\.inert).joined(
                separator: "\n    ")
            out.append("\(line.at)  \(line.who.inert)\(line.voice == .note ? " " : mark + ": ")\(words)\(body)")
        }
        return out.joined(separator: "\n") + "\n"
    }

    // MARK: - Page

    private var html: String {
        let title = "Ticket \(head.number)"
        let facts = head.facts.map { "<dt>\(Self.escaped($0))</dt><dd>\(Self.escaped($1))</dd>" }.joined(separator: "\n")
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(Self.escaped(title)), \(Self.escaped(head.server))</title>
            <style>
            body { font: 16px/1.5 sans-serif; max-width: 50em; margin: 2em auto; padding: 0 1em; color: #222; background: #fff }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .2em 1em } dt { color: #666 } dd { margin: 0 }
            article { margin: .8em 0; padding: .4em .8em; border-left: 4px solid #bbb; overflow-wrap: anywhere }
            .staff, .house { border-color: #3a7 } .answer { border-color: #57c } .note { color: #666; border: 0 }
            header { color: #666; font-size: .85em } p { margin: 0; white-space: pre-wrap }
            </style></head><body>
            <h1>\(Self.escaped(title)): \(Self.escaped(head.kind))</h1>
            <dl>
            \(facts)
            </dl>
            \(lines.map(Self.article).joined(separator: "\n"))
            </body></html>

            """
    }

    private static func article(_ line: Line) -> String {
        let mark = line.mark.isEmpty ? "" : " · \(escaped(line.mark))"
        let question = line.head.map { "<p><strong>\(escaped($0))</strong></p>" } ?? ""
        return """
            <article class="\(line.voice.rawValue)"><header>\(escaped(line.who)) · \(escaped(line.at))\(mark)</header>\
            \(question)<p>\(escaped(line.body))</p></article>
            """
    }

    /// Nothing that somebody wrote opens or ends anything; what cannot be seen and what turns the reading round is shown as what it is.
    static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            case "\n", "\t": out.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0x7F || turning.contains(scalar.value): out += "\u{FFFD}"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    /// Marks that have what follows read from the other side.
    private static let turning: Set<UInt32> = Set(0x202A...0x202E).union(0x2066...0x2069)
}

extension Tickets {
    static let transcript = Command(
        "tickets.transcript", "Everything that was said in a ticket, as a file", isPrivate: true, changes: false,
        returns: .record(["id": .whole, "lines": .list(lineShape), "file": .text]), example: "id: 1 format: text", which,
        .oneOf("format", "html or text", default: Transcript.Form.html)
    ) { turn, number, form in
        let ticket = try requireToRead(number, turn)
        let transcript = try Transcript(of: ticket, try KindRows.find(ticket.kind, in: turn.store), turn)
        let lines = try LineRows.all(of: ticket.id, in: turn.store)
        let bytes = transcript.bytes(as: form)
        return Reply(
            .file(name: "ticket-\(padded(Int(ticket.number), 4)).\(form == .html ? "html" : "txt")", bytes: bytes),
            TicketText.transcript(ticket, lines.count),
            data: [
                "id": .int(ticket.number), "lines": .array(lines.suffix(500).map { lineRow($0, turn) }),
                "file": .string(String(decoding: bytes, as: UTF8.self)),
            ])
    }
}
