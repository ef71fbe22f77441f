internal import CCurl
internal import Calls
internal import Machine

/// A connection that libcurl made, TLS included; what is said on it is ours. One thread uses it at a time: the one that
/// connects, afterwards the one that it is handed to.
package final class CurlSocket: @unchecked Sendable {
    enum Outcome: Equatable {
        case moved(Int)
        case wouldBlock
        case ended
        case failed(String)
    }

    package struct Unreachable: Error, CustomStringConvertible {
        package let description: String
    }

    private let handle: UnsafeMutableRawPointer
    package let descriptor: Int32

    /// Waits until the connection stands or the time is over.
    convenience init(
        connectingTo endpoint: Endpoint, trusting certificates: String? = nil, withinMilliseconds limit: Int
    ) throws(Unreachable) {
        try self.init(
            connectingTo: endpoint.transportURL, isNear: endpoint.isLoopback, trusting: certificates, withinMilliseconds: limit)
    }

    /// `address` begins with http or https, whatever is spoken on the connection afterwards. No proxy stands between us and
    /// somebody near.
    package init(
        connectingTo address: String, isNear: Bool, trusting certificates: String? = nil, withinMilliseconds limit: Int
    ) throws(Unreachable) {
        guard CurlLibrary.isReady, let handle = curl_easy_init() else {
            throw Unreachable(description: "libcurl does not start")
        }
        hearth_curl_set_text(handle, CURLOPT_URL, address)
        hearth_curl_set_long(handle, CURLOPT_CONNECT_ONLY, 1)
        if let certificates { hearth_curl_set_text(handle, CURLOPT_CAINFO, certificates) }
        hearth_curl_set_long(handle, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        hearth_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        hearth_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, limit)
        hearth_curl_set_long(handle, CURLOPT_TCP_NODELAY, 1)
        hearth_curl_set_long(handle, CURLOPT_TCP_KEEPALIVE, 1)
        if isNear { hearth_curl_set_text(handle, CURLOPT_NOPROXY, "*") }
        let code = curl_easy_perform(handle)
        var socket: curl_socket_t = -1
        guard code == CURLE_OK, hearth_curl_get_socket(handle, &socket) == CURLE_OK, socket >= 0 else {
            curl_easy_cleanup(handle)
            throw Unreachable(description: "\(address) cannot be reached: \(String(cString: curl_easy_strerror(code)))")
        }
        self.handle = handle
        descriptor = socket
    }

    deinit { curl_easy_cleanup(handle) }

    func receive(into room: UnsafeMutableRawBufferPointer) -> Outcome {
        var count = 0
        let code = curl_easy_recv(handle, room.baseAddress, room.count, &count)
        if code == CURLE_OK { return count == 0 ? .ended : .moved(count) }
        return outcome(code)
    }

    func send(_ bytes: UnsafeRawBufferPointer) -> Outcome {
        var count = 0
        let code = curl_easy_send(handle, bytes.baseAddress, bytes.count, &count)
        return code == CURLE_OK ? .moved(count) : outcome(code)
    }

    private func outcome(_ code: CURLcode) -> Outcome {
        code == CURLE_AGAIN ? .wouldBlock : .failed(String(cString: curl_easy_strerror(code)))
    }
}
