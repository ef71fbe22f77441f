internal import Kit
internal import Shared

extension Events {
    /// What could not be announced, opened or kept in step is told before it fails, with what to do.
    static func check(_ meeting: Meeting, _ turn: Turn) throws {
        try checkPlaces(meeting, turn)
        if let name = meeting.template { _ = try turn.requireTemplate(named: name, field: "template") }
        if turn[space] != .none { try checkMayOpen(turn[space], turn[access], meeting, turn) }
        if turn[native] { try checkOwn(.createEvents, in: meeting.channel, meeting, "to keep Discord's own event", turn) }
        if turn[reactions] {
            try checkOwn([.addReactions, .readMessageHistory], in: meeting.channel, meeting, "to react there", turn)
        }
        if let role = meeting.role, !turn.house.directory.roles(in: meeting.guild).contains(where: { $0.id == role }) {
            throw Refusal.invalid(
                "That role is not one of this server's.", field: "role", hint: "Name another, or take it away with role: none.")
        }
    }

    /// Events that cannot be announced or opened any more, and why.
    static let checkup = CheckupReading { turn in
        try MeetingRows.all(of: try turn.requireGuild(), in: turn.store).compactMap { meeting -> Symptom? in
            do { try check(meeting, turn) } catch {
                guard let refusal = error as? Refusal else { throw error }
                return symptom(of: meeting, refusal)
            }
            return nil
        }
    }

    /// What is missing is taken out of the event; what is forbidden only Discord's settings mend.
    private static func symptom(of meeting: Meeting, _ refusal: Refusal) -> Symptom {
        let id: [(key: String, value: JSON)] = [("id", .string(meeting.key))]
        let run: Invocation? =
            switch (refusal.kind, refusal.field) {
            case (.forbidden, _): nil
            case (_, let field?) where ["voice", "role", "template", "place"].contains(field):
                Invocation(command: "events.edit", arguments: .object(JSON.Object(id + [(field, "none")])))
            default: Invocation(command: "events.archive", arguments: .object(JSON.Object(id)))
            }
        return Symptom(
            "event.\(meeting.id)", .bad, "Event \(meeting.id), \(meeting.title): \(refusal.sentence)",
            fix: run == nil ? refusal.hint ?? "" : "Change it with events edit, or run:", run: run)
    }

    static func checkPlaces(_ meeting: Meeting, _ turn: Turn) throws(Refusal) {
        let channels = turn.house.directory.channels(in: meeting.guild)
        guard let channel = channels.first(where: { $0.id == meeting.channel }), channel.holdsMessages else {
            throw .invalid(
                "An event is announced in a text channel of this server.", field: "channel",
                hint: "Name one, such as channel: #events.")
        }
        if let voice = meeting.voice, channels.first(where: { $0.id == voice })?.isVoice != true {
            throw .invalid("voice is a voice channel or a stage of this server.", field: "voice")
        }
        if meeting.voice != nil, meeting.place != nil {
            throw .invalid("It takes place in a voice channel or elsewhere, not both.", field: "place")
        }
        try checkOwn(
            [.viewChannel, channel.isThread ? .sendMessagesInThreads : .sendMessages, .embedLinks], in: meeting.channel,
            meeting,
            "to announce it", turn)
    }

    static func checkOwn(
        _ needed: Permissions, in channel: ID<Channel>, _ meeting: Meeting, _ purpose: String, _ turn: Turn
    ) throws(Refusal) {
        guard let own = turn.house.directory.ownPermissions(in: channel, of: meeting.guild), !own.isSuperset(of: needed),
            !own.contains(.administrator)
        else { return }
        let name = turn.house.directory.name(of: channel).map { "#" + $0 } ?? "that channel"
        throw Refusal(
            .forbidden, "I lack a permission in \(name) \(purpose): \(needed.subtracting(own).spelled).",
            hint: "Grant it to the bot's role in the server's or the channel's settings.", field: "channel")
    }

    /// Other events that come at the same time in the same place.
    static func clashes(of meeting: Meeting, _ turn: Turn) throws -> [(other: Meeting, at: Instant)] {
        let own = try meeting.comingTimes(10, turn)
        return try MeetingRows.all(of: meeting.guild, in: turn.store).compactMap { other in
            let isSamePlace =
                meeting.voice.map { $0 == other.voice }
                ?? (meeting.place == nil && other.voice == nil
                    && meeting.channel == other.channel && other.place == nil)
            guard other.id != meeting.id, isSamePlace else { return nil }
            let theirs = try other.comingTimes(10, turn)
            let first = own.first { mine in
                theirs.contains { $0.starts < mine.starts + meeting.length && mine.starts < $0.starts + other.length }
            }
            return first.map { (other, $0.starts) }
        }
    }
}
