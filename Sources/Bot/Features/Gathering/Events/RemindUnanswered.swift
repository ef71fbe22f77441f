internal import Kit
internal import Shared

extension Events {
    static let unanswered = Command(
        "events.unanswered", "Who has not answered an event yet, and whom a reminder would reach", access: .manageEvents,
        isPrivate: true, changes: false, returns: silentShape, example: "1",
        which, .optional(audience), .limit(50), .cursor
    ) { turn, id, role, limit, cursor in
        let (meeting, one) = try announcedEvent(id, turn)
        let silent = try Silent(one, of: meeting, among: role, turn)
        let page = silent.members.dropFirst(cursor.offset).prefix(limit)
        let next = cursor.offset + limit < silent.members.count ? Cursor(offset: cursor.offset + limit).text : nil
        return .page(
            EventText.unanswered(meeting, silent, Array(page)), data: silent.row(meeting, page, next, turn), next: next)
    }

    static let remind = Command(
        "events.remind", "Reminds those who have not answered, privately or in the channel", access: .manageEvents,
        also: ["remind_rsvp"], changes: true, returns: silentShape, example: "id: 1 by: privately",
        which, .oneOf("by", "privately, or channel: mentioned there", default: RemindingWay.privately), .optional(audience)
    ) { turn, id, way, role in
        let (meeting, one) = try announcedEvent(id, turn)
        let silent = try Silent(one, of: meeting, among: role, turn)
        guard !silent.members.isEmpty else {
            return .done(EventText.nobodySilent(meeting), data: silent.row(meeting, [], nil, turn))
        }
        turn.touch(members: silent.members.count)
        let sent = way == .channel ? try call(silent, to: one, of: meeting, turn) : try write(silent, about: one, meeting, turn)
        turn.change(
            "reminder of \(meeting.subject)", from: .null,
            to: ["reminded": .int(Int64(sent.reached)), "left_out": .int(Int64(sent.missed.count))])
        return .done(
            EventText.remindedSilent(meeting, sent, way), data: silent.row(meeting, silent.members[...], nil, turn, sent))
    }

    private static let audience: Parameter<ID<Role>> = .role("role", "Only holders of this role")

    private static func call(_ silent: Silent, to one: Occurrence, of meeting: Meeting, _ turn: Turn) throws -> Reach {
        let reach = try turn.reach(silent.members, privately: nil, orIn: one.channel)
        if reach.mentioned.isEmpty { return reach }
        try mention(reach.mentioned, in: one.channel, turn) { EventText.question(one, meeting, $0) }
        return reach
    }

    private static func write(_ silent: Silent, about one: Occurrence, _ meeting: Meeting, _ turn: Turn) throws -> Reach {
        try turn.reach(silent.members, privately: Post(EventText.question(one, meeting, [])), orIn: nil)
    }

    static func announcedEvent(_ id: String, _ turn: Turn) throws -> (Meeting, Occurrence) {
        let meeting = try MeetingRows.require(id, turn)
        guard meeting.state == .on, let one = try OccurrenceRows.live(meeting.id, in: turn.store) else {
            throw Refusal.conflict("\(meeting.title) is not announced.", hint: "Its state is in events show \(meeting.key).")
        }
        return (meeting, one)
    }

    static let silentShape = Shape.record([
        "id": .whole, "count": .whole, "rows": .list(.named), "reached": .whole,
        "missed": .list(.record(["member": .named, "reason": .text])), "next": .text,
    ])
}

/// Those who could answer and have not.
struct Silent {
    let members: [ID<Member>]

    init(_ one: Occurrence, of meeting: Meeting, among role: ID<Role>?, _ turn: Turn) throws {
        let answered = Set(try AnswerRows.all(of: one.key, in: turn.store).map(\.member))
        let wanted = role ?? meeting.role
        var found: [ID<Member>] = []
        turn.house.directory.each(in: meeting.guild) { member in
            guard !member.isBot, !answered.contains(member.id) else { return }
            if wanted.map({ member.standing.roles.contains($0.number) }) ?? true { found.append(member.id) }
        }
        members = found
    }

    func row(
        _ meeting: Meeting, _ page: ArraySlice<ID<Member>>, _ next: String?, _ turn: Turn, _ sent: Reach? = nil
    ) -> JSON {
        .fields([
            "id": .int(meeting.id), "count": .int(Int64(members.count)), "rows": .array(page.map { turn.named($0) }),
            "reached": sent.map { .int(Int64($0.reached)) },
            "missed": sent.map {
                .array($0.missed.map { ["member": turn.named($0.member), "reason": .string($0.reason)] })
            }, "next": next.map(JSON.string),
        ])
    }
}
