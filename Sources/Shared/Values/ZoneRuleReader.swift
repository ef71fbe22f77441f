/// Takes a POSIX zone text apart, from left to right.
struct ZoneRuleReader {
    private var rest: ArraySlice<UInt8>

    init(_ text: String) { rest = Array(text.utf8)[...] }

    var isAtEnd: Bool { rest.isEmpty }
    var isAtComma: Bool { rest.first == UInt8(ascii: ",") }

    /// "CET" or "<+01>".
    mutating func skipName() -> Bool {
        let isBracketed = take("<")
        let name = rest.prefix { byte in
            switch byte {
            case 65...90, 97...122: true
            case 43, 45, 48...57: isBracketed
            default: false
            }
        }
        rest = rest.dropFirst(name.count)
        return !name.isEmpty && (!isBracketed || take(">"))
    }

    /// Written westward; answered eastward, in seconds.
    mutating func offset() -> Int? { time(hours: 24).map { -$0 } }

    /// ",M3.5.0/2"
    mutating func change() -> ZoneRule.Change? {
        guard take(","), let date = date() else { return nil }
        guard take("/") else { return ZoneRule.Change(date: date, seconds: 7200) }
        return time(hours: 167).map { ZoneRule.Change(date: date, seconds: $0) }
    }

    private mutating func date() -> ZoneRule.Change.Date? {
        if take("J") { return number(1...365).map { .dayWithoutLeap($0) } }
        guard take("M") else { return number(0...365).map { .dayOfYear($0) } }
        guard let month = number(1...12), take("."), let nth = number(1...5), take("."), let weekday = number(0...6) else {
            return nil
        }
        return .weekday(month: month, nth: nth, weekday: weekday)
    }

    private mutating func time(hours: Int) -> Int? {
        let sign = take("-") ? -1 : 1
        if sign == 1 { _ = take("+") }
        guard var seconds = number(0...hours).map({ $0 * 3600 }) else { return nil }
        for unit in [60, 1] where take(":") {
            guard let part = number(0...59) else { return nil }
            seconds += part * unit
        }
        return sign * seconds
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int? {
        let digits = rest.prefix { $0 >= 48 && $0 <= 57 }
        guard let value = Int(String(decoding: digits, as: UTF8.self)), range.contains(value) else { return nil }
        rest = rest.dropFirst(digits.count)
        return value
    }

    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard let first = rest.first, UInt32(first) == mark.value else { return false }
        rest = rest.dropFirst()
        return true
    }
}
