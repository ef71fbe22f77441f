internal import Kit
internal import Shared

extension Events {
    static let export = Command(
        "events.export", "A calendar file (.ics) of one event, or of all that are coming", changes: false,
        returns: .record(["name": .text, "count": .whole, "calendar": .text]), example: "1",
        .optional(which)
    ) { turn, id in
        let meetings =
            try id.map { [try MeetingRows.require($0, turn)] }
            ?? MeetingRows.all(of: try turn.requireGuild(), in: turn.store)
        let bytes = try CalendarWriting.bytes(of: meetings, turn)
        let name = id == nil ? "events.ics" : "event-\(meetings.first?.key ?? "").ics"
        return Reply(
            .file(name: name, bytes: bytes), EventText.exported(meetings.count),
            data: [
                "name": .string(name), "count": .int(Int64(meetings.count)),
                "calendar": .string(String(decoding: bytes, as: UTF8.self)),
            ])
    }
}
