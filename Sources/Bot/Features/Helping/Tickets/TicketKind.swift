internal import Kit
internal import Shared

/// A way to ask for help that a server offers: where such a ticket lies, who sees it, and what is asked first.
struct TicketKind: Equatable {
    enum Preset: String, CaseIterable, Sendable {
        /// The member and staff, nobody else.
        case closed
        /// As `closed`, and the member sends words alone: no files, no links that unfold.
        case plain
        /// Everybody reads, the member and staff write.
        case readable
    }

    struct Question: Hashable {
        var label: String
        var isLong: Bool
        var isRequired: Bool
    }

    var id: Int64 = 0
    var guild: ID<Guild>
    var name: String
    /// What its button says.
    var label: String
    var place: Ticket.Place
    /// The category of its channels, or the channel of its threads.
    var parent: ID<Channel>?
    /// Who answers; the server's staff when nil.
    var role: ID<Role>?
    var preset = Preset.closed
    var questions: [Question]
    var greeting: String?
    var priority = Ticket.Priority.normal
    var isRemoved = false
    var version: Int64 = 1

    var subject: String { "ticket kind \(name)" }

    /// What an admin can set, as commands take it.
    var settings: JSON {
        .fields([
            "name": .string(name), "label": .string(label), "place": .string(place.rawValue),
            "parent": parent.map { .id($0) } ?? .string("none"), "role": role.map { .id($0) } ?? .string("none"),
            "preset": .string(preset.rawValue), "questions": .string(questions.text),
            "greeting": .string(greeting ?? "server"), "priority": .string(priority.rawValue),
        ])
    }

    /// What is asked where a server has not said it.
    static let standardQuestion = Question(label: "What can we help you with?", isLong: true, isRequired: true)
}

extension [TicketKind.Question] {
    /// "What happened? (long) | Since when? (optional)": as it is written, so it is shown.
    var text: String {
        isEmpty
            ? "none"
            : map { question in
                question.label + (question.isLong ? " (long)" : "") + (question.isRequired ? "" : " (optional)")
            }.joined(separator: " | ")
    }
}

extension Parameter where Value == [TicketKind.Question] {
    static func questions(_ name: String, _ summary: String) -> Parameter {
        let words = Parameter<String>.text(name, summary, longest: 400)
        return Parameter(words.outline) { raw, context throws(Refusal) in
            if raw.text.map({ trimmed($0).lowercased() }) == "none" { return [] }
            let parts = try words.parse(raw, context).split(separator: "|").map { trimmed($0) }.filter { !$0.isEmpty }
            guard (1...5).contains(parts.count) else {
                throw .invalid(
                    "\(name) are one to five questions, not \(parts.count).", field: name,
                    hint: "Part them with |, such as: What happened? (long) | Since when? (optional)")
            }
            let questions = parts.map(Self.question)
            if let long = questions.first(where: { $0.label.utf16.count > 45 }) {
                throw .invalid(
                    "\"\(long.label)\" has \(long.label.utf16.count) characters; Discord shows 45 of a question.", field: name)
            }
            guard questions.allSatisfy({ !$0.label.isEmpty }) else {
                throw .invalid("One of the \(name) has no words.", field: name)
            }
            return questions
        }
    }

    private static func question(_ text: String) -> TicketKind.Question {
        var words = text
        var (isLong, isRequired) = (false, true)
        while true {
            if words.hasSuffix("(long)") {
                (words, isLong) = (trimmed(words.dropLast(6)), true)
            } else if words.hasSuffix("(optional)") {
                (words, isRequired) = (trimmed(words.dropLast(10)), false)
            } else {
                return TicketKind.Question(label: words, isLong: isLong, isRequired: isRequired)
            }
        }
    }
}
