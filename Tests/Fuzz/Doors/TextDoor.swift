import Discord
import Kit
import Machine
import Shared

extension Door {
    /// What somebody wrote, through everything that shows it: cells are exact, nothing commands a terminal, a message keeps to
    /// Discord's limits and pings nobody, and what is hidden from a log stays hidden.
    static let text = Door("text", longest: 1 << 12) { bytes in
        var choices = Choices(bytes)
        let width = choices.next() % 120 + 2
        let text = choices.restText
        try expect(!text.inert.unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }, "controls")
        for policy in WidthPolicy.allCases {
            let fitted = text.cells(policy).fitted(to: width)
            try expect(fitted.width == width, "\(fitted.width) cells instead of \(width) by \(policy)")
            let lines = text.wrapped(to: width, policy)
            try expect(lines.allSatisfy { $0.cells(policy).width <= width }, "a line is wider than \(width) by \(policy)")
        }
        let quoted = Phrase("\(text)")
        let framed = Card(
            quoted, text: "\(strong: text) \(quoted)", fields: Array(repeating: Card.Field(quoted, "\(code: text)"), count: 30),
            footer: quoted, buttons: [Button(text, runs: "a.b")])
        for card in [Card(text: quoted), framed] { try check(MessageBody.new(card, mentions: .nobody)) }
        let redaction = Redaction()
        let hidden = redaction.redacted(text)
        try expect(redaction.redacted(hidden) == hidden, "a second look hides more")
    }

    private static func check(_ body: JSON.Object) throws {
        func fits(_ value: JSON?, _ limit: Int, _ name: String) throws {
            let count = value?.text?.unicodeScalars.count ?? 0
            try expect(count <= limit, "\(name) has \(count) characters")
        }
        try fits(body["content"], 2000, "content")
        let embed = body["embeds"]?.array?.first
        try fits(embed?["title"], 256, "title")
        try fits(embed?["description"], 4096, "description")
        try fits(embed?["footer"]?["text"], 2048, "footer")
        for field in embed?["fields"]?.array ?? [] {
            try fits(field["name"], 256, "a field's name")
            try fits(field["value"], 1024, "a field's value")
        }
        let mentions = body["allowed_mentions"]
        try expect(mentions?["parse"] == [] && mentions?["users"] == nil && mentions?["roles"] == nil, "somebody is pinged")
    }
}
