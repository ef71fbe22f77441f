internal import Kit
internal import Shared

extension Tickets {
    static let staff = Setting(
        "tickets.staff", .optional(.role("role", "Whose holders answer tickets, beside those who may Time Out Members")),
        standard: nil
    ) { $0.map { .id($0) } ?? .null }
    static let category = Setting(
        "tickets.category", .optional(.channel("category", "Under which category tickets are opened that say no other")),
        standard: nil
    ) { $0.map { .id($0) } ?? .null }
    static let logChannel = Setting(
        "tickets.log", .optional(.channel("channel", "Where it is told what becomes of tickets")), standard: nil
    ) { $0.map { .id($0) } ?? .null }
    static let callsStaff = Setting(
        "tickets.call_staff", .yesNo("yes", "Whether the staff's role is mentioned in each new ticket"), standard: false
    ) { .bool($0) }
    static let limit = Setting(
        "tickets.limit", .whole("count", "How many tickets a member may have open at a time", 1...50), standard: 2
    ) { .int(Int64($0)) }
    static let suggests = Setting(
        "tickets.suggest", .yesNo("yes", "Whether known answers are shown before a ticket is opened"), standard: true
    ) { .bool($0) }
    static let greeting = Setting(
        "tickets.greeting", .template("text", "What a new ticket begins with", places: places, longest: 1500),
        standard: standardGreeting
    ) { .string($0.text) }
    static let naming = Setting(
        "tickets.name", .template("name", "What a ticket's channel is called", places: namePlaces, longest: 80),
        standard: standardName
    ) { .string($0.text) }

    // MARK: - Time

    static let hours = Setting(
        "tickets.hours", .workingHours("hours", "When staff are there, such as mon-fri 09:00-17:00, or always"),
        standard: "always"
    ) { .string($0) }
    static let holidays = Setting(
        "tickets.holidays", .holidays("days", "Days on which they are not, such as 12-25, 2026-04-06, or none"),
        standard: "none"
    ) { .string($0) }
    static let answerTarget = Setting(
        "tickets.first_response",
        .duration("time", "Working time within which staff answer first; 0 for no target", .zero...30.days, bare: .hours),
        standard: 8.hours
    ) { .string($0.exactly) }
    static let ageTarget = Setting(
        "tickets.age",
        .duration("time", "Working time within which a ticket is closed; 0 for no target", .zero...365.days, bare: .hours),
        standard: .zero
    ) { .string($0.exactly) }
    static let closesIdle = Setting(
        "tickets.close_after",
        .duration(
            "time", "How long after the staff's last word a ticket is closed if the member is silent; 0 for never",
            .zero...90.days, bare: .hours), standard: .zero
    ) { .string($0.exactly) }
    static let closesEmpty = Setting(
        "tickets.close_empty",
        .duration(
            "time", "How long after its opening a ticket is closed in which the member never wrote; 0 for never",
            .zero...90.days, bare: .hours), standard: .zero
    ) { .string($0.exactly) }
    static let warning = Setting(
        "tickets.warning",
        .duration("time", "How long before that the member is warned", 5.minutes...14.days, bare: .hours), standard: 24.hours
    ) { .string($0.exactly) }
    static let deletesAfter = Setting(
        "tickets.delete_after",
        .duration(
            "time", "How long after its closing a ticket's channel is deleted; 0 for never", .zero...90.days, bare: .hours),
        standard: .zero
    ) { .string($0.exactly) }

    // MARK: - Endings

    static let wantsReason = Setting(
        "tickets.reason", .yesNo("yes", "Whether a ticket is closed only with a reason"), standard: true
    ) { .bool($0) }
    static let rates = Setting(
        "tickets.rating", .yesNo("yes", "Whether members are asked how they were helped"), standard: true
    ) { .bool($0) }
    static let summaries = Setting(
        "tickets.summary", .oneOf("way", "How a closed ticket is summed up: none, extract or model", default: nil),
        standard: SummaryWay.extract
    ) { .string($0.rawValue) }
    static let inquiries = Setting(
        "tickets.inquiries", .whole("count", "How many summaries a day the language model is asked for", 0...1000), standard: 50
    ) { .int(Int64($0)) }
    static let memberReads = Setting(
        "tickets.member_transcript", .yesNo("yes", "Whether members get the transcripts of their own tickets"), standard: true
    ) { .bool($0) }
    static let retention = Setting(
        "tickets.keep",
        .duration("time", "How long the words of closed tickets are kept", 1.days...3650.days, bare: .days), standard: 365.days
    ) { .string($0.exactly) }

    static let settings: [AnySetting] = [
        staff.erased, category.erased, logChannel.erased, callsStaff.erased, limit.erased, suggests.erased, greeting.erased,
        naming.erased, hours.erased, holidays.erased, answerTarget.erased, ageTarget.erased, closesIdle.erased,
        closesEmpty.erased, warning.erased, deletesAfter.erased, wantsReason.erased, rates.erased, summaries.erased,
        inquiries.erased, memberReads.erased, retention.erased,
    ]

    static let places: [Template.Place] = [
        .init("member", "Who asks"), .init("number", "The ticket's number"), .init("kind", "What kind of ticket it is"),
        .init("server", "The server's name"), .init("hours", "When staff are there"),
    ]
    static let namePlaces: [Template.Place] = [
        .init("number", "The ticket's number, four digits long"), .init("member", "Who asks"), .init("kind", "Its kind"),
    ]

    /// Written here, so they can be read.
    private static let standardGreeting =
        (try? Template(
            "{member}, thank you for writing. Somebody will be with you as soon as they can; tell us more while you wait.",
            places: places, field: "text")) ?? .empty
    private static let standardName = (try? Template("ticket-{number}-{member}", places: namePlaces, field: "name")) ?? .empty
}

enum SummaryWay: String, CaseIterable, Sendable { case none, extract, model }

extension Turn {
    /// When staff are there, as it is set here.
    var workingHours: WorkingHours { WorkingHours(self[Tickets.hours], holidays: self[Tickets.holidays]) ?? .always }
}
