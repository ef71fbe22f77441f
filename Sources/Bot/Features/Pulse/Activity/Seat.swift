import Shared

/// A member's place in the books: how they stand, and their latest day. One object a member, changed where it is.
final class Seat {
    let person: ActivityBook.Person
    var standing: Standing
    var today: DayRow
    /// The guild's decay as of the last change: the place of the standing depends on it.
    var decay = 0.98
    /// The rows are behind.
    var isChanged = false

    init(_ person: ActivityBook.Person, standing: Standing, today: DayRow) {
        self.person = person
        self.standing = standing
        self.today = today
    }
}
