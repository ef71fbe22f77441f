package import Shared

extension World {
    /// Answers one request as Discord would, and writes down what was wrong with it.
    package mutating func respond(to request: Request, at moment: Instant) -> Response {
        advance(to: moment)
        var name = "\(request.method) ?"
        let response = answer(request, &name)
        let code = response.status >= 400 ? response.json["code"]?.int.map(Int.init) : nil
        requests.append(RequestNote(route: name, path: request.path, status: response.status, code: code, at: now))
        if requests.count > 20_000 { requests.removeFirst(10_000) }
        let isShared = response.header("X-RateLimit-Scope") == "shared"
        if [401, 403, 429].contains(response.status), !isShared { limits.invalid.append(now) }
        return response
    }

    private mutating func answer(_ request: Request, _ name: inout String) -> Response {
        limits.invalid.removeAll { $0 <= now - 10.minutes }
        if limits.invalid.count >= rules.invalidRequestLimit { return Self.wall }
        guard let agent = request.headers["user-agent"], agent.hasPrefix("DiscordBot ("),
            agent.hasSuffix(")") || agent.contains(") ")
        else {
            frown(
                .missingUserAgent,
                "\(request.method) \(request.path) with user agent \(request.headers["user-agent"] ?? "none")")
            return Response(403, Refusal(403, 40333, "internal network error").json)
        }
        guard request.path.hasPrefix("/api/v10/") else { return unrouted(request) }
        let parts = request.path.dropFirst("/api/v10/".count).split(separator: "/", omittingEmptySubsequences: false)
        for route in Route.all where route.method == request.method {
            guard let names = route.match(parts) else { continue }
            name = route.name
            return answer(request, by: route, names)
        }
        return unrouted(request)
    }

    /// What stands in front of Discord and speaks no JSON.
    private static var wall: Response {
        var response = Response(429, nil)
        response.body = Array(
            "<html><title>Access denied | discord.com used Cloudflare to restrict access</title></html>".utf8)
        response.headers = [("Content-Type", "text/html"), ("Retry-After", "600")]
        return response
    }

    private mutating func unrouted(_ request: Request) -> Response {
        frown(.unknownRoute, "\(request.method) \(request.path)")
        let parts = request.path.dropFirst("/api/v10/".count).split(separator: "/", omittingEmptySubsequences: false)
        if Route.all.contains(where: { $0.match(parts) != nil }) {
            return Response(405, ["message": "405: Method Not Allowed", "code": 0])
        }
        return Response(404, Refusal.noRoute.json)
    }

    private mutating func answer(_ request: Request, by route: Route, _ names: [String: String]) -> Response {
        if route.door == .bot, let response = unauthorized(request) { return response }
        if let response = overLimit(route, names) { return response }
        let fault = faults.forRequest(route.name, &dice)
        if let fault, let response = failure(before: fault) { return response }
        var response: Response
        do throws(Refusal) {
            let call = try read(request, route, names)
            let complaints = complaints(about: call.body, by: route)
            if !complaints.isClean {
                // The rules have the better words; a world that is thrown away hears them.
                var trial = self
                _ = try route.answer(&trial, call)
                try complaints.refuse()
            }
            switch try route.answer(&self, call) {
            case .json(let status, let json): response = Response(status, json)
            case .nothing: response = Response(204, nil)
            }
        } catch {
            if error.code == 50035 { frown(.malformed, "\(route.name): \(error.errors?.line ?? error.message)") }
            if error.status == 403 { noteForbidden(request, error) }
            response = Response(error.status, error.json)
            if error.status == 429 { response.headers.append(("X-RateLimit-Scope", "user")) }
        }
        if let bucket = route.bucket { response.headers += limitHeaders(bucket, Self.key(bucket, names)) }
        if let fault { fail(after: fault, &response) }
        return response
    }

    private mutating func unauthorized(_ request: Request) -> Response? {
        let given = request.headers["authorization"] ?? ""
        if given == "Bot " + bot.token { return nil }
        if !limits.refusedTokens.insert(given).inserted {
            frown(.unauthorizedAgain, "\(request.method) \(request.path) after a 401")
        }
        return Response(401, Refusal.unauthorized.json)
    }

    /// Asking once is forgiven, asking the same again within an hour is not.
    private mutating func noteForbidden(_ request: Request, _ refusal: Refusal) {
        let key = request.method + " " + request.path
        if let last = limits.forbidden[key], last > now - 1.hours { frown(.forbiddenAgain, "\(key): \(refusal.message)") }
        limits.forbidden[key] = now
    }

    private mutating func overLimit(_ route: Route, _ names: [String: String]) -> Response? {
        if route.door != .interaction, let wait = limits.takeSecond(rules.requestsPerSecond, at: now) {
            return Self.limited(wait, scope: "global")
        }
        guard let bucket = route.bucket else { return nil }
        let key = Self.key(bucket, names)
        guard case .empty(let wait, let wasKnown) = limits.take(bucket, key, at: now, crossing: rules.crossing) else {
            return nil
        }
        if wasKnown { frown(.knownEmptyBucket, "\(route.name) (\(key))") }
        var response = Self.limited(wait, scope: "user")
        response.headers += limitHeaders(bucket, key)
        return response
    }

    private mutating func failure(before fault: Fault) -> Response? {
        switch fault {
        case .limitedUser: return Self.limited(.milliseconds(300), scope: "user")
        case .limitedShared: return Self.limited(.milliseconds(300), scope: "shared")
        case .limitedGlobal: return Self.limited(.milliseconds(300), scope: "global")
        case .walled: return Self.wall
        case .errorBefore: return Response(500, ["message": "500: Internal Server Error", "code": 0])
        case .badGatewayBefore: return Response(502, ["message": "502: Bad Gateway", "code": 0])
        case .unavailableBefore: return Response(503, ["message": "503: Service Unavailable", "code": 0])
        case .hangBefore, .resetBefore:
            var response = Response(500, nil)
            response.fate = fault == .hangBefore ? .hung : .reset
            return response
        default: return nil
        }
    }

    /// What was asked has been done; only the answer suffers.
    private func fail(after fault: Fault, _ response: inout Response) {
        switch fault {
        case .errorAfter: response = Response(500, ["message": "500: Internal Server Error", "code": 0])
        case .badGatewayAfter: response = Response(502, ["message": "502: Bad Gateway", "code": 0])
        case .unavailableAfter: response = Response(503, ["message": "503: Service Unavailable", "code": 0])
        case .hangAfter: response.fate = .hung
        case .resetAfter: response.fate = .reset
        case .cutAfter: response.fate = .cut
        case .garbledAfter where !response.body.isEmpty: response.body = Array("{\"id\": \"1".utf8)
        default: break
        }
    }
}
