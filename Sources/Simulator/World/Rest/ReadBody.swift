import Shared

extension World {
    /// Reads the body by its content type.
    mutating func read(_ request: Request, _ route: Route, _ names: [String: String]) throws(Refusal) -> Call {
        var body = JSON.null
        var files: [Upload] = []
        if request.body.count > 25 << 20 { throw Refusal(413, 40005, "Request entity too large") }
        if !request.body.isEmpty {
            let type = request.headers["content-type"] ?? ""
            if type.hasPrefix("application/json") {
                body = try parse(request.body)
            } else if type.hasPrefix("multipart/form-data"), let boundary = Multipart.boundary(of: type) {
                (body, files) = try readParts(request.body, boundary)
            } else {
                frown(.malformed, "\(route.name) with content type \"\(type)\"")
                throw Form.refusal(
                    code: "CONTENT_TYPE_INVALID", "Expected \"Content-Type\" header to be one of {'application/json'}.")
            }
            guard body.object != nil || body.array != nil else { throw Refusal.badJSON }
        }
        return Call(names: names, query: request.query, body: body, files: files, reason: try reason(of: request))
    }

    private func parse(_ bytes: [UInt8]) throws(Refusal) -> JSON {
        do { return try JSON(parsing: bytes) } catch { throw Refusal.badJSON }
    }

    private func readParts(_ bytes: [UInt8], _ boundary: String) throws(Refusal) -> (JSON, [Upload]) {
        guard var parts = Multipart.parts(bytes, boundary) else {
            throw Form.refusal(code: "MULTIPART_INVALID", "Malformed multipart body")
        }
        guard let index = parts.firstIndex(where: { $0.field == "payload_json" }) else { return ([:], parts) }
        let payload = parts.remove(at: index)
        for part in parts where part.bytes.count > 10 << 20 { throw Refusal(400, 50045, "File \(part.name) is too large") }
        return (try parse(payload.bytes), parts)
    }

    /// What Discord's own description of the route has against a body, each complaint also a violation.
    mutating func complaints(about body: JSON, by route: Route) -> Form {
        var form = Form()
        if body.isNull { return form }
        for complaint in Description.known?.complaints(about: body, method: route.method, template: route.template) ?? [] {
            let place = complaint.path.joined(separator: ".")
            frown(complaint.isUnknownField ? .unknownField : .malformed, "\(route.name) \(place): \(complaint.reason)")
            form.note(complaint.path, code: complaint.isUnknownField ? "UNKNOWN_FIELD" : "SCHEMA", complaint.reason)
        }
        return form
    }

    private mutating func reason(of request: Request) throws(Refusal) -> String? {
        guard let text = request.headers["x-audit-log-reason"] else { return nil }
        guard text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }), let reason = Percent.decoded(text),
            (1...512).contains(reason.unicodeScalars.count)
        else {
            frown(.malformed, "an audit reason that is empty, too long or not encoded")
            throw Form.refusal("reason", code: "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 512 in length.")
        }
        return reason
    }
}

/// multipart/form-data as RFC 7578 has it.
enum Multipart {
    static func boundary(of type: String) -> String? {
        attribute("boundary", in: Substring(type))
    }

    static func parts(_ bytes: [UInt8], _ boundary: String) -> [Upload]? {
        let mark = Array("--\(boundary)".utf8)
        var uploads: [Upload] = []
        guard var start = find(mark, in: bytes, from: 0).map({ $0 + mark.count }) else { return nil }
        while !bytes[start...].starts(with: Array("--".utf8)) {
            guard bytes[start...].starts(with: [13, 10]), let end = find([13, 10] + mark, in: bytes, from: start),
                let upload = part(bytes[(start + 2)..<end])
            else { return nil }
            uploads.append(upload)
            start = end + 2 + mark.count
        }
        return uploads
    }

    private static func part(_ bytes: ArraySlice<UInt8>) -> Upload? {
        let whole = Array(bytes)
        guard let gap = find([13, 10, 13, 10], in: whole, from: 0) else { return nil }
        var field: String?
        var name = ""
        var type = "application/octet-stream"
        for line in String(decoding: whole[..<gap], as: UTF8.self).split(separator: "\r\n") {
            let pair = line.split(separator: ":", maxSplits: 1).map { $0.drop { $0 == " " } }
            guard pair.count == 2 else { return nil }
            switch pair[0].lowercased() {
            case "content-disposition":
                field = attribute("name", in: pair[1])
                name = attribute("filename", in: pair[1]) ?? ""
            case "content-type": type = String(pair[1])
            default: break
            }
        }
        return field.map { Upload(field: $0, name: name, type: type, bytes: Array(whole[(gap + 4)...])) }
    }

    private static func attribute(_ name: String, in text: Substring) -> String? {
        for item in text.split(separator: ";") {
            let pair = item.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            if pair.count == 2, pair[0] == name { return String(pair[1].drop { $0 == "\"" }.prefix { $0 != "\"" }) }
        }
        return nil
    }

    static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard needle.count <= bytes.count else { return nil }
        var at = start
        while at <= bytes.count - needle.count {
            if bytes[at] == needle[0], bytes[at..<at + needle.count].elementsEqual(needle) { return at }
            at += 1
        }
        return nil
    }
}
