internal import CYaml

/// libyaml's parser over bytes that it does not own: both live exactly as long as this object.
final class YAMLEvents {
    enum Event: Hashable {
        case streamStart, streamEnd, documentStart, documentEnd
        case scalar(String, isPlain: Bool)
        case sequenceStart, sequenceEnd, mappingStart, mappingEnd
    }

    /// Where the last event began, counted from 1.
    private(set) var line = 1
    private(set) var column = 1
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>

    init(_ bytes: [UInt8]) throws(YAMLReader.Malformed) {
        if let line = Self.lineOfBadText(bytes) { throw YAMLReader.Malformed(line: line, column: 1, text: "this is not UTF-8") }
        input = .allocate(capacity: max(1, bytes.count))
        _ = input.update(fromContentsOf: bytes)
        parser = .allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else { fatalError("libyaml has no memory") }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    func malformed(_ text: String) -> YAMLReader.Malformed {
        YAMLReader.Malformed(line: line, column: column, text: text)
    }

    func next() throws(YAMLReader.Malformed) -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
        defer { yaml_event_delete(&event) }
        line = Int(event.start_mark.line) + 1
        column = Int(event.start_mark.column) + 1
        switch event.type {
        case YAML_STREAM_START_EVENT, YAML_NO_EVENT: return .streamStart
        case YAML_STREAM_END_EVENT: return .streamEnd
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            try refuse(anchor: scalar.anchor, tag: scalar.tag)
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            return .scalar(text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
        case YAML_SEQUENCE_START_EVENT:
            try refuse(anchor: event.data.sequence_start.anchor, tag: event.data.sequence_start.tag)
            return .sequenceStart
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            try refuse(anchor: event.data.mapping_start.anchor, tag: event.data.mapping_start.tag)
            return .mappingStart
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        default: throw malformed("aliases (*name) are not used here; write the value itself")
        }
    }

    private func refuse(
        anchor: UnsafeMutablePointer<yaml_char_t>?, tag: UnsafeMutablePointer<yaml_char_t>?
    ) throws(YAMLReader.Malformed) {
        if anchor != nil { throw malformed("anchors (&name) are not used here; write the value itself") }
        if tag != nil { throw malformed("tags (!name) are not used here; leave it out") }
    }

    private func failure() -> YAMLReader.Malformed {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "libyaml gave up"
        let hasMark = parser.pointee.error == YAML_SCANNER_ERROR || parser.pointee.error == YAML_PARSER_ERROR
        let mark = parser.pointee.problem_mark
        return YAMLReader.Malformed(
            line: hasMark ? Int(mark.line) + 1 : line, column: hasMark ? Int(mark.column) + 1 : column,
            text: "this is no YAML: \(problem)")
    }

    /// libyaml names no line for bytes that it cannot decode.
    private static func lineOfBadText(_ bytes: [UInt8]) -> Int? {
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        var line = 1
        for row in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if String(validating: row, as: UTF8.self) == nil { return line }
            line += 1
        }
        return line
    }
}
