import CFaults
import Machine

/// Writes down, in order, all that SQLite tells the files of one folder, so that a power cut at any moment can be played out
/// afterwards: what was synced is there, of what was written since then anything may be missing.
package final class RecordingDisk: Sendable {
    package enum Deed: Sendable {
        case wrote(file: String, at: Int, [UInt8])
        case synced(file: String)
        case cut(file: String, to: Int)
        case removed(file: String)
        /// A file that is not SQLite's was replaced in place, and synced at once.
        case stamped(file: String, [UInt8])
    }

    private struct Record: Sendable {
        var deeds: [Deed] = []
        var stamp: [UInt8] = []
    }

    private let folder: String
    /// The name of the small file beside the database.
    private let stamp: String
    private let record = Lock(Record())

    /// Only one folder is watched at a time, from now until this value is gone.
    package init(watching folder: String, stamp: String) {
        self.folder = folder
        self.stamp = stamp
        let code = faults_watch(
            folder + "/",
            { context, deed, path, bytes, offset, count in
                guard let context, let path else { return }
                let disk = Unmanaged<RecordingDisk>.fromOpaque(context).takeUnretainedValue()
                let content = UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : Int(count))
                disk.note(deed, String(cString: path), content, Int(offset))
            }, Unmanaged.passUnretained(self).toOpaque())
        precondition(code == 0, "SQLite takes no other way to files (\(code))")
    }

    deinit { faults_unwatch() }

    private func note(_ deed: faults_deed, _ path: String, _ content: UnsafeRawBufferPointer, _ offset: Int) {
        let file = String(path.dropFirst(folder.utf8.count + 1))
        // The stamp is written between two deeds of SQLite's, so it is looked for before each.
        let stamped = (try? Files.read(folder + "/" + stamp, atMost: 64)) ?? []
        let told: Deed =
            switch deed {
            case FAULTS_WRITE: .wrote(file: file, at: offset, Array(content))
            case FAULTS_SYNC: .synced(file: file)
            case FAULTS_CUT: .cut(file: file, to: offset)
            default: .removed(file: file)
            }
        record.locked { record in
            if stamped != record.stamp {
                record.stamp = stamped
                record.deeds.append(.stamped(file: stamp, stamped))
            }
            record.deeds.append(told)
        }
    }

    /// How many deeds there are so far: a moment at which the power may go.
    package var moment: Int { record.locked { $0.deeds.count } }
    package var deeds: [Deed] { record.locked { $0.deeds } }
}
