import Shared

/// What a program on the web asks for, as far as any page looks at it.
package struct WebRequest: Hashable, Sendable {
    package var method: String
    package var path: String
    package var query: [Pair] = []
    package var host: String?
    package var authorization: String?
    /// A body is announced; none is ever read.
    package var hasBody = false

    package struct Pair: Hashable, Sendable {
        package var name: String
        package var value: String
        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(_ method: String, _ path: String) {
        self.method = method
        self.path = path
    }
}
