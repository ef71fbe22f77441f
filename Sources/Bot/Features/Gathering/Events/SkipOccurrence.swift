internal import Kit
internal import Shared

extension Events {
    static let skip = Command(
        "events.skip", "Leaves one time of an event out and tells those who were going", access: .manageEvents, changes: true,
        returns: rowShape,
        example: "id: 1 on: friday",
        which, on
    ) { turn, id, on in
        let (meeting, time) = try coming(id, on, turn)
        guard meeting.rule != nil else {
            throw Refusal.conflict("\(meeting.title) comes only once.", hint: "Cancel it with events cancel \(meeting.key).")
        }
        return try except(time, of: meeting, to: nil, undo: "events.keep", turn) { EventText.skipped(meeting, time) }
    }

    static let move = Command(
        "events.move", "Moves one time of an event; the others stay", access: .manageEvents, changes: true, returns: rowShape,
        example: "id: 1 on: friday to: saturday 20:00",
        which, on, .written("to", "When it comes instead")
    ) { turn, id, on, to in
        let (meeting, time) = try coming(id, on, turn)
        let starts = try to.moment(turn.now, try read(zone: meeting.zone), "to").wholeSecond
        guard starts > turn.now else { throw Refusal.invalid("That is over.", field: "to") }
        let others = try meeting.comingTimes(50, turn).filter { $0.at != time.at }
        if others.contains(where: { $0.starts < starts + meeting.length && starts < $0.starts + meeting.length }) {
            throw Refusal.conflict("\(meeting.title) comes then anyway.", hint: "Leave this time out with events skip instead.")
        }
        return try except(time, of: meeting, to: starts, undo: "events.keep", turn) { EventText.moved(meeting, time, starts) }
    }

    static let keep = Command(
        "events.keep", "Lets a time of an event that was left out or moved come as its rule says", access: .manageEvents,
        changes: true, returns: rowShape, example: "id: 1 on: 2026-12-24 18:00",
        which, on
    ) { turn, id, on in
        let meeting = try MeetingRows.require(id, turn)
        let zone = try read(zone: meeting.zone)
        let moment = try on.moment(turn.now, zone, "on")
        let known = try OccurrenceRows.all(of: meeting.id, in: turn.store).filter {
            $0.state == .skipped || $0.starts != $0.at && $0.state != .over
        }
        let found =
            known.first { $0.at == moment || $0.starts == moment }
            ?? known.first { zone.day(of: $0.at) == zone.day(of: moment) }
        guard let found, found.at > turn.now else {
            throw Refusal(.notFound, "No time of \(meeting.title) then was left out or moved.", field: "on")
        }
        let time = ComingTime(at: found.at, starts: found.at)
        let wasSkipped = found.state == .skipped
        let undo: JSON = [
            "id": .string(meeting.key), "on": .string(found.at.rfc3339), "to": .string(found.starts.rfc3339),
        ]
        let reply = try except(time, of: meeting, to: found.at, undo: "events.skip", turn) { EventText.kept(meeting, time) }
        guard !wasSkipped else { return reply }
        return Reply(.done, reply.card, data: reply.data, undo: Invocation(command: "events.move", arguments: undo))
    }

    private static func coming(_ id: String, _ on: WrittenTime, _ turn: Turn) throws -> (Meeting, ComingTime) {
        let meeting = try MeetingRows.require(id, turn)
        guard meeting.state == .on else { throw Refusal.conflict("\(meeting.title) is \(meeting.state.rawValue).") }
        let moment = try on.moment(turn.now, try read(zone: meeting.zone), "on")
        return (meeting, try meeting.time(near: moment, turn))
    }

    /// Nil leaves it out. What was announced for that time goes with it, or makes room for the next one.
    private static func except(
        _ time: ComingTime, of meeting: Meeting, to starts: Instant?, undo: String, _ turn: Turn, _ card: () -> Card
    ) throws -> Reply {
        let key = Occurrence.Key(meeting: meeting.id, at: time.at)
        let known = try OccurrenceRows.find(key, in: turn.store)
        if known?.state == .running { throw Refusal.conflict("\(meeting.title) is under way.") }
        var one =
            known
            ?? Occurrence(
                meeting: meeting.id, guild: meeting.guild, at: time.at, starts: time.at, ends: time.at + meeting.length,
                state: .planned, channel: meeting.channel)
        if let starts {
            one.starts = starts
            one.ends = starts + meeting.length
            if one.state == .skipped { one.state = .planned }
        } else {
            one.state = .skipped
        }
        try OccurrenceRows.write(one, in: turn.store)
        if let known, known.starts != one.starts { try OccurrenceRows.forgetReminders(of: key, in: turn.store) }
        if one.state == .skipped, known?.state == .open { try tellCalledOff(one, meeting, turn) }
        try bringForward(one, of: meeting, turn)
        turn.change(
            "time \(time.at.rfc3339) of \(meeting.subject)", from: .string(time.starts.rfc3339),
            to: starts.map { .string($0.rfc3339) } ?? "left out")
        return .done(
            card(), data: try row(of: meeting, turn),
            undo: Invocation(command: undo, arguments: ["id": .string(meeting.key), "on": .string(time.at.rfc3339)]))
    }

    /// What is announced is the next that comes: where that has changed, another one takes its place.
    private static func bringForward(_ changed: Occurrence, of meeting: Meeting, _ turn: Turn) throws {
        if changed.state == .skipped {
            try redraw(changed, of: meeting, turn)
            if !changed.nativeRepeats { try cancelNative(changed, turn) }
            closeSpace(changed, turn)
        }
        let next = try meeting.comingTimes(1, turn).first
        if let live = try OccurrenceRows.live(meeting.id, in: turn.store) {
            if live.state == .running || live.at == next?.at {
                if live.key == changed.key { try redraw(live, of: meeting, turn) }
                try keepNative(live, of: meeting, turn)
                return try scheduleAll(live, of: meeting, turn)
            }
            try putBack(live, of: meeting, turn)
        }
        try openNext(meeting, turn)
    }

    /// It is announced again when its turn comes; who has answered has answered.
    private static func putBack(_ live: Occurrence, of meeting: Meeting, _ turn: Turn) throws {
        if let message = live.message { turn.emit(.delete(channel: .known(live.channel), message: .known(message))) }
        if !live.nativeRepeats { try cancelNative(live, turn) }
        closeSpace(live, turn)
        try OccurrenceRows.write(
            Occurrence(
                meeting: live.meeting, guild: live.guild, at: live.at, starts: live.starts, ends: live.ends, state: .planned,
                channel: live.channel), in: turn.store)
    }
}
