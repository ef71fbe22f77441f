internal import Kit
internal import Shared

/// Where a ticket lies and who sees it.
extension Tickets {
    private static let reading: Permissions = [.viewChannel, .readMessageHistory]
    private static let writing: Permissions = [.viewChannel, .readMessageHistory, .sendMessages, .attachFiles, .embedLinks]

    static func parent(of kind: TicketKind, _ turn: Turn) -> ID<Channel>? { kind.parent ?? turn[category] }

    /// Opens the ticket's channel or thread; a receipt says what became of it.
    static func openPlace(of ticket: Ticket, _ kind: TicketKind, _ turn: Turn) throws {
        let reason = "ticket \(ticket.number)"
        let name = placeName(of: ticket, kind, turn)
        switch (ticket.place, parent(of: kind, turn)) {
        case (.thread, let parent?):
            try turn.emit(
                .openThread(channel: .known(parent), message: nil, name: name, isPrivate: true), receiptTo: opened, ticket.id)
        case (_, let parent):
            let plan = ChannelPlan(
                name, parent: parent.map(Place.known), topic: "Ticket \(ticket.number), \(kind.label)",
                overwrites: overwrites(ticket, kind, turn))
            try turn.emit(.openChannel(guild: ticket.guild, plan, reason: reason), receiptTo: opened, ticket.id)
        }
    }

    static func overwrites(_ ticket: Ticket, _ kind: TicketKind, _ turn: Turn) -> [Overwrite] {
        let everyone: Overwrite =
            kind.preset == .readable
            ? Overwrite(
                target: ticket.guild.number, isMember: false, allow: reading, deny: [.sendMessages, .sendMessagesInThreads])
            : Overwrite(target: ticket.guild.number, isMember: false, allow: [], deny: .viewChannel)
        let staff = (kind.role ?? turn[Tickets.staff]).map {
            Overwrite(target: $0.number, isMember: false, allow: writing, deny: [])
        }
        let own = turn.house.directory.bot.map { Overwrite(target: $0.number, isMember: true, allow: writing, deny: []) }
        return [everyone, staff, own, ticket.opener.map { writes($0, kind) }].compactMap(\.self)
    }

    static func writes(_ member: ID<Member>, _ kind: TicketKind) -> Overwrite {
        let isPlain = kind.preset == .plain
        return Overwrite(
            target: member.number, isMember: true, allow: isPlain ? reading.union(.sendMessages) : writing,
            deny: isPlain ? [.attachFiles, .embedLinks] : [])
    }

    /// What is closed is read and not written.
    static func onlyReads(_ member: ID<Member>) -> Overwrite {
        Overwrite(target: member.number, isMember: true, allow: reading, deny: [.sendMessages, .addReactions])
    }

    // MARK: - Names

    static func placeName(of ticket: Ticket, _ kind: TicketKind, _ turn: Turn) -> String {
        let member = ticket.opener.flatMap { turn.house.directory.name(of: $0, in: ticket.guild) } ?? "somebody"
        let phrase = turn[naming].filled([
            "number": "\(words: padded(Int(ticket.number), 4))", "member": "\(member)", "kind": "\(kind.name)",
        ])
        let plain = PlainText(turn.house.directory, guild: ticket.guild, zone: turn.zone).text(phrase)
        return channelName(plain, otherwise: "ticket-\(ticket.number)")
    }

    static func closedName(of ticket: Ticket) -> String { "closed-\(padded(Int(ticket.number), 4))" }

    /// As Discord writes the names of channels.
    private static func channelName(_ name: String, otherwise: String) -> String {
        let words = name.lowercased().split { !($0.isLetter || $0.isNumber) || $0.unicodeScalars.count > 4 }
        let joined = String(words.joined(separator: "-").prefix(90))
        return joined.utf16.count <= 100 && !joined.isEmpty ? joined : otherwise
    }

    // MARK: - What is in the way

    /// Why a ticket of this kind cannot be opened, with what mends it; nil when it can, as far as anybody knows.
    static func obstacle(_ kind: TicketKind, _ turn: Turn) -> Refusal? {
        let directory = turn.house.directory
        let channels = directory.channels(in: kind.guild)
        guard let parent = parent(of: kind, turn) else {
            guard kind.place == .thread else { return nil }
            return .invalid(
                "Threads need a channel that they hang on.", field: "parent", hint: "Say which: tickets edit_kind parent: #…")
        }
        guard let profile = channels.first(where: { $0.id == parent }) else {
            return Refusal(
                .notFound, "The place for \(kind.label) is gone.", hint: "Name another: tickets edit_kind parent: …",
                field: "parent")
        }
        let fits = kind.place == .thread ? profile.type == 0 : profile.type == 4
        guard fits else {
            return .invalid(
                kind.place == .thread
                    ? "#\(profile.name) is no text channel: private threads hang on those alone."
                    : "\(profile.name) is no category: channels of tickets lie in one.", field: "parent",
                hint: "Name another: tickets edit_kind parent: …")
        }
        if kind.place == .channel, channels.count(where: { $0.parent == parent && !$0.isThread }) >= 50 {
            return Refusal(
                .conflict, "The category \(profile.name) is full: it holds 50 channels.",
                hint: "Delete closed tickets, or name another category: tickets edit_kind parent: …", field: "parent")
        }
        let needed: Permissions =
            kind.place == .thread
            ? [.viewChannel, .createPrivateThreads, .sendMessagesInThreads, .manageThreads]
            : [.viewChannel, .manageChannels, .manageRoles, .sendMessages, .embedLinks, .attachFiles, .readMessageHistory]
        return turn.whyNot(needed, in: parent, of: kind.guild, field: "parent")
    }

    /// Refuses a kind of which no ticket could be opened.
    static func check(_ kind: TicketKind, _ turn: Turn) throws(Refusal) {
        if let refusal = obstacle(kind, turn) { throw refusal }
        guard let role = kind.role ?? turn[staff] else { return }
        let roles = turn.house.directory.roles(in: kind.guild)
        guard roles.isEmpty || roles.contains(where: { $0.id == role }) else {
            throw Refusal(
                .notFound, "The role of those who answer is gone.", hint: "Name another: tickets edit_kind role: @…",
                field: "role")
        }
    }
}
