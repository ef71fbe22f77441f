package import Shared

/// What a page answers. Nothing of it is kept by anybody in between, shown in a frame or taken for a script.
package struct WebAnswer: Hashable, Sendable {
    package var status: Int
    package var type: String
    package var body: [UInt8]
    package var headers: [String: String] = [
        "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'",
    ]

    package init(_ status: Int, type: String, _ text: String) {
        self.status = status
        self.type = type
        body = Array(text.utf8)
    }

    package init(_ status: Int, _ json: JSON) { self.init(status, type: "application/json", json.line + "\n") }

    /// A "no", with what to do about it.
    package static func refused(
        _ status: Int, _ code: String, _ message: String, hint: String? = nil, field: String? = nil
    ) -> WebAnswer {
        WebAnswer(
            status,
            [
                "error": .fields([
                    "code": .string(code), "message": .string(message), "hint": hint.map(JSON.string),
                    "field": field.map(JSON.string),
                ])
            ])
    }
}
