/// "12 345": thousands stand apart.
package func grouped(_ number: Int64) -> String {
    let digits = String(number.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { text += " " }
        text.append(digit)
    }
    return (number < 0 ? "-" : "") + text
}

/// "1 message", "12 345 messages".
package func counted(_ number: Int64, _ one: String, _ many: String? = nil) -> String {
    grouped(number) + " " + (number == 1 ? one : many ?? one + "s")
}
