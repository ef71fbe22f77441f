internal import CLinux

/// What the kernel answered to a call, in words.
package struct SystemError: Error, CustomStringConvertible, Sendable {
    package let call: String
    package let code: Int32

    package init(_ call: String, code: Int32) {
        self.call = call
        self.code = code
    }

    /// The error of the call that has just failed on this thread.
    package static func last(_ call: String) -> SystemError { SystemError(call, code: hearth_errno()) }

    package static func check(_ answer: Int32, _ call: String) throws(SystemError) -> Int32 {
        if answer < 0 { throw last(call) }
        return answer
    }

    package var description: String { "\(call): \(String(cString: strerror(code)))" }
    package var wouldBlock: Bool { code == EAGAIN || code == EINTR }
    package var isMissing: Bool { code == ENOENT }
    package var isRefused: Bool { code == ECONNREFUSED }
    package var isForbidden: Bool { code == EACCES || code == EPERM }
    package var isTooLong: Bool { code == ENAMETOOLONG }
    package var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }
}
