extension Instant {
    /// "2026-08-06T14:02:11Z", with milliseconds when there are any.
    package var rfc3339: String {
        let wall = WallTime(local: milliseconds)
        let part = wall.millisecond % 1000
        return "\(wall.day)T\(padded(wall.hour, 2)):\(padded(wall.minute, 2)):\(padded(wall.second, 2))"
            + (part == 0 ? "" : "." + padded(part, 3)) + "Z"
    }

    /// Reads what RFC 3339 allows: a date, a time, an optional fraction, Z or an offset.
    package init?(rfc3339 text: some StringProtocol) {
        var rest = Substring(text)
        func number(_ width: Int, _ range: ClosedRange<Int>) -> Int? {
            let digits = rest.prefix(width)
            guard digits.utf8.count == width, digits.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }), let value = Int(digits),
                range.contains(value)
            else { return nil }
            rest = rest.dropFirst(width)
            return value
        }
        func take(_ marks: String) -> Character? {
            guard let first = rest.first, marks.contains(first) else { return nil }
            rest = rest.dropFirst()
            return first
        }
        guard let year = number(4, 1...9999), take("-") != nil, let month = number(2, 1...12), take("-") != nil,
            let dayOfMonth = number(2, 1...31)
        else { return nil }
        let day = Day(year: year, month: month, day: dayOfMonth)
        guard day.date == (year, month, dayOfMonth), take("Tt ") != nil, let hour = number(2, 0...23), take(":") != nil,
            let minute = number(2, 0...59), take(":") != nil, let second = number(2, 0...60)
        else { return nil }
        var fraction = 0
        if take(".") != nil {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard !digits.isEmpty else { return nil }
            fraction = Int((digits + "000").prefix(3)) ?? 0
            rest = rest.dropFirst(digits.count)
        }
        var offset = 0
        if take("Zz") == nil {
            guard let sign = take("+-"), let hours = number(2, 0...23), take(":") != nil, let minutes = number(2, 0...59)
            else { return nil }
            offset = (sign == "-" ? -1 : 1) * (hours * 60 + minutes)
        }
        guard rest.isEmpty else { return nil }
        let wall = WallTime(day, hour: hour, minute: minute, second: second, millisecond: fraction)
        self.init(milliseconds: wall.local - Int64(offset) * 60_000)
    }

    /// The same from bytes. The shape that Discord writes is read at once, any other as text.
    package init?(rfc3339 bytes: UnsafeBufferPointer<UInt8>) {
        func number(_ start: Int, _ count: Int) -> Int? {
            var value = 0
            for index in start..<start + count {
                let digit = Int(bytes[index]) - 48
                guard (0...9).contains(digit) else { return nil }
                value = value * 10 + digit
            }
            return value
        }
        func marked(_ marks: StaticString, at places: Int...) -> Bool {
            zip(0..., places).allSatisfy { bytes[$1] == marks.utf8Start[$0] }
        }
        // 2026-08-06T14:02:11.123000+00:00
        guard bytes.count == 32, marked("--T::.+:", at: 4, 7, 10, 13, 16, 19, 26, 29), number(27, 2) == 0, number(30, 2) == 0,
            let year = number(0, 4), year > 0, let month = number(5, 2), (1...12).contains(month), let date = number(8, 2),
            let hour = number(11, 2), hour < 24, let minute = number(14, 2), minute < 60, let second = number(17, 2),
            second <= 60, let fraction = number(20, 3), number(23, 3) != nil
        else {
            self.init(rfc3339: String(decoding: bytes, as: UTF8.self))
            return
        }
        let day = Day(year: year, month: month, day: date)
        guard day.date == (year, month, date) else { return nil }
        self.init(
            milliseconds: WallTime(day, hour: hour, minute: minute, second: second, millisecond: fraction).local)
    }
}
