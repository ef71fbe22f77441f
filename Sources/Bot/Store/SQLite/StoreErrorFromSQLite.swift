internal import CLinux
internal import CSQLite
internal import Kit

extension StoreError {
    /// The port's word for what the library has just answered on this connection.
    init(_ code: Int32, of database: OpaquePointer) {
        let message = String(cString: sqlite3_errmsg(database))
        let cause = sqlite3_system_errno(database)
        self =
            switch code & 0xFF {
            case SQLITE_FULL: .full
            case SQLITE_IOERR where cause == ENOSPC || cause == EDQUOT: .full
            case SQLITE_IOERR where cause == EROFS: .readOnly
            case SQLITE_READONLY, SQLITE_PERM: .readOnly
            case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt(message)
            case SQLITE_CONSTRAINT: .constraint(message)
            case SQLITE_BUSY, SQLITE_LOCKED: .busy
            default: .failed(code: Int(code), message: message)
            }
    }
}
