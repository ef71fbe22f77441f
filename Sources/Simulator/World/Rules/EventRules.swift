import Shared

/// The limits of a scheduled event.
enum EventRules {
    static func check(_ body: JSON, isNew: Bool, now: Instant, _ form: inout Form) {
        if isNew || body["name"] != nil { form.length(body["name"] ?? "", ["name"], 1...100) }
        form.length(body["description"], ["description"], 0...1000)
        if let place = body["entity_metadata"], !place.isNull {
            form.length(place["location"] ?? "", ["entity_metadata", "location"], 1...100)
        }
        if isNew {
            if body["privacy_level"]?.int != 2 {
                form.note("privacy_level", code: "BASE_TYPE_CHOICES", "Value must be one of (2,).")
            }
            if ![1, 2, 3].contains(body["entity_type"]?.int) {
                form.note("entity_type", code: "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3).")
            }
        }
        for field in ["scheduled_start_time", "scheduled_end_time"] {
            guard let value = body[field], !value.isNull else { continue }
            guard let moment = value.text.flatMap({ Instant(rfc3339: $0) }) else {
                form.note(field, code: "DATE_TIME_TYPE_PARSE", "Could not parse \(value.line). Should be ISO8601.")
                continue
            }
            if moment <= now {
                form.note(field, code: "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", "Cannot schedule event in the past.")
            }
        }
        if isNew, body["scheduled_start_time"]?.text == nil {
            form.note("scheduled_start_time", code: "BASE_TYPE_REQUIRED", "This field is required")
        }
        if let rule = body["recurrence_rule"], !rule.isNull, !isKnown(rule) {
            form.note("recurrence_rule", code: "GUILD_SCHEDULED_EVENT_RECURRENCE_INVALID", "This recurrence is not supported.")
        }
    }

    /// Daily, some sets of weekdays, weekly, monthly by weekday, yearly: nothing else.
    private static func isKnown(_ rule: JSON) -> Bool {
        guard rule["start"]?.text.flatMap({ Instant(rfc3339: $0) }) != nil, rule["end"] == nil, rule["count"] == nil,
            rule["by_year_day"] == nil
        else { return false }
        let days = rule["by_weekday"]?.array?.compactMap(\.int)
        let interval = rule["interval"]?.int
        let given = ["by_weekday", "by_n_weekday", "by_month"].filter { rule[$0] != nil }
        switch rule["frequency"]?.int {
        case 3:
            let sets: [[Int64]] = [[0, 1, 2, 3, 4], [1, 2, 3, 4, 5], [0, 1, 2, 3, 6], [4, 5], [5, 6], [0, 6]]
            return interval == 1 && (given == [] || given == ["by_weekday"] && sets.contains(days?.sorted() ?? []))
        case 2: return given == ["by_weekday"] && days?.count == 1 && (interval == 1 || interval == 2)
        case 1: return given == ["by_n_weekday"] && rule["by_n_weekday"]?.array?.count == 1 && interval == 1
        case 0:
            return given == ["by_month"] && rule["by_month"]?.array?.count == 1 && rule["by_month_day"]?.array?.count == 1
                && interval == 1
        default: return false
        }
    }
}
