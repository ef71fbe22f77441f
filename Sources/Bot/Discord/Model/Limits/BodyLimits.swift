import Calls
import Kit
package import Shared

/// What Discord would refuse of a request, known before it is sent: no 400, and a row that says which limit it was.
package enum BodyLimits {
    static let requestBytes = 25 << 20
    static let fileBytes = 10 << 20

    /// The first complaint, as "content: 2001 characters, at most 2000 fit", were it sent now.
    package static func complaint(about request: RESTRequest, at now: Instant) -> String? {
        var check = BodyCheck()
        files(request, &check)
        body(request, now, &check)
        if let reason = request.reason, !reason.isEmpty { check.text(.string(reason), "the reason", 1...512) }
        return check.complaint
    }

    private static func files(_ request: RESTRequest, _ check: inout BodyCheck) {
        guard !request.files.isEmpty else { return }
        check.count(request.files.count, "files", 0...10)
        for file in request.files {
            check.text(.string(file.name), "the file's name", 1...260)
            if file.bytes.count > fileBytes {
                check.note("the file \(file.name)", "\(file.bytes.count) bytes, at most \(fileBytes) fit")
            }
        }
        let whole = request.files.reduce(0) { $0 + $1.bytes.count }
        if whole > requestBytes - 65_536 { check.note("the files", "\(whole) bytes together, at most \(requestBytes) fit") }
    }

    private static func body(_ request: RESTRequest, _ now: Instant, _ check: inout BodyCheck) {
        let body = request.body ?? .null
        switch (request.route.method, request.route.template) {
        case (.post, "/channels/{}/messages"), (.patch, "/channels/{}/messages/{}"),
            (.patch, "/webhooks/{}/{}/messages/@original"):
            MessageLimits.check(body, at: "", isNew: request.route.method == .post, hasFiles: !request.files.isEmpty, &check)
        case (.post, "/interactions/{}/{}/callback"): CallbackLimits.check(body, hasFiles: !request.files.isEmpty, &check)
        case (.post, "/channels/{}/messages/bulk-delete"): bulk(body["messages"]?.array ?? [], now, &check)
        case (.post, "/guilds/{}/channels"), (.patch, "/channels/{}"):
            GuildLimits.channel(body, isNew: request.route.method == .post, &check)
        case (.post, "/channels/{}/threads"), (.post, "/channels/{}/messages/{}/threads"):
            GuildLimits.thread(body, hasFiles: !request.files.isEmpty, &check)
        case (.post, "/guilds/{}/roles"), (.patch, "/guilds/{}/roles/{}"): GuildLimits.role(body, &check)
        case (.post, "/guilds/{}/scheduled-events"): EventLimits.check(body, isNew: true, &check)
        case (.patch, "/guilds/{}/scheduled-events/{}"): EventLimits.check(body, isNew: false, &check)
        case (.patch, "/guilds/{}/members/{}"): GuildLimits.member(body, now, &check)
        case (.put, "/guilds/{}/bans/{}"): check.number(body["delete_message_seconds"], "delete_message_seconds", 0...604_800)
        case (.post, "/channels/{}/invites"): GuildLimits.invite(body, &check)
        case (.put, "/applications/{}/commands"), (.put, "/applications/{}/guilds/{}/commands"):
            CommandLimits.check(body.array ?? [], &check)
        default: break
        }
    }

    private static func bulk(_ messages: [JSON], _ now: Instant, _ check: inout BodyCheck) {
        check.count(messages.count, "messages", 2...100)
        if Set(messages).count != messages.count { check.note("messages", "one is named twice") }
        if messages.contains(where: { $0.id(Message.self).map { $0.created < now - 14.days } ?? false }) {
            check.note("messages", "one is older than fourteen days")
        }
    }
}

/// Gathers what is wrong with a body; the first complaint is the one that counts.
struct BodyCheck {
    private(set) var complaint: String?

    mutating func note(_ place: String, _ reason: String) {
        if complaint == nil { complaint = "\(place): \(reason)" }
    }

    /// Nothing and null are no text.
    mutating func text(_ value: JSON?, _ place: String, _ range: ClosedRange<Int>) {
        guard let value, !value.isNull else { return }
        guard let text = value.text else { return note(place, "is no text") }
        let count = Clipping.count(text)
        if count > range.upperBound { note(place, "\(count) characters, at most \(range.upperBound) fit") }
        if count < range.lowerBound {
            note(place, count == 0 ? "is empty" : "\(count) characters, at least \(range.lowerBound) are needed")
        }
    }

    /// A text that has to be there.
    mutating func needed(_ value: JSON?, _ place: String, _ range: ClosedRange<Int>) {
        text(value.flatMap { $0.isNull ? nil : $0 } ?? "", place, range)
    }

    mutating func number(_ value: JSON?, _ place: String, _ range: ClosedRange<Int64>) {
        guard let value, !value.isNull else { return }
        guard let number = value.int, range.contains(number) else {
            return note(place, "\(value.line) is not between \(range.lowerBound) and \(range.upperBound)")
        }
    }

    mutating func count(_ count: Int, _ place: String, _ range: ClosedRange<Int>) {
        if !range.contains(count) { note(place, "\(count) of them, \(range.lowerBound) to \(range.upperBound) may be") }
    }

    mutating func one(of choices: Set<Int64>, _ value: JSON?, _ place: String) {
        guard let value, !value.isNull else { return }
        if value.int.map({ !choices.contains($0) }) ?? true { note(place, "\(value.line) is none of \(choices.sorted())") }
    }
}
