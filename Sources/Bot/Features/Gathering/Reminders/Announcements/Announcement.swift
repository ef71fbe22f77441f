package import Shared

/// What somebody announced, as it lies in a message: an embed's parts, or plain text.
package struct Announcement: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        package var name: String
        package var value: String
        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package var title: String
    package var text: String
    package var fields: [Field]

    package init(title: String = "", text: String, fields: [Field] = []) {
        self.title = title
        self.text = text
        self.fields = fields
    }
}

/// What an announcement says of when and where, as far as it can be told.
package struct AnnouncementFound: Hashable, Sendable {
    package enum When: Hashable, Sendable {
        case once(Instant)
        /// Days of the week from Monday, 0, and minutes of the day in the zone that it was read in.
        case weekly([Int], minutes: Int)
    }

    package var title: String
    package var when: When
    package var place: String?
    /// Why somebody should look at it first; empty when there is nothing to doubt.
    package var doubts: [String]
}

extension Announcement {
    /// Nil when it announces nothing that is still to come. It never looks at a clock: `posted` is when it was written.
    package func read(posted: Instant, zone: Zone) -> AnnouncementFound? {
        AnnouncementReading(self, posted: posted, zone: zone).found
    }
}
