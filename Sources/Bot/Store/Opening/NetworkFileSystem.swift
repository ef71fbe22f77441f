/// File systems that other machines share; the kernel knows them by number.
package enum NetworkFileSystem {
    package static func name(ofKind kind: Int) -> String? {
        switch UInt32(truncatingIfNeeded: kind) {
        case 0x6969: "NFS"
        case 0x517B, 0xFF53_4D42, 0xFE53_4D42: "an SMB share"
        case 0x5346_414F, 0x6B41_4653: "AFS"
        case 0x7375_7245: "Coda"
        case 0x00C3_6400: "Ceph"
        default: nil
        }
    }
}
