import Control
import Kit
import Machine
import Testing

@Suite struct RoleBookTests {
    private let book = RoleBook(
        ownUser: 500, users: [.viewer: [601], .admin: [602, 601], .moderator: [RoleBook.nobody]],
        groups: [.moderator: [70, RoleBook.nobody], .owner: [71]])

    typealias Case = (user: UInt32, groups: [UInt32], role: Access.Role?)
    private static let cases: [Case] = [
        (0, [], .owner), (500, [], .owner), (601, [], .admin), (602, [70], .admin), (603, [9, 70], .moderator),
        (603, [70, 71], .owner), (603, [9], nil), (603, [], nil), (65_534, [71], nil), (65_534, [], nil), (603, [65_534], nil),
    ]

    @Test(arguments: cases)
    func `the highest role of a user and its groups counts, and nobody has none`(_ one: Case) {
        #expect(book.role(of: Sockets.Peer(process: 1, user: one.user, groups: one.groups)) == one.role)
    }

    @Test func `the door is as narrow as the book allows`() {
        #expect(SocketAccess(for: RoleBook(ownUser: 500)) == .owner)
        #expect(SocketAccess(for: RoleBook(ownUser: 500, users: [.owner: [500, 0]])) == .owner)
        #expect(SocketAccess(for: RoleBook(ownUser: 500, groups: [.viewer: [70], .admin: [70]])) == .group(70))
        #expect(SocketAccess(for: book) == .everyone)
        #expect(SocketAccess(for: RoleBook(ownUser: 500, users: [.viewer: [601]], groups: [.viewer: [70]])) == .everyone)
    }

    @Test func `admission counts by user, and gives places back`() {
        var limits = ControlLimits(descriptors: 100)
        limits.clients = 3
        limits.clientsOfOneUser = 2
        var admission = Admission(limits)
        admission.enter(1)
        admission.enter(1)
        #expect(admission.objection(to: 1, descriptor: 9)?.contains("User 1 has 2 connections") == true)
        #expect(admission.objection(to: 2, descriptor: 9) == nil)
        admission.enter(2)
        #expect(admission.objection(to: 3, descriptor: 9)?.contains("3 clients are connected") == true)
        admission.leave(1)
        #expect(admission.objection(to: 1, descriptor: 9) == nil)
        #expect(admission.objection(to: 1, descriptor: 91) == nil)
        #expect(admission.objection(to: 1, descriptor: 92)?.contains("descriptors") == true)
    }

    @Test func `a flood of refusals is counted, not written down`() {
        var budget = RefusalBudget()
        let start = MonotonicTime(nanoseconds: 0)
        let answers: [Int?] = (1...15).map { _ in budget.spend(7, now: start) }
        #expect(answers.prefix(10).allSatisfy { $0 == 0 } && answers.dropFirst(10).allSatisfy { $0 == nil })
        #expect(budget.spend(8, now: start) == 0)
        #expect(budget.spend(7, now: start.adding(milliseconds: 60_000)) == 5)
        #expect(budget.spend(7, now: start.adding(milliseconds: 60_001)) == 0)
    }
}
