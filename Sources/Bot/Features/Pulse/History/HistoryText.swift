internal import Kit
internal import Shared

/// What history says to people.
enum HistoryText {
    /// What Discord tells nobody afterwards.
    static let notTold = [
        "reactions: Discord says how many there are, not who gave them when", "minutes in voice", "messages that were deleted",
        "threads that are archived",
    ]

    static func preview(_ plan: HistoryPlan) -> Card {
        guard !plan.lines.isEmpty else {
            return Card(
                "History of \(plan.days) days", text: "There is nothing to read.", fields: unread(plan), tone: .warning)
        }
        let often: Phrase =
            plan.messages.map { "about \($0), as many as are said now" }
            ?? "nobody knows yet how many; 100 come with each request"
        return Card(
            "History of \(plan.days) days",
            text: "\(words: counted(Int64(plan.lines.count), "channel")) can be read\(since(plan)).",
            fields: [
                .init("Messages", often),
                .init("Requests", "\(words: plan.messages == nil ? "at least " : "about ")\(plan.requests)"),
                .init(
                    "Time",
                    "\(words: plan.messages == nil ? "from " : "about ")\(words: counted(Int64(plan.minutes), "minute")) on"),
                .init("Not counted", .lines(notTold.map { "\(words: $0)" }), isInline: false),
            ] + unread(plan),
            footer: "Nothing is read yet. history start begins; it can be stopped, and goes on after a restart.")
    }

    static func started(_ plan: HistoryPlan) -> Card {
        Card(
            text:
                "The history of \(words: counted(Int64(plan.lines.count), "channel")) is being read\(since(plan)). history show says how far it is.",
            fields: unread(plan), tone: .good)
    }

    static func stopped(_ count: Int) -> Card {
        Card(
            text:
                "The history of \(words: counted(Int64(count), "channel")) is not read on. What was counted stays; history start goes on from there.",
            tone: .good)
    }

    static func shown(_ all: [Past]) -> Card {
        guard !all.isEmpty else {
            return Card(text: "No history has been read here. history preview says what that would take.")
        }
        let lines = all.map { one -> Phrase in
            let state: Phrase =
                switch one.state {
                case .reading: "\(one.part / 10) %"
                case .stopped: "stopped at \(one.part / 10) %"
                case .read: "read"
                case .refused: "cannot be read: \(one.note ?? "")"
                }
            return "\(one.channel)  \(state), \(words: counted(Int64(one.messages), "message"))"
        }
        let reading = all.count { $0.state == .reading }
        return Card(
            "History", text: .lines(Array(lines.prefix(40))),
            footer: reading > 0 ? "\(words: counted(Int64(reading), "channel")) still to go." : "Nothing is being read now.")
    }

    private static func since(_ plan: HistoryPlan) -> Phrase { plan.since.map { ", from \($0, .date) on" } ?? "" }

    private static func unread(_ plan: HistoryPlan) -> [Card.Field] {
        guard !plan.unread.isEmpty else { return [] }
        let lines = plan.unread.prefix(15).map { "\($0.channel) \($0.reason)" as Phrase }
        let rest: [Phrase] = plan.unread.count > 15 ? ["and \(plan.unread.count - 15) more"] : []
        return [.init("Cannot be read (\(plan.unread.count))", .lines(lines + rest), isInline: false)]
    }
}
