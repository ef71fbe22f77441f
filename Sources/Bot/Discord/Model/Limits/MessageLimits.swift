import Shared

/// What a message may hold.
enum MessageLimits {
    private static let layout: Int64 = 1 << 15
    private static let settable: Int64 = 1 << 2 | 1 << 12 | 1 << 13 | layout

    static func check(
        _ body: JSON, at path: String, isNew: Bool, hasFiles: Bool, flags more: Int64 = 0, _ check: inout BodyCheck
    ) {
        check.text(body["content"], path + "content", 0...2_000)
        check.text(body["nonce"], path + "nonce", 0...25)
        embeds(body["embeds"]?.array ?? [], path, &check)
        let flags = body["flags"]?.int ?? 0
        if flags & ~(settable | more) != 0 { check.note(path + "flags", "\(flags) cannot be set") }
        let components = body["components"]?.array ?? []
        ComponentLimits.check(components, isLayout: flags & layout != 0, path, &check)
        attachments(body["attachments"]?.array ?? [], path, &check)
        mentions(body["allowed_mentions"], path, &check)
        let isEmpty =
            (body["content"]?.text ?? "").isEmpty && (body["embeds"]?.array ?? []).isEmpty && components.isEmpty && !hasFiles
        if isNew, isEmpty { check.note(path + "content", "the message says nothing") }
        if flags & layout != 0, !(body["content"]?.text ?? "").isEmpty || !(body["embeds"]?.array ?? []).isEmpty {
            check.note(path + "content", "a layout of components has no other words")
        }
    }

    private static func attachments(_ list: [JSON], _ path: String, _ check: inout BodyCheck) {
        check.count(list.count, path + "attachments", 0...10)
        for attachment in list { check.text(attachment["description"], path + "attachments.description", 0...1_024) }
    }

    private static func mentions(_ allowed: JSON?, _ path: String, _ check: inout BodyCheck) {
        guard let allowed else { return check.note(path + "allowed_mentions", "it is not said who may be pinged") }
        let parsed = (allowed["parse"]?.array ?? []).compactMap(\.text)
        for list in ["users", "roles"] {
            let ids = allowed[list]?.array ?? []
            check.count(ids.count, path + "allowed_mentions.\(list)", 0...100)
            if Set(ids).count != ids.count { check.note(path + "allowed_mentions.\(list)", "one is named twice") }
            if !ids.isEmpty, parsed.contains(list) {
                check.note(path + "allowed_mentions.\(list)", "all of them are allowed already")
            }
        }
    }

    /// Every text of all embeds counts to one sum.
    private static func embeds(_ embeds: [JSON], _ path: String, _ check: inout BodyCheck) {
        check.count(embeds.count, path + "embeds", 0...10)
        var sum = 0
        for (index, embed) in embeds.enumerated() {
            let at = "\(path)embeds.\(index)."
            for (name, value, cap) in [
                ("title", embed["title"], 256), ("description", embed["description"], 4_096),
                ("footer", embed["footer"]?["text"], 2_048), ("author", embed["author"]?["name"], 256),
            ] {
                check.text(value, at + name, 0...cap)
                sum += Clipping.count(value?.text ?? "")
            }
            for (name, address) in [
                ("url", embed["url"]), ("image", embed["image"]?["url"]), ("thumbnail", embed["thumbnail"]?["url"]),
            ] {
                check.text(address, at + name, 0...2_048)
                if let text = address?.text, !["http://", "https://", "attachment://"].contains(where: text.hasPrefix) {
                    check.note(at + name, "is no address")
                }
            }
            check.number(embed["color"], at + "color", 0...0xFF_FFFF)
            let fields = embed["fields"]?.array ?? []
            check.count(fields.count, at + "fields", 0...25)
            for (number, field) in fields.enumerated() {
                check.needed(field["name"], at + "fields.\(number).name", 1...256)
                check.needed(field["value"], at + "fields.\(number).value", 1...1_024)
                sum += Clipping.count(field["name"]?.text ?? "") + Clipping.count(field["value"]?.text ?? "")
            }
        }
        if sum > 6_000 { check.note(path + "embeds", "\(sum) characters together, at most 6000 fit") }
    }
}

/// What an interaction may be answered with.
enum CallbackLimits {
    static func check(_ body: JSON, hasFiles: Bool, _ check: inout BodyCheck) {
        let data = body["data"] ?? .null
        switch body["type"]?.int {
        case 4: MessageLimits.check(data, at: "data.", isNew: true, hasFiles: hasFiles, flags: 64, &check)
        case 7: MessageLimits.check(data, at: "data.", isNew: false, hasFiles: hasFiles, &check)
        case 8:
            let choices = data["choices"]?.array ?? []
            check.count(choices.count, "data.choices", 0...25)
            for choice in choices {
                check.needed(choice["name"], "data.choices.name", 1...100)
                if choice["value"]?.text != nil { check.text(choice["value"], "data.choices.value", 1...100) }
            }
        case 9: ComponentLimits.checkForm(data, &check)
        case 5, 6: break
        default: check.note("type", "\(body["type"]?.line ?? "nothing") is no answer")
        }
    }
}
