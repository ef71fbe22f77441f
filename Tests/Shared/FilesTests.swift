import Machine
import Shared
import Testing

@Suite("Files, accounts and places")
struct FilesTests {
    @Test("a file is replaced whole, with the mode that was asked for")
    func replace() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("a", "one", mode: 0o644)
        #expect(try Files.status(path).permissions & 0o077 == 0o044)
        try Files.write(Array("two".utf8), to: path)
        #expect(try Files.read(path) == Array("two".utf8))
        let status = try Files.status(path)
        #expect((status.permissions, status.size, status.isFolder) == (0o600, 3, false))
        #expect(status.owner == Accounts.effectiveUser)
        #expect(try Files.names(in: folder.path) == ["a"])
    }

    @Test("what fails says what was tried, and leaves nothing behind")
    func failures() throws {
        let folder = try TemporaryFolder()
        try Files.makeFolder(folder.path + "/full/of")
        #expect { try Files.write([1], to: folder.path + "/full/of") } throws: { "\($0)".hasPrefix("rename \(folder.path)") }
        #expect(try Files.names(in: folder.path + "/full") == ["of"])
        #expect { try Files.read(folder.path + "/none") } throws: { ($0 as? SystemError)?.isMissing == true }
        let large = try folder.file("large", String(repeating: "x", count: 20_000))
        #expect { try Files.read(large, atMost: 10_000) } throws: { "\($0)" == "read \(large): File too large" }
        try Files.removeFolder(folder.path + "/full/of")
        try Files.removeFolder(folder.path + "/full")
    }

    @Test("accounts of this machine are found by name, and unknown ones are not")
    func accounts() {
        #expect(Accounts.user(named: "root") == 0)
        #expect(Accounts.group(named: "root") == 0)
        #expect(Accounts.name(ofUser: 0) == "root")
        #expect(Accounts.user(named: "no such user") == nil)
        #expect(Accounts.group(named: "") == nil)
    }

    @Test("configuration and socket are looked for where they belong")
    func usualPlaces() {
        #expect(Places.configurations(environment: ["HOME": "/home/a"], isRoot: true) == ["/etc/hearth/hearth.yml"])
        #expect(
            Places.configurations(environment: ["HOME": "/home/a"], isRoot: false)
                == ["/home/a/.config/hearth/hearth.yml", "/etc/hearth/hearth.yml"])
        #expect(
            Places.sockets(environment: ["XDG_RUNTIME_DIR": "/run/user/1000"], isRoot: false)
                == ["/run/hearth/control.sock", "/run/user/1000/hearth/control.sock"])
    }
}
