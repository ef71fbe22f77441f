package import Shared

/// An event in Discord's own calendar, to be made.
package struct EventPlan: Hashable, Sendable, Codable {
    package var name: String
    package var text: String
    package var start: Instant
    /// Needed where the event is elsewhere.
    package var end: Instant?
    package var venue: EventVenue
    package var rhythm: EventRhythm?

    package init(
        _ name: String, text: String = "", start: Instant, end: Instant? = nil, venue: EventVenue, rhythm: EventRhythm? = nil
    ) {
        self.name = name
        self.text = text
        self.start = start
        self.end = end
        self.venue = venue
        self.rhythm = rhythm
    }
}

package enum EventVenue: Hashable, Sendable, Codable {
    case voice(ID<Channel>)
    case stage(ID<Channel>)
    case elsewhere(String)
}

/// The few ways in which Discord lets an event come round; days of the week count from Monday, 0.
package enum EventRhythm: Hashable, Sendable, Codable {
    case daily
    case weekdays([Int])
    case weekly(day: Int, every: Int)
    case monthly(nth: Int, day: Int)
    case yearly(month: Int, day: Int)
}

/// What is done to an event that is there.
package enum EventDeed: Hashable, Sendable, Codable {
    case edit([EventEdit])
    case delete
}

package enum EventEdit: Hashable, Sendable, Codable {
    package enum Status: Int, Hashable, Sendable, Codable { case active = 2, completed = 3, cancelled = 4 }
    case name(String)
    case text(String)
    case start(Instant)
    case end(Instant?)
    case venue(EventVenue)
    case rhythm(EventRhythm?)
    case status(Status)
}
