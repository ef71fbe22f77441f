internal import Shared

extension Model {
    /// One step: what came in changes the model, and what is to be done outside comes out. Nothing else ever happens.
    package mutating func update(_ action: Action) -> [Request] {
        switch action {
        case .key(let key): take(key)
        case .mouse(let move, let x, let y): take(move, x, y)
        case .resized(let size): self.size = size
        case .tick(let clock): tick(clock)
        case .connected: connected()
        case .lost(let reason): lost(reason)
        case .said(let message): hear(message)
        case .foundZone(let zone): zones[zone.name] = zone
        }
        openWhatIsShown()
        settle()
        if !isMoving { rested = table.selected }
        defer { outgoing = [] }
        return outgoing
    }

    private mutating func tick(_ clock: Clock) {
        self.clock = clock
        isMoving = false
        if let notice, notice.until <= clock.now { self.notice = nil }
        for key in feeds.keys { feeds[key]?.forgetChanges(before: clock.now - .seconds(2)) }
        checkForm()
    }

    /// Scrolls every table of the screen so that its selection is in sight.
    private mutating func settle() {
        guard let shown = shownTable else { return }
        let rows = table.visible(feed(of: place), shown.columns, format)
        table.settle(rows, height: shown.rect.height - 1)
        for index in overlays.indices { overlays[index].settle(self) }
    }

    // MARK: - Asking

    @discardableResult
    mutating func ask(_ method: String, _ params: JSON = [:], card: Bool = false, for purpose: Purpose) -> Int64 {
        lastID += 1
        pending[lastID] = purpose
        outgoing.append(.send(ControlRequest(id: lastID, method: method, params: params, card: card)))
        return lastID
    }

    // MARK: - The link

    private mutating func connected() {
        farewell = nil
        ask("hello", identity.hello(client: program), for: .hello)
        ask("meta.panels", for: .panels)
        ask("meta.methods", for: .methods)
    }

    private mutating func lost(_ reason: String) {
        let reason = farewell ?? reason
        let wasWaiting = pending.values.contains(.submit)
        pending = [:]
        for key in feeds.keys { feeds[key]?.lose() }
        if case .lost(_, let since) = link {
            link = .lost(reason: reason, since: since)
        } else {
            link = .lost(reason: reason, since: clock.now)
        }
        for index in overlays.indices { overlays[index].lostLink(wasWaiting: wasWaiting) }
    }

    private mutating func hear(_ message: ControlMessage) {
        switch message {
        case .event(let subscription, let event): hear(event, of: subscription)
        case .reply(let id, let result, let card):
            if let purpose = pending.removeValue(forKey: id) { answered(purpose, result, card) }
        case .failure(let id?, let error):
            if let purpose = pending.removeValue(forKey: id) { refused(purpose, error) }
        case .failure(nil, let error): farewell = error.message
        case .overflow: say("We read too slowly and were cut off; going on.", .warn)
        }
    }

    private mutating func answered(_ purpose: Purpose, _ result: JSON, _ card: JSON?) {
        switch purpose {
        case .hello: greeted(Hello(result))
        case .panels: panels = (result["rows"]?.array ?? []).compactMap(ControlPanel.init)
        case .methods: methods = (result["rows"]?.array ?? []).compactMap(MethodSummary.init)
        case .open(let key) where feeds[key] == nil:
            if let subscription = result["sub"] { ask("sub.close", ["sub": subscription], for: .closed) }
        case .open(let key):
            feeds[key]?.subscription = result["sub"]?.text
            if feeds[key]?.position != nil { feeds[key]?.state = .live }
        case .closed: break
        case .away: showPast(result, card)
        case .profile(let member): showCard(CardText(card, result), member: member, isWhy: false)
        case .why(let member): showCard(CardText(card, result), member: member, isWhy: true)
        case .form(let wish):
            guard let method = ControlMethod(result) else {
                return say("The daemon describes this in a way we do not know.", .bad)
            }
            begin(method, wish)
        case .candidates(let field, let text):
            let choices = (result["choices"]?.array ?? []).compactMap(ControlParameter.Choice.init)
            changeForm { $0.offer(choices, field: field, text: text) }
        case .dryRun(let thenConfirm):
            let plan = planned(result)
            changeForm { $0.showPlan(plan, thenConfirm: thenConfirm) }
        case .check(let revision):
            let plan = planned(result)
            changeForm { $0.learn(plan, revision: revision) }
        case .submit: submitted(CardText(card, result))
        case .look(let look, let preview): show(CardText(card, result), look, preview: preview)
        case .bulk(let index, let isDry): goOnWithBulk { $0.answered(index, isDry: isDry, result, card) }
        case .changes: findOwnChange(among: result["rows"]?.array ?? [])
        case .change(let id, let others): judgeChange(id, result, others: others)
        }
    }

    private mutating func planned(_ result: JSON) -> Plan {
        let plan = Plan(result)
        if let zone = plan.zone, zones[zone] == nil { outgoing.append(.findZone(zone)) }
        return plan
    }

    private mutating func refused(_ purpose: Purpose, _ error: ControlError) {
        switch purpose {
        case .open(let key): feeds[key]?.state = .refused(error.message)
        case .dryRun, .submit: changeForm { $0.refuse(error) }
        case .check(let revision): changeForm { $0.learn(error, revision: revision) }
        case .bulk(let index, let isDry): goOnWithBulk { $0.refused(index, isDry: isDry, error) }
        case .candidates, .closed, .away: break
        case .hello:
            farewell = error.message
            lost(error.message)
        default: say(error.message + (error.hint.map { " " + $0 } ?? ""), .bad)
        }
    }

    /// A connection is worth something once the daemon has answered.
    private mutating func greeted(_ hello: Hello) {
        link = .live
        if self.hello == nil {
            isLocked = hello.role == "owner"
            ask("house.away", card: true, for: .away)
        }
        self.hello = hello
        if guild == nil || !hello.guilds.contains(where: { $0.id == guild }) { guild = hello.guilds.first?.id }
    }

    mutating func changeForm(_ change: (inout FormState) -> Void) {
        for index in overlays.indices {
            if case .form(var form) = overlays[index] {
                change(&form)
                overlays[index] = .form(form)
            }
        }
    }
}
