import Calls
import Kit
import Shared

extension ChannelDeed {
    func request(_ channel: ID<Channel>) -> RESTRequest {
        switch self {
        case .edit(let edits):
            var body = JSON.Object()
            for edit in edits { body[edit.field.key] = edit.field.value }
            return RESTRequest(.channel(.patch, channel), body: .object(body))
        case .delete: return RESTRequest(.channel(.delete, channel))
        case .permit(let overwrite):
            guard case .object(var body) = overwrite.json else {
                return RESTRequest(.overwrite(.put, channel, overwrite.target))
            }
            body["id"] = nil
            return RESTRequest(.overwrite(.put, channel, overwrite.target), body: .object(body))
        case .unpermit(let target): return RESTRequest(.overwrite(.delete, channel, target))
        case .admit(let member): return RESTRequest(.threadMember(.put, channel, member))
        case .dismiss(let member): return RESTRequest(.threadMember(.delete, channel, member))
        }
    }
}

extension ChannelEdit {
    fileprivate var field: (key: String, value: JSON) {
        switch self {
        case .name(let name): ("name", .clipped(name, 100))
        case .topic(let topic): ("topic", .string(topic))
        case .parent(let parent): ("parent_id", parent.map { .id($0) } ?? .null)
        case .slow(let seconds): ("rate_limit_per_user", .int(Int64(seconds)))
        case .position(let position): ("position", .int(Int64(position)))
        case .overwrites(let overwrites): ("permission_overwrites", .array(overwrites.map(\.json)))
        case .archived(let archived): ("archived", .bool(archived))
        case .locked(let locked): ("locked", .bool(locked))
        case .archiveMinutes(let minutes): ("auto_archive_duration", .int(Int64(minutes)))
        case .tags(let tags): ("applied_tags", .array(tags.map { .id($0) }))
        }
    }
}

extension [RoleEdit] {
    var body: JSON.Object {
        var body = JSON.Object()
        for edit in self {
            switch edit {
            case .name(let name): body["name"] = .string(name)
            case .permissions(let permissions): body["permissions"] = .string(String(permissions.rawValue))
            case .colour(let colour): body["colors"] = ["primary_color": .int(Int64(colour))]
            case .hoisted(let hoisted): body["hoist"] = .bool(hoisted)
            case .mentionable(let mentionable): body["mentionable"] = .bool(mentionable)
            }
        }
        return body
    }
}

extension EventPlan {
    var body: JSON {
        var body = JSON.Object([
            ("name", .string(name)), ("privacy_level", 2), ("scheduled_start_time", .string(start.rfc3339)),
        ])
        if !text.isEmpty { body["description"] = .string(text) }
        if let end { body["scheduled_end_time"] = .string(end.rfc3339) }
        venue.write(to: &body, isNew: true)
        if let rhythm { body["recurrence_rule"] = rhythm.json(from: start) }
        return .object(body)
    }
}

extension EventVenue {
    /// A new event says only what it has; of one that is there, what is no longer so is said too.
    fileprivate func write(to body: inout JSON.Object, isNew: Bool) {
        switch self {
        case .stage(let channel), .voice(let channel):
            if case .stage = self { body["entity_type"] = 1 } else { body["entity_type"] = 2 }
            body["channel_id"] = .id(channel)
            if !isNew { body["entity_metadata"] = .null }
        case .elsewhere(let place):
            body["entity_type"] = 3
            body["entity_metadata"] = ["location": .string(place)]
            if !isNew { body["channel_id"] = .null }
        }
    }
}

extension EventRhythm {
    fileprivate func json(from start: Instant) -> JSON {
        var rule = JSON.Object([("start", .string(start.rfc3339)), ("interval", 1)])
        switch self {
        case .daily: rule["frequency"] = 3
        case .weekdays(let days): (rule["frequency"], rule["by_weekday"]) = (3, .array(days.map { .int(Int64($0)) }))
        case .weekly(let day, let every):
            (rule["frequency"], rule["interval"], rule["by_weekday"]) = (2, .int(Int64(every)), [.int(Int64(day))])
        case .monthly(let nth, let day):
            (rule["frequency"], rule["by_n_weekday"]) = (1, [["n": .int(Int64(nth)), "day": .int(Int64(day))]])
        case .yearly(let month, let day):
            rule["frequency"] = 0
            (rule["by_month"], rule["by_month_day"]) = ([.int(Int64(month))], [.int(Int64(day))])
        }
        return .object(rule)
    }
}

extension [EventEdit] {
    var body: JSON {
        var body = JSON.Object()
        let start = lazy.compactMap { if case .start(let start) = $0 { start } else { nil } }.first
        for edit in self {
            switch edit {
            case .name(let name): body["name"] = .string(name)
            case .text(let text): body["description"] = .string(text)
            case .start(let start): body["scheduled_start_time"] = .string(start.rfc3339)
            case .end(let end): body["scheduled_end_time"] = end.map { .string($0.rfc3339) } ?? .null
            case .venue(let venue): venue.write(to: &body, isNew: false)
            case .rhythm(let rhythm):
                body["recurrence_rule"] = rhythm.map { $0.json(from: start ?? Instant(milliseconds: 0)) } ?? .null
            case .status(let status): body["status"] = .int(Int64(status.rawValue))
            }
        }
        return .object(body)
    }
}
