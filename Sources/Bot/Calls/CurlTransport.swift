internal import CCurl

/// Requests over libcurl: connections are kept and shared, HTTP/2 is used where the server offers it. Only `wake` may be
/// called from another thread than the one that begins and waits.
package final class CurlTransport: Transport, @unchecked Sendable {
    /// What libcurl writes into while a request is under way.
    fileprivate final class Exchange {
        let number: Int
        let handle: UnsafeMutableRawPointer
        let longest: Int
        var headers = HTTPHeaders()
        var body: [UInt8] = []
        var unsent: ArraySlice<UInt8> = []
        var lines: UnsafeMutablePointer<curl_slist>?

        init(_ number: Int, _ handle: UnsafeMutableRawPointer, longest: Int) {
            self.number = number
            self.handle = handle
            self.longest = longest
        }

        deinit {
            curl_slist_free_all(lines)
            curl_easy_cleanup(handle)
        }
    }

    private let multi: UnsafeMutableRawPointer?
    private var exchanges: [UnsafeMutableRawPointer: Exchange] = [:]
    private let certificates: String?
    private let longestAnswer: Int
    private var failedAtOnce: [(number: Int, outcome: HTTPOutcome)] = []

    /// `certificates` names a file of authorities to trust in place of the machine's own.
    package init(trusting certificates: String? = nil, longestAnswer: Int) {
        self.certificates = certificates
        self.longestAnswer = longestAnswer
        multi = CurlLibrary.isReady ? curl_multi_init() : nil
    }

    deinit {
        for handle in exchanges.keys { curl_multi_remove_handle(multi, handle) }
        exchanges = [:]
        curl_multi_cleanup(multi)
    }

    package func wake() { curl_multi_wakeup(multi) }

    package func begin(_ request: HTTPRequest) {
        guard let multi, let handle = curl_easy_init() else {
            return failedAtOnce.append((request.number, .notSent("libcurl does not start")))
        }
        let exchange = Exchange(request.number, handle, longest: longestAnswer)
        exchanges[handle] = exchange
        address(request, handle)
        for header in request.headers { exchange.lines = curl_slist_append(exchange.lines, "\(header.name): \(header.value)") }
        exchange.lines = curl_slist_append(exchange.lines, "Expect:")
        // Nothing is of no type; libcurl would call it a web form.
        if request.body?.isEmpty == true { exchange.lines = curl_slist_append(exchange.lines, "Content-Type:") }
        hearth_curl_set_list(handle, CURLOPT_HTTPHEADER, exchange.lines)
        if let body = request.body { send(body, on: exchange) }
        listen(exchange)
        curl_multi_add_handle(multi, handle)
    }

    /// libcurl sends again by itself when a connection that it kept turns out to be dead, and nobody could tell. From a source
    /// that cannot be rewound it cannot, and says so.
    private func send(_ body: [UInt8], on exchange: Exchange) {
        hearth_curl_set_long(exchange.handle, CURLOPT_POST, 1)
        hearth_curl_set_long(exchange.handle, CURLOPT_POSTFIELDSIZE, body.count)
        exchange.unsent = body[...]
        hearth_curl_set_pointer(exchange.handle, CURLOPT_READDATA, Unmanaged.passUnretained(exchange).toOpaque())
        hearth_curl_set_callback(exchange.handle, CURLOPT_READFUNCTION) { room, _, count, pointer in
            guard let room, let pointer else { return 0 }
            return Unmanaged<Exchange>.fromOpaque(pointer).takeUnretainedValue().give(into: room, count)
        }
    }

    private func address(_ request: HTTPRequest, _ handle: UnsafeMutableRawPointer) {
        hearth_curl_set_text(handle, CURLOPT_URL, request.url)
        hearth_curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        hearth_curl_set_text(handle, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        hearth_curl_set_long(handle, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        // Who asks while a connection is being made waits to see whether it takes several requests at once.
        if request.url.hasPrefix("https:") { hearth_curl_set_long(handle, CURLOPT_PIPEWAIT, 1) }
        if let certificates { hearth_curl_set_text(handle, CURLOPT_CAINFO, certificates) }
        hearth_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        hearth_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, 10_000)
        hearth_curl_set_long(handle, CURLOPT_TIMEOUT_MS, request.timeoutMilliseconds)
        if let endpoint = try? Endpoint(request.url), endpoint.isLoopback {
            hearth_curl_set_text(handle, CURLOPT_NOPROXY, "*")
        }
    }

    private func listen(_ exchange: Exchange) {
        let pointer = Unmanaged.passUnretained(exchange).toOpaque()
        hearth_curl_set_pointer(exchange.handle, CURLOPT_WRITEDATA, pointer)
        hearth_curl_set_pointer(exchange.handle, CURLOPT_HEADERDATA, pointer)
        hearth_curl_set_callback(exchange.handle, CURLOPT_WRITEFUNCTION) { bytes, _, count, pointer in
            guard let bytes, let pointer else { return 0 }
            let exchange = Unmanaged<Exchange>.fromOpaque(pointer).takeUnretainedValue()
            guard exchange.body.count + count <= exchange.longest else { return 0 }
            exchange.body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
            return count
        }
        hearth_curl_set_callback(exchange.handle, CURLOPT_HEADERFUNCTION) { bytes, _, count, pointer in
            guard let bytes, let pointer else { return 0 }
            let exchange = Unmanaged<Exchange>.fromOpaque(pointer).takeUnretainedValue()
            exchange.headers.note(line: String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self))
            return count
        }
    }

    package func wait(milliseconds: Int) -> [(number: Int, outcome: HTTPOutcome)] {
        var running: Int32 = 0
        curl_multi_perform(multi, &running)
        var ended = finished()
        if ended.isEmpty {
            curl_multi_poll(multi, nil, 0, Int32(clamping: milliseconds), nil)
            curl_multi_perform(multi, &running)
            ended = finished()
        }
        return ended
    }

    private func finished() -> [(number: Int, outcome: HTTPOutcome)] {
        var ended = failedAtOnce
        failedAtOnce = []
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else { continue }
            let code = hearth_curl_result(message)
            curl_multi_remove_handle(multi, handle)
            guard let exchange = exchanges.removeValue(forKey: handle) else { continue }
            ended.append((exchange.number, exchange.outcome(code)))
        }
        return ended
    }
}

extension CurlTransport.Exchange {
    fileprivate func give(into room: UnsafeMutablePointer<CChar>, _ count: Int) -> Int {
        let piece = unsent.prefix(count)
        UnsafeMutableRawBufferPointer(start: room, count: count).copyBytes(from: piece)
        unsent = unsent.dropFirst(piece.count)
        return piece.count
    }

    fileprivate func outcome(_ code: CURLcode) -> HTTPOutcome {
        var status = 0
        hearth_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        if code == CURLE_OK { return .answered(HTTPResponse(status: status, headers: headers.values, body: body)) }
        if code == CURLE_WRITE_ERROR { return .lost("its answer is longer than \(longest >> 10) KiB") }
        let words = String(cString: curl_easy_strerror(code))
        let neverLeft = [
            CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR,
            CURLE_PEER_FAILED_VERIFICATION,
        ]
        return neverLeft.contains { $0 == code } ? .notSent(words) : .lost(words)
    }
}
