/// A text that must not be seen. It prints as "«secret»", has no encoding, shows nothing to a mirror, and is told only by
/// `revealed()`, so that every place that uses it can be found by that word.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let text: String

    package init(_ text: String) { self.text = text }

    package func revealed() -> String { text }

    package var isEmpty: Bool { text.isEmpty }
    package var description: String { "«secret»" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
