/// Paints what a drawing describes. Any thread may ask; nothing here waits.
package protocol Easel: Sendable {
    /// Answers a PNG, or nothing when it cannot be had in time: then what it belongs to goes out without.
    func paint(_ drawing: Drawing, then: @escaping @Sendable ([UInt8]?) -> Void)
}

/// For a house without a painter.
package struct BareEasel: Easel {
    package init() {}
    package func paint(_: Drawing, then: @escaping @Sendable ([UInt8]?) -> Void) { then(nil) }
}
