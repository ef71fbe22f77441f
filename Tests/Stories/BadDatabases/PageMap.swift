import Kit
import Store

/// Where in a database's file each kind of structure lies. Only bytes are listed whose change makes the file contradict itself:
/// what lies in a cell is somebody's words, and no file can tell that they were others.
struct PageMap {
    enum Kind: String, CaseIterable {
        case header, tableBranch, tableLeaf, indexBranch, indexLeaf, overflow, freeTrunk
    }

    private(set) var places: [Kind: [Int]] = [:]

    init(of path: String, _ bytes: [UInt8]) throws {
        func number(_ at: Int, _ width: Int) -> Int { bytes[at..<(at + width)].reduce(0) { $0 << 8 | Int($1) } }
        let size = number(16, 2)
        // Magic words, page size, fractions, count of pages and of free ones.
        places[.header] = Array(0..<18) + Array(21..<24) + Array(29..<32) + Array(37..<40)
        var free = number(32, 4)
        while free != 0 {
            let page = (free - 1) * size
            places[.freeTrunk, default: []] += Array(page..<(page + 8))
            free = number(page, 4)
        }
        let pages = try SQLiteLibrary(path: path).openReader().all("SELECT pageno, pagetype FROM dbstat") {
            (number: Int($0.int(0)), kind: $0.text(1))
        }
        for page in pages {
            let start = (page.number - 1) * size + (page.number == 1 ? 100 : 0)
            if page.kind == "overflow" {
                places[.overflow, default: []] += Array(start..<(start + 4))
                continue
            }
            let isLeaf = bytes[start] >= 10
            let kind: Kind = bytes[start] & 1 == 1 ? (isLeaf ? .tableLeaf : .tableBranch) : isLeaf ? .indexLeaf : .indexBranch
            // Its kind, how many cells it has, where each of them is, and in a branch the rightmost child.
            let cells = number(start + 3, 2)
            let pointers = start + (isLeaf ? 8 : 12)
            places[kind, default: []] += [start, start + 3, start + 4] + Array(pointers..<(pointers + 2 * cells))
            if !isLeaf { places[kind, default: []] += Array((start + 8)..<(start + 12)) }
        }
    }
}
