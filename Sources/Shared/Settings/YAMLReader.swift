internal import CYaml
package import Shared

/// Reads one YAML document, event by event, through libyaml. Anchors, tags, merges and second documents are refused: a
/// configuration file that needs them is no longer one that an admin can read.
package enum YAMLReader {
    package struct Malformed: Error, Hashable, Sendable {
        package let line: Int
        package let column: Int
        package let text: String
    }

    /// Nil for a file that says nothing.
    package static func read(_ bytes: [UInt8]) throws(Malformed) -> YAMLNode? {
        let events = try YAMLEvents(bytes)
        guard try events.next() == .streamStart else { throw events.malformed("this is no YAML stream") }
        guard try events.next() == .documentStart else { return nil }
        let root = try node(try events.next(), events, depth: 0)
        _ = try events.next()
        guard try events.next() == .streamEnd else { throw events.malformed("a second document begins here") }
        return root
    }

    private static func node(_ event: YAMLEvents.Event, _ events: YAMLEvents, depth: Int) throws(Malformed) -> YAMLNode {
        let (line, column) = (events.line, events.column)
        guard depth < 16 else { throw events.malformed("lists and groups lie too deep in each other") }
        switch event {
        case .scalar(let text, let isPlain):
            return YAMLNode(content: .scalar(text, isPlain: isPlain), line: line, column: column)
        case .sequenceStart:
            var items: [YAMLNode] = []
            while true {
                let event = try events.next()
                if event == .sequenceEnd { return YAMLNode(content: .sequence(items), line: line, column: column) }
                items.append(try node(event, events, depth: depth + 1))
            }
        case .mappingStart: return YAMLNode(content: .mapping(try members(events, depth: depth)), line: line, column: column)
        default: throw events.malformed("something is missing here")
        }
    }

    private static func members(_ events: YAMLEvents, depth: Int) throws(Malformed) -> [YAMLNode.Member] {
        var members: [YAMLNode.Member] = []
        var lines: [String: Int] = [:]
        while true {
            let event = try events.next()
            if event == .mappingEnd { return members }
            guard case .scalar(let key, _) = event else { throw events.malformed("a key must be a word") }
            let (line, column) = (events.line, events.column)
            if let earlier = lines.updateValue(line, forKey: key) {
                throw events.malformed("\"\(key)\" is already written in line \(earlier)")
            }
            let value = try node(try events.next(), events, depth: depth + 1)
            members.append(YAMLNode.Member(key: key, line: line, column: column, value: value))
        }
    }
}
