internal import CLinux

/// Whoever started this service and watches over it, systemd above all: told what we are at over the socket named in the
/// environment. The protocol is one datagram, so the library for it, with the six that it brings, is not linked.
package struct Supervisor: Sendable {
    private let address: String?
    /// How long the service may be silent before it is taken for stuck; nil when nobody counts.
    package let patience: Duration?

    package init(environment: [String: String], process: Int32 = Processes.own) {
        let named = environment["NOTIFY_SOCKET"]
        address = named.flatMap { $0.hasPrefix("/") || $0.hasPrefix("@") ? $0 : nil }
        let isMeant = environment["WATCHDOG_PID"].map { Int32($0) == process } ?? true
        let limit = environment["WATCHDOG_USEC"].flatMap { Int64($0) }.flatMap { $0 > 0 ? $0 : nil }
        patience = isMeant ? limit.map { .microseconds($0) } : nil
    }

    /// Lines such as `READY=1`. Where nobody listens they are not missed.
    package func tell(_ lines: String) {
        guard let address, let socket = try? SystemError.check(hearth_datagram_socket(), "socket") else { return }
        let descriptor = Descriptor(socket)
        var lines = lines
        lines.withUTF8 { _ = hearth_unix_send(descriptor.number, address, $0.baseAddress, $0.count) }
    }
}
