internal import CSQLite
internal import Kit

/// One prepared statement: takes values, walks rows and hands out their columns without copying until asked.
final class Statement: Row, Binder {
    /// Tables that rows may be written to.
    let tables: [String]
    private(set) var isBusy = false
    private let raw: OpaquePointer
    private let handle: Handle
    /// Where `$1`, `$2`, … lie among the library's own numbers.
    private let places: [Int32]
    /// The first answer of a binding that was not good.
    private var complaint = SQLITE_OK

    init(_ raw: OpaquePointer, of handle: Handle, writing tables: [String]) throws(StoreError) {
        self.raw = raw
        self.handle = handle
        self.tables = tables
        places = Self.places(in: raw)
        if places.contains(0) {
            throw .failed(code: Int(SQLITE_MISUSE), message: "parameters are $1, $2, … without a hole")
        }
    }

    deinit { sqlite3_finalize(raw) }

    private static func places(in raw: OpaquePointer) -> [Int32] {
        var places: [Int32] = []
        for place in stride(from: 1, through: sqlite3_bind_parameter_count(raw), by: 1) {
            let name = sqlite3_bind_parameter_name(raw, place).map { String(cString: $0) } ?? ""
            guard name.first == "$", let number = Int(name.dropFirst()), (1...32_766).contains(number) else { return [0] }
            while places.count < number { places.append(0) }
            places[number - 1] = place
        }
        return places
    }

    func start() { isBusy = true }

    /// Forgets the answer and the values; the statement may then be used again.
    func finish() {
        sqlite3_reset(raw)
        sqlite3_clear_bindings(raw)
        complaint = SQLITE_OK
        isBusy = false
    }

    /// True when there is a row to look at.
    func step() throws(StoreError) -> Bool {
        try handle.check(complaint)
        switch sqlite3_step(raw) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw StoreError(code, of: handle.raw)
        }
    }

    /// Ready for the next row of values.
    func rewind() {
        sqlite3_reset(raw)
        sqlite3_clear_bindings(raw)
    }

    // MARK: values in

    func bind(_ values: [SQLValue]) throws(StoreError) {
        guard values.count == places.count else {
            throw .failed(code: Int(SQLITE_RANGE), message: "\(values.count) values for \(places.count) parameters")
        }
        for (index, value) in values.enumerated() {
            switch value {
            case .null: bindNull(index + 1)
            case .int(let number): bind(index + 1, number)
            case .double(let number): bind(index + 1, number)
            case .text(let text): bind(index + 1, text)
            case .bytes(let bytes): bind(index + 1, bytes)
            }
        }
    }

    private func place(_ position: Int) -> Int32 { places.indices.contains(position - 1) ? places[position - 1] : 0 }
    private func note(_ code: Int32) { if complaint == SQLITE_OK { complaint = code } }

    func bindNull(_ position: Int) { note(sqlite3_bind_null(raw, place(position))) }
    func bind(_ position: Int, _ number: Int64) { note(sqlite3_bind_int64(raw, place(position), number)) }
    func bind(_ position: Int, _ number: Double) { note(sqlite3_bind_double(raw, place(position), number)) }

    /// The length is told, so a NUL inside is text like any other.
    func bind(_ position: Int, _ text: String) {
        var text = text
        let place = place(position)
        let code = text.withUTF8 { bytes in
            // No address would mean NULL to the library; empty text is not NULL.
            guard let start = bytes.baseAddress, !bytes.isEmpty else {
                return sqlite3_bind_text(raw, place, "", 0, hearth_sqlite_transient())
            }
            return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                sqlite3_bind_text64(
                    raw, place, $0, UInt64(bytes.count), hearth_sqlite_transient(), UInt8(SQLITE_UTF8))
            }
        }
        note(code)
    }

    func bind(_ position: Int, _ bytes: [UInt8]) {
        let place = place(position)
        if bytes.isEmpty { return note(sqlite3_bind_zeroblob(raw, place, 0)) }
        note(
            bytes.withUnsafeBytes {
                sqlite3_bind_blob64(raw, place, $0.baseAddress, UInt64($0.count), hearth_sqlite_transient())
            })
    }

    // MARK: values out

    func int(_ column: Int) -> Int64 { sqlite3_column_int64(raw, Int32(column)) }
    func double(_ column: Int) -> Double { sqlite3_column_double(raw, Int32(column)) }
    func isNull(_ column: Int) -> Bool { sqlite3_column_type(raw, Int32(column)) == SQLITE_NULL }

    func text(_ column: Int) -> String {
        guard let start = sqlite3_column_text(raw, Int32(column)) else { return "" }
        let count = Int(sqlite3_column_bytes(raw, Int32(column)))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func bytes(_ column: Int) -> [UInt8] {
        guard let start = sqlite3_column_blob(raw, Int32(column)) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(raw, Int32(column)))))
    }
}
