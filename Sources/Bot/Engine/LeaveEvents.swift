internal import Kit

extension Engine {
    /// A process that has to be gone leaves events undone: none of their numbers is on disk, so whoever resumes the session is
    /// told of them again. Only a session that has just begun is finished first, for nobody could resume it. Nil when there are
    /// none to leave, otherwise what remains to be done.
    func leaveEvents(among tasks: ArraySlice<Task>) -> [Task]? {
        if !hasLeftEvents, tasks.contains(where: \.beginsSession) { return nil }
        let others = tasks.filter { !$0.isEvent }
        if others.count == tasks.count { return nil }
        hasLeftEvents = true
        return others
    }
}

extension Task {
    fileprivate var isEvent: Bool { if case .dispatch = self { true } else { false } }

    fileprivate var beginsSession: Bool {
        guard case .dispatch(let batch, let index) = self, case .sessionStarted? = batch[index].event else { return false }
        return true
    }
}
