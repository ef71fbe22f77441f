import Shared

/// The limits of embeds.
enum EmbedRules {
    static func check(_ embeds: [JSON], _ form: inout Form) {
        if embeds.count > 10 { form.note("embeds", code: "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.") }
        var total = 0
        for (index, embed) in embeds.enumerated() {
            let at = ["embeds", String(index)]
            form.length(embed["title"], at + ["title"], 0...256)
            form.length(embed["description"], at + ["description"], 0...4096)
            form.length(embed["footer"]?["text"], at + ["footer", "text"], 0...2048)
            form.length(embed["author"]?["name"], at + ["author", "name"], 0...256)
            for address in [
                ("url", embed["url"]), ("image", embed["image"]?["url"]), ("thumbnail", embed["thumbnail"]?["url"]),
            ] {
                form.length(address.1, at + [address.0], 0...2048)
                if let text = address.1?.text, !["http://", "https://", "attachment://"].contains(where: text.hasPrefix) {
                    form.note(at + [address.0], code: "URL_TYPE_INVALID_URL", "Not a well formed URL.")
                }
            }
            if let stamp = embed["timestamp"]?.text, Instant(rfc3339: stamp) == nil {
                form.note(at + ["timestamp"], code: "DATE_TIME_TYPE_PARSE", "Could not parse \(stamp). Should be ISO8601.")
            }
            form.number(embed["color"], at + ["color"], 0...0xFF_FFFF)
            let fields = embed["fields"]?.array ?? []
            if fields.count > 25 { form.note(at + ["fields"], code: "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.") }
            for (number, field) in fields.enumerated() {
                let place = at + ["fields", String(number)]
                form.length(field["name"] ?? "", place + ["name"], 1...256)
                form.length(field["value"] ?? "", place + ["value"], 1...1024)
                total += size(field["name"]) + size(field["value"])
            }
            total +=
                size(embed["title"]) + size(embed["description"]) + size(embed["footer"]?["text"])
                + size(embed["author"]?["name"])
        }
        if total > 6000 {
            form.note("embeds", code: "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")
        }
    }

    private static func size(_ value: JSON?) -> Int { value?.text?.unicodeScalars.count ?? 0 }
}
