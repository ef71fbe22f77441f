package import Shared

extension JSON {
    /// Thousandths of a point as a number: whole where it is whole.
    package static func points(_ thousandths: Int64) -> JSON {
        thousandths % 1000 == 0 ? .int(thousandths / 1000) : .double(Double(thousandths) / 1000)
    }
}
