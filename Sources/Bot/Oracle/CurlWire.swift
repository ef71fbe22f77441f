internal import CCurl
internal import Machine
internal import Shared

/// What came of one call.
enum CallOutcome: Equatable, Sendable {
    case answered(status: Int, retryAfterSeconds: Int?, body: [UInt8])
    /// It never left, for want of a connection: nothing can have happened.
    case notSent(String)
    /// It may have arrived, and may have cost something.
    case lost(String)
    /// The process ends.
    case abandoned
}

/// One call at a time over libcurl. Only `abandon` may be called from another thread than the one that posts.
final class CurlWire: @unchecked Sendable {
    /// What libcurl writes into while a call is under way.
    private final class Exchange {
        var retryAfter: Int?
        var body: [UInt8] = []
    }

    /// No answer that we ask for is as long.
    static let longest = 256 << 10
    private let multi: UnsafeMutableRawPointer?
    private let isAbandoned = Lock(false)

    init() { multi = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK ? curl_multi_init() : nil }
    deinit { curl_multi_cleanup(multi) }

    /// Ends the call that is under way, and every later one.
    func abandon() {
        isAbandoned.locked { $0 = true }
        curl_multi_wakeup(multi)
    }

    func post(
        _ body: [UInt8], to url: String, headers: [String], milliseconds: Int, trusting certificates: String?
    ) -> CallOutcome {
        guard let multi, let handle = curl_easy_init() else { return .notSent("libcurl does not start") }
        defer { curl_easy_cleanup(handle) }
        var lines: UnsafeMutablePointer<curl_slist>?
        for header in headers + ["Content-Type: application/json", "Accept: application/json", "Expect:"] {
            lines = curl_slist_append(lines, header)
        }
        defer { curl_slist_free_all(lines) }
        hearth_curl_set_list(handle, CURLOPT_HTTPHEADER, lines)
        hearth_curl_set_text(handle, CURLOPT_URL, url)
        hearth_curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        hearth_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        hearth_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, min(milliseconds, 10_000))
        hearth_curl_set_long(handle, CURLOPT_TIMEOUT_MS, milliseconds)
        if url.hasPrefix("http:") { hearth_curl_set_text(handle, CURLOPT_NOPROXY, "*") }
        if let certificates { hearth_curl_set_text(handle, CURLOPT_CAINFO, certificates) }
        let exchange = Exchange()
        listen(exchange, on: handle)
        return body.withUnsafeBytes { bytes in
            hearth_curl_set_long(handle, CURLOPT_POST, 1)
            hearth_curl_set_long(handle, CURLOPT_POSTFIELDSIZE, bytes.count)
            hearth_curl_set_pointer(
                handle, CURLOPT_POSTFIELDS, bytes.baseAddress.map { UnsafeMutableRawPointer(mutating: $0) })
            curl_multi_add_handle(multi, handle)
            defer { curl_multi_remove_handle(multi, handle) }
            return withExtendedLifetime(exchange) { outcome(of: handle, exchange) }
        }
    }

    private func listen(_ exchange: Exchange, on handle: UnsafeMutableRawPointer) {
        let pointer = Unmanaged.passUnretained(exchange).toOpaque()
        hearth_curl_set_pointer(handle, CURLOPT_WRITEDATA, pointer)
        hearth_curl_set_pointer(handle, CURLOPT_HEADERDATA, pointer)
        hearth_curl_set_callback(handle, CURLOPT_WRITEFUNCTION) { bytes, _, count, pointer in
            guard let bytes, let pointer else { return 0 }
            let exchange = Unmanaged<Exchange>.fromOpaque(pointer).takeUnretainedValue()
            guard exchange.body.count + count <= CurlWire.longest else { return 0 }
            exchange.body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
            return count
        }
        hearth_curl_set_callback(handle, CURLOPT_HEADERFUNCTION) { bytes, _, count, pointer in
            guard let bytes, let pointer else { return 0 }
            let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self).lowercased()
            if line.hasPrefix("retry-after:"), let seconds = Int(trimmed(line.dropFirst(12))) {
                Unmanaged<Exchange>.fromOpaque(pointer).takeUnretainedValue().retryAfter = seconds
            }
            return count
        }
    }

    /// Runs until the call has ended or nobody wants it any more.
    private func outcome(of handle: UnsafeMutableRawPointer, _ exchange: Exchange) -> CallOutcome {
        var running: Int32 = 1
        while true {
            if isAbandoned.locked({ $0 }) { return .abandoned }
            curl_multi_perform(multi, &running)
            var left: Int32 = 0
            while let message = curl_multi_info_read(multi, &left) {
                if message.pointee.msg == CURLMSG_DONE { return ended(hearth_curl_result(message), handle, exchange) }
            }
            curl_multi_poll(multi, nil, 0, 1000, nil)
        }
    }

    private func ended(_ code: CURLcode, _ handle: UnsafeMutableRawPointer, _ exchange: Exchange) -> CallOutcome {
        var status = 0
        hearth_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        if code == CURLE_OK {
            return .answered(status: status, retryAfterSeconds: exchange.retryAfter, body: exchange.body)
        }
        if code == CURLE_WRITE_ERROR { return .lost("its answer is longer than \(Self.longest >> 10) KiB") }
        let words = String(cString: curl_easy_strerror(code))
        let neverLeft = [
            CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR,
            CURLE_PEER_FAILED_VERIFICATION,
        ]
        return neverLeft.contains { $0 == code } ? .notSent(words) : .lost(words)
    }
}
