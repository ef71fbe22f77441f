package import Machine
package import Shared

/// One conversation with the daemon. Nothing here waits: whoever owns it polls the descriptor and calls `receive` and `flush`.
package final class Connection {
    package enum Ending: Hashable, Sendable {
        case closed
        case broken(String)
    }

    private let socket: Descriptor
    private let keeper: Child?
    private var input = LineBuffer()
    private var output: [UInt8] = []
    private var sent = 0

    package init(_ socket: Descriptor, keeping keeper: Child? = nil) {
        self.socket = socket
        self.keeper = keeper
    }

    package var descriptor: Int32 { socket.number }
    package var hasMoreToSend: Bool { sent < output.count }

    package func send(_ request: ControlRequest) {
        request.json.write(into: &output)
        output.append(UInt8(ascii: "\n"))
    }

    /// Says what the kernel takes now.
    package func flush() {
        while hasMoreToSend {
            let outcome = output[sent...].withUnsafeBytes { socket.write($0) }
            guard case .moved(let count) = outcome else { break }
            sent += count
        }
        if !hasMoreToSend {
            output.removeAll(keepingCapacity: true)
            sent = 0
        }
    }

    /// All that has arrived, and why there will be no more, if so.
    package func receive() -> (lines: [JSON], ending: Ending?) {
        let (lines, ending) = receiveLines()
        var read: [JSON] = []
        for line in lines where !line.isEmpty {
            guard let json = try? JSON(parsing: line) else { return (read, .broken("it does not speak our language")) }
            read.append(json)
        }
        return (read, ending)
    }

    private func receiveLines() -> (lines: [[UInt8]], ending: Ending?) {
        var lines: [[UInt8]] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            switch buffer.withUnsafeMutableBytes({ socket.read(into: $0) }) {
            case .moved(let count):
                lines += input.append(buffer[..<count])
                if input.isOverlong { return (lines, .broken("it sent an endless line")) }
            case .wouldBlock: return (lines, nil)
            case .ended: return (lines, .closed)
            case .failed(let code): return (lines, .broken(SystemError("read", code: code).description))
            }
        }
    }
}
