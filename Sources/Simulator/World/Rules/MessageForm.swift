import Shared

/// A message somebody wants to send, checked against every limit.
struct MessageForm {
    enum Place { case channel, interaction, edit }

    var content: String?
    var embeds: [JSON]?
    var components: [JSON]?
    var attachments: [JSON]?
    var flags: Int64?
    var mentions: AllowedMentions
    var mentionsAreStated: Bool
    var hasFiles: Bool

    private static let settable: Int64 = 1 << 2 | 1 << 12 | 1 << 13 | 1 << 15
    static let layoutFlag: Int64 = 1 << 15

    init(_ body: JSON, files: [Upload], place: Place, earlier: MessageRecord? = nil) throws(Refusal) {
        var form = Form()
        form.length(body["content"], ["content"], 0...2000)
        content = body["content"].map { $0.text ?? "" }
        embeds = body["embeds"].map { $0.array ?? [] }
        components = body["components"].map { $0.array ?? [] }
        flags = body["flags"]?.int
        hasFiles = !files.isEmpty
        EmbedRules.check(embeds ?? [], &form)
        let settable = Self.settable | (place == .interaction ? 64 : 0)
        if let flags, flags & ~settable != 0 {
            form.note("flags", code: "BASE_TYPE_INVALID", "flags \(flags) cannot be set")
        }
        let isLayout = (flags ?? 0) & Self.layoutFlag != 0 || (earlier?.flags ?? 0) & Self.layoutFlag != 0
        if isLayout {
            for field in ["content", "embeds", "poll", "sticker_ids"] {
                let value = body[field]
                if let value, !value.isNull, value != "", value != [] {
                    form.note(
                        field, code: "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                        "The '\(field)' field cannot be used when using MessageFlags.IS_COMPONENTS_V2")
                }
            }
        }
        ComponentRules.check(components ?? [], isLayout: isLayout, &form)
        mentionsAreStated = body["allowed_mentions"]?.object != nil
        mentions = AllowedMentions(body["allowed_mentions"], onlyUsers: place == .interaction, &form)
        attachments = Self.attachments(body["attachments"], files, earlier, &form)
        if let nonce = body["nonce"], !nonce.isNull, place == .channel {
            if let text = nonce.text { form.length(.string(text), ["nonce"], 0...25) }
        }
        try form.refuse()
    }

    private static func attachments(
        _ list: JSON?, _ files: [Upload], _ earlier: MessageRecord?, _ form: inout Form
    ) -> [JSON]? {
        if files.count > 10 { form.note("attachments", code: "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.") }
        var made: [JSON] = []
        let first = 1_000_000_000_000 + 10 * (earlier?.attachments.count ?? 0)
        for (index, file) in files.enumerated() {
            guard file.field == "files[\(file.field.dropFirst(6).dropLast())]", !file.name.isEmpty else {
                form.note("attachments", code: "BASE_TYPE_INVALID", "part \(file.field) is no files[n] with a filename")
                continue
            }
            made.append([
                "id": .string(String(first + index)), "filename": .string(file.name), "size": .int(Int64(file.bytes.count)),
                "content_type": .string(file.type),
                "url": .string("https://cdn.simulated/attachments/\(file.name)?ex=0&is=0&hm=0"),
                "proxy_url": .string("https://cdn.simulated/attachments/\(file.name)"),
            ])
        }
        guard let list = list?.array else { return files.isEmpty && earlier != nil ? nil : (earlier?.attachments ?? []) + made }
        for (index, entry) in list.enumerated() {
            let isNew = entry["id"]?.text.flatMap { Int($0) }.map { (0..<files.count).contains($0) } ?? false
            let isKept = earlier?.attachments.contains { $0["id"] == entry["id"] } ?? false
            if !isNew, !isKept {
                form.note(["attachments", String(index)], code: "ATTACHMENT_NOT_FOUND", "There is no such file.")
            }
            form.length(entry["description"], ["attachments", String(index), "description"], 0...1024)
            if isNew, let place = entry["id"]?.text.flatMap({ Int($0) }), made.indices.contains(place),
                var file = made[place].object
            {
                file["description"] = entry["description"]
                made[place] = .object(file)
            }
        }
        let kept = (earlier?.attachments ?? []).filter { old in list.contains { $0["id"] == old["id"] } }
        return kept + made
    }

    var isEmpty: Bool {
        (content ?? "").isEmpty && (embeds ?? []).isEmpty && (components ?? []).isEmpty && !hasFiles
            && (attachments ?? []).isEmpty
    }
}

/// Who may be pinged by a message.
struct AllowedMentions {
    var users: Set<String>?
    var roles: Set<String>?
    var everyone: Bool
    var repliedUser: Bool

    init(_ value: JSON?, onlyUsers: Bool, _ form: inout Form) {
        guard let value = value?.object.map(JSON.object) else {
            (users, roles, everyone, repliedUser) = (nil, onlyUsers ? [] : nil, !onlyUsers, true)
            return
        }
        let parse = value["parse"]?.array?.compactMap(\.text) ?? []
        for (index, kind) in parse.enumerated() where !["users", "roles", "everyone"].contains(kind) {
            form.note(
                ["allowed_mentions", "parse", String(index)], code: "BASE_TYPE_CHOICES",
                "Value must be one of ('users', 'roles', 'everyone').")
        }
        for list in ["users", "roles"] {
            let ids = value[list]?.array ?? []
            if ids.count > 100 {
                form.note("allowed_mentions", list, code: "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.")
            }
            if !ids.isEmpty, parse.contains(list) {
                form.note(
                    "allowed_mentions", code: "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                    "parse:[\"\(list)\"] and \(list): [ids...] are mutually exclusive.")
            }
        }
        users = parse.contains("users") ? nil : Set((value["users"]?.array ?? []).compactMap(\.text))
        roles = parse.contains("roles") ? nil : Set((value["roles"]?.array ?? []).compactMap(\.text))
        everyone = parse.contains("everyone")
        repliedUser = value["replied_user"]?.bool ?? false
    }

    /// Everything that the text names is pinged: how people write.
    init() { (users, roles, everyone, repliedUser) = (nil, nil, true, true) }
}
