internal import Shared

/// One key of the configuration file: where it stands, what it holds, what it means.
package struct ConfigurationKey: Sendable {
    /// "discord.token_file"
    package let path: String
    /// What it means, in lines for the file.
    package let documentation: String
    /// "one of json, logfmt"
    package let noun: String
    /// The default, as YAML.
    package let standard: String
    /// The variables that override the file; the first is the strongest.
    package let variables: [String]
    let isList: Bool
    private let put: @Sendable (YAMLNode, inout Configuration) throws(Unfit) -> Void

    init<Value>(
        _ path: String, _ place: any WritableKeyPath<Configuration, Value> & Sendable, _ kind: ConfigurationKind<Value>,
        also variable: String? = nil, _ documentation: String
    ) {
        self.path = path
        self.documentation = documentation
        noun = kind.noun
        isList = kind.isList
        standard = kind.write(Configuration()[keyPath: place])
        let own = "HEARTH_" + path.uppercased().replacing(".", with: "_")
        variables = (variable.map { [$0] } ?? []) + [own]
        put = { node, configuration throws(Unfit) in configuration[keyPath: place] = try kind.read(node) }
    }

    /// Puts what is written there in its place.
    func apply(_ node: YAMLNode, to configuration: inout Configuration) throws(Unfit) {
        if !node.isEmpty { try put(node, &configuration) }
    }

    /// The same for a variable: a list is words between commas, or YAML in brackets.
    func apply(_ value: String, to configuration: inout Configuration) throws(Unfit) {
        func scalar(_ text: some StringProtocol) -> YAMLNode {
            YAMLNode(content: .scalar(String(text), isPlain: false), line: 1)
        }
        guard isList else { return try put(scalar(value), &configuration) }
        if value.hasPrefix("[") {
            let node: YAMLNode?
            do { node = try YAMLReader.read(Array(value.utf8)) } catch { throw Unfit(reason: error.text, line: error.line) }
            if let node { return try put(node, &configuration) }
        }
        let words = value.split(separator: ",").map { trimmed($0) }
        try put(YAMLNode(content: .sequence(words.filter { !$0.isEmpty }.map(scalar)), line: 1), &configuration)
    }
}
