internal import Kit
internal import Shared

/// An inquiry in the words of the interface that most language models are served by: chat completions.
enum Chat {
    static let path = "/chat/completions"

    static func body(_ inquiry: Inquiry, model: String) -> JSON {
        [
            "model": .string(model),
            "messages": [
                ["role": "system", "content": .string(inquiry.instruction)],
                ["role": "user", "content": .string(inquiry.text)],
            ],
            "max_tokens": .int(Int64(inquiry.longest)),
        ]
    }

    /// Nil for what is no answer, whatever else it may be.
    static func finding(in bytes: [UInt8], to inquiry: Inquiry) -> Finding? {
        guard let json = try? JSON(parsing: bytes), let said = json["choices"]?[0]?["message"]?["content"]?.text else {
            return nil
        }
        let text = trimmed(withoutThoughts(said))
        guard !text.isEmpty else { return nil }
        let told = json["usage"]?["total_tokens"]?.int.flatMap { (0...10_000_000).contains($0) ? Int($0) : nil }
        return Finding(text, tokens: told ?? estimate([inquiry.instruction, inquiry.text, said]))
    }

    /// Some models think aloud before they answer.
    private static func withoutThoughts(_ text: String) -> Substring {
        let mark = "</think>"
        guard let end = text.ranges(of: mark).last?.upperBound else { return text[...] }
        return text[end...]
    }

    /// Where the endpoint does not tell: four bytes are about one.
    private static func estimate(_ texts: [String]) -> Int { texts.reduce(0) { $0 + $1.utf8.count } / 4 + 1 }
}
