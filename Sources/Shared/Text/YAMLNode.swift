/// A piece of a YAML document, and the line and column where it begins.
package struct YAMLNode: Hashable, Sendable {
    package indirect enum Content: Hashable, Sendable {
        /// A plain scalar may be a number or a yes; a quoted one is text.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([Member])
    }

    package struct Member: Hashable, Sendable {
        package let key: String
        package let line: Int
        package let column: Int
        package let value: YAMLNode

        package init(key: String, line: Int, column: Int, value: YAMLNode) {
            self.key = key
            self.line = line
            self.column = column
            self.value = value
        }
    }

    package let content: Content
    package let line: Int
    package let column: Int

    package init(content: Content, line: Int, column: Int = 1) {
        self.content = content
        self.line = line
        self.column = column
    }

    /// Nothing was written, so what is there by default stays.
    package var isEmpty: Bool {
        if case .scalar(let text, isPlain: true) = content { return text.isEmpty || text == "~" || text == "null" }
        return false
    }

    /// What was given, for a complaint that quotes it.
    package var quoted: String {
        switch content {
        case .scalar(let text, _): "\"\(text.count > 60 ? text.prefix(60) + "…" : text)\""
        case .sequence: "a list"
        case .mapping: "a group of keys"
        }
    }
}
