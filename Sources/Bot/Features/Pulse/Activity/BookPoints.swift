internal import Kit
internal import Shared

extension Activity {
    static let bookings = BookingReading(
        points: { turn, member in
            let person = ActivityBook.Person(guild: try turn.requireGuild().number, member: member.number)
            let book = turn.hot(ActivityBook.self)
            if let seat = book.seats[person] { return seat.standing.points }
            return try Standing.read(person, from: turn.store)?.points ?? 0
        },
        quietDay: { turn in
            let today = turn.zone.day(of: turn.now)
            let starts = try [Period.week, .month, .season].compactMap { try turn.start(of: $0, today) }
            return (starts.min() ?? today) - 1
        },
        book: { turn, booking in
            let person = ActivityBook.Person(guild: try turn.requireGuild().number, member: booking.member.number)
            var correction = Correction(
                id: 0, person: person, day: booking.day, deed: .points(booking.points), reason: booking.reason,
                author: author(of: turn), at: turn.now, batch: booking.batch)
            correction.id = try correction.insert(in: turn.store)
            try apply(correction, sign: 1, turn)
        },
        unbook: { turn, batch in
            let booked = try Correction.all(ofBatch: batch, in: try turn.requireGuild(), turn.store)
            for one in booked {
                try turn.store.run("DELETE FROM activity_corrections WHERE id = \(one.id)")
                try apply(one, sign: -1, turn)
            }
            return booked.count
        })
}
