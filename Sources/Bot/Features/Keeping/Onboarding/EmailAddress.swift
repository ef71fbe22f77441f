internal import Shared

/// Whether a text can be an e-mail address: one that is written as nearly all are. Quoted names and addresses by number are
/// allowed on paper and met nowhere.
package enum EmailAddress {
    package static func isOne(_ text: String) -> Bool {
        guard text.utf8.count <= 254 else { return false }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count) else { return false }
        let words = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard words.allSatisfy({ !$0.isEmpty && $0.unicodeScalars.allSatisfy(isOfName) }) else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy(isLabel), let last = labels.last else { return false }
        return last.count >= 2 && !last.allSatisfy(\.isNumber)
    }

    /// Letters of any script may stand there, signs only those that mail knows.
    private static func isOfName(_ letter: Unicode.Scalar) -> Bool {
        letter.properties.isAlphabetic || "0123456789!#$%&'*+-/=?^_`{|}~".unicodeScalars.contains(letter)
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || (48...57).contains($0.value) || $0 == "-"
                    || $0.properties.generalCategory == .nonspacingMark
            }
    }
}
