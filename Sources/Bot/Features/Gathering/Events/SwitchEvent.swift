internal import Kit
internal import Shared

extension Events {
    static let cancel = switching(
        to: .cancelled, "events.cancel", "Cancels an event and tells those who were going", also: [])
    static let uncancel = switching(
        to: .on, "events.uncancel", "Lets a cancelled event take place after all", also: [])
    static let archive = switching(
        to: .archived, "events.archive", "Takes an event off the lists; restore brings it back", also: ["archive_event"])
    static let restore = switching(
        to: .on, "events.restore", "Brings back an event that was archived", also: [])

    private static func switching(
        to state: Meeting.State, _ name: String, _ summary: String, also: [String]
    ) -> Command {
        Command(
            name, summary, access: .manageEvents, also: also, changes: true, returns: rowShape, example: "1",
            which
        ) { turn, id in
            let old = try MeetingRows.require(id, turn)
            try turn.require(version: old.version)
            guard old.state != state else { return .done(try EventText.switched(old), data: try row(of: old, turn)) }
            var new = old
            new.state = state
            new.trouble = nil
            try MeetingRows.update(new, in: turn.store)
            if state == .on { try reopen(new, turn) } else { try halt(new, turn) }
            turn.change("state of \(new.subject)", from: .string(old.state.rawValue), to: .string(state.rawValue))
            let written = try MeetingRows.find(new.id, in: turn.store) ?? new
            return .done(
                try EventText.switched(written), data: try row(of: written, turn),
                undo: Invocation(command: undo(to: old.state), arguments: ["id": .string(new.key)]))
        }
    }

    private static func undo(to state: Meeting.State) -> String {
        switch state {
        case .on: "events.restore"
        case .cancelled: "events.cancel"
        case .archived: "events.archive"
        }
    }

    /// Nothing of it happens by itself any more. Those who were going to a cancelled one hear of it.
    private static func halt(_ meeting: Meeting, _ turn: Turn) throws {
        cancelAll(meeting, turn)
        guard var one = try OccurrenceRows.live(meeting.id, in: turn.store) else { return }
        try cancelNative(one, turn)
        one = try OccurrenceRows.find(one.key, in: turn.store) ?? one
        one.state = .cancelled
        try OccurrenceRows.write(one, in: turn.store)
        try redraw(one, of: meeting, turn)
        closeSpace(one, turn)
        if meeting.state == .cancelled { try tellCalledOff(one, meeting, turn) }
    }

    /// Those who were going, or waited for a seat, hear that it does not take place.
    static func tellCalledOff(_ one: Occurrence, _ meeting: Meeting, _ turn: Turn) throws {
        let sheet = try AnswerSheet(one, turn)
        let decliners = try turn.decliners(of: .pings)
        let told = (sheet.going + sheet.waiting).filter { !decliners.contains($0.number) }
        guard !told.isEmpty else { return }
        turn.touch(members: told.count)
        try mention(told, in: one.channel, turn) { EventText.calledOff(one, meeting, $0) }
    }

    /// The occurrence that was announced is announced again with the answers that it had, while it is still to come.
    private static func reopen(_ meeting: Meeting, _ turn: Turn) throws {
        let called = try OccurrenceRows.all(of: meeting.id, in: turn.store).first {
            $0.state == .cancelled && $0.ends > turn.now
        }
        guard var one = called else {
            try openNext(meeting, turn)
            return
        }
        one.state = .open
        one.space = nil
        one.spaceKind = nil
        try OccurrenceRows.write(one, in: turn.store)
        if one.message == nil { try announce(one, of: meeting, turn) } else { try redraw(one, of: meeting, turn) }
        try keepNative(one, of: meeting, turn)
        try scheduleAll(one, of: meeting, turn)
    }
}
