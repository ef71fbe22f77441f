internal import Kit
internal import Shared

/// How far somebody has come through a questionnaire. It follows from the questions and the answers alone: whatever is edited,
/// wherever somebody stopped and however often they come back, the next question is the first of those that apply to them and that
/// they have not answered.
struct Walk: Sendable {
    /// Those that apply, in order.
    let asked: [Question]
    let answers: [Int64: GivenAnswer]

    init(_ questions: [Question], _ answers: [Int64: GivenAnswer]) {
        var asked: [Question] = []
        for question in questions {
            guard let only = question.body.only else {
                asked.append(question)
                continue
            }
            // A branch hangs on an earlier question that applies itself.
            guard asked.contains(where: { $0.id == only.question }) else { continue }
            let chosen = answers[only.question]?.keys ?? []
            if only.options.contains(where: chosen.contains) { asked.append(question) }
        }
        self.asked = asked
        self.answers = answers
    }

    var next: Question? { asked.first { answers[$0.id] == nil } }

    /// The last of those answered before this one; of all, when none is named.
    func last(before question: Int64? = nil) -> Question? {
        let end = question.flatMap { id in asked.firstIndex { $0.id == id } } ?? asked.count
        return asked[..<end].last { answers[$0.id] != nil }
    }

    func number(of question: Question) -> Int { (asked.firstIndex { $0.id == question.id } ?? 0) + 1 }

    /// What was answered to those that apply; the rest is of a branch that was left.
    var given: [(question: Question, answer: GivenAnswer)] {
        asked.compactMap { question in answers[question.id].map { (question, $0) } }
    }

    /// Roles that the choices give.
    var roles: [ID<Role>] {
        var roles: [ID<Role>] = []
        for (question, answer) in given {
            for key in answer.keys { if let role = question.option(key)?.role, !roles.contains(role) { roles.append(role) } }
        }
        return roles
    }
}
