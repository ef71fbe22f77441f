internal import Kit
internal import Shared

extension Events {
    static let clone = Command(
        "events.clone", "Sets up an event like another, at another time", access: .manageEvents, changes: true,
        returns: rowShape, example: "id: 1 start: saturday 20:00",
        which, start, .optional(end), .optional(title), .optional(again), .optional(channel)
    ) { turn, id, start, end, title, again, channel in
        let old = try MeetingRows.require(id, turn)
        var new = old
        new.uid = try freshUID(turn)
        new.creator = turn.asker.member
        new.state = .on
        new.trouble = nil
        new.id = 0
        new.start = try start.moment(turn.now, try read(zone: old.zone), "start").wholeSecond
        if let title { new.title = title }
        if let channel { new.channel = channel }
        try setTimes(of: &new, end, again ?? old.rule, turn)
        return try insert(new, turn)
    }
}
