/// What is wrong in the configuration, where, and what to do about it: one line.
package struct Complaint: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Place: Hashable, Sendable {
        case line(file: String, Int)
        case file(String)
        case environment(String)
    }

    package let place: Place
    package let text: String

    package init(_ place: Place, _ text: String) {
        self.place = place
        self.text = text
    }

    package var description: String {
        switch place {
        case .line(let file, let line): "\(file):\(line): \(text)"
        case .file(let file): "\(file): \(text)"
        case .environment(let name): "environment \(name): \(text)"
        }
    }
}

/// All that is wrong in the configuration, not just the first of it.
package struct ConfigurationRefused: Error, Sendable, CustomStringConvertible {
    package let complaints: [Complaint]
    package init(_ complaints: [Complaint]) { self.complaints = complaints }
    package var description: String { complaints.map(\.description).joined(separator: "\n") }
}
