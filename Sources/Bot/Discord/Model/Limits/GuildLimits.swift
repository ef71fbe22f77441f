import Shared

/// What channels, threads, roles and invitations may be called and set to.
enum GuildLimits {
    private static let archiveMinutes: Set<Int64> = [60, 1_440, 4_320, 10_080]

    static func channel(_ body: JSON, isNew: Bool, _ check: inout BodyCheck) {
        if isNew || body["name"] != nil { check.needed(body["name"], "name", 1...100) }
        check.text(body["topic"], "topic", 0...(body["type"]?.int == 15 ? 4_096 : 1_024))
        check.number(body["rate_limit_per_user"], "rate_limit_per_user", 0...21_600)
        check.one(of: archiveMinutes, body["auto_archive_duration"], "auto_archive_duration")
        check.count(body["permission_overwrites"]?.array?.count ?? 0, "permission_overwrites", 0...100)
        check.count(body["applied_tags"]?.array?.count ?? 0, "applied_tags", 0...5)
    }

    static func thread(_ body: JSON, hasFiles: Bool, _ check: inout BodyCheck) {
        check.needed(body["name"], "name", 1...100)
        check.one(of: archiveMinutes, body["auto_archive_duration"], "auto_archive_duration")
        check.one(of: [10, 11, 12], body["type"], "type")
        check.count(body["applied_tags"]?.array?.count ?? 0, "applied_tags", 0...5)
        if let message = body["message"] {
            MessageLimits.check(message, at: "message.", isNew: true, hasFiles: hasFiles, &check)
        }
    }

    static func member(_ body: JSON, _ now: Instant, _ check: inout BodyCheck) {
        check.text(body["nick"], "nick", 0...32)
        let until = body["communication_disabled_until"]?.text.flatMap { Instant(rfc3339: $0) }
        if let until, until > now + 28.days { check.note("communication_disabled_until", "at most 28 days ahead") }
    }

    static func role(_ body: JSON, _ check: inout BodyCheck) {
        check.text(body["name"], "name", 1...100)
        check.number(body["colors"]?["primary_color"], "colors.primary_color", 0...0xFF_FFFF)
    }

    static func invite(_ body: JSON, _ check: inout BodyCheck) {
        check.number(body["max_age"], "max_age", 0...604_800)
        check.number(body["max_uses"], "max_uses", 0...100)
    }
}

/// What an event in Discord's calendar may be.
enum EventLimits {
    static func check(_ body: JSON, isNew: Bool, _ check: inout BodyCheck) {
        if isNew || body["name"] != nil { check.needed(body["name"], "name", 1...100) }
        check.text(body["description"], "description", 0...1_000)
        if let metadata = body["entity_metadata"], !metadata.isNull {
            check.needed(metadata["location"], "entity_metadata.location", 1...100)
        }
        if isNew, body["entity_type"]?.int == 3, body["scheduled_end_time"] == nil {
            check.note("scheduled_end_time", "an event that is elsewhere needs an end")
        }
        if let start = moment(body["scheduled_start_time"]), let end = moment(body["scheduled_end_time"]), end <= start {
            check.note("scheduled_end_time", "is not after the start")
        }
        if let rule = body["recurrence_rule"], !rule.isNull { self.rule(rule, &check) }
    }

    private static func moment(_ value: JSON?) -> Instant? { value?.text.flatMap { Instant(rfc3339: $0) } }

    /// The few forms that Discord knows.
    private static func rule(_ rule: JSON, _ check: inout BodyCheck) {
        let days = rule["by_weekday"]?.array?.compactMap(\.int)
        let sets: [Set<Int64>] = [[0, 1, 2, 3, 4], [1, 2, 3, 4, 5], [6, 0, 1, 2, 3], [4, 5], [5, 6], [6, 0]]
        let interval = rule["interval"]?.int ?? 0
        let isKnown: Bool =
            switch rule["frequency"]?.int {
            case 3: interval == 1 && (days.map { sets.contains(Set($0)) && Set($0).count == $0.count } ?? true)
            case 2: (1...2).contains(interval) && days.map { $0.count == 1 && (0...6).contains($0[0]) } ?? false
            case 1:
                interval == 1 && rule["by_n_weekday"]?.array?.count == 1
                    && (1...5).contains(rule["by_n_weekday"]?[0]?["n"]?.int ?? 0)
                    && (0...6).contains(rule["by_n_weekday"]?[0]?["day"]?.int ?? 9)
            case 0:
                interval == 1 && (1...12).contains(rule["by_month"]?[0]?.int ?? 0)
                    && (1...31).contains(rule["by_month_day"]?[0]?.int ?? 0)
            default: false
            }
        if !isKnown { check.note("recurrence_rule", "Discord knows no such rhythm") }
    }
}
