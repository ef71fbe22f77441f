internal import CPango

/// A surface to paint on, from the top down.
final class Sheet {
    struct Ink {
        var red: Double
        var green: Double
        var blue: Double

        init(_ rgb: Int) {
            red = Double(rgb >> 16 & 0xFF) / 255
            green = Double(rgb >> 8 & 0xFF) / 255
            blue = Double(rgb & 0xFF) / 255
        }

        /// From this one towards another.
        func towards(_ other: Ink, _ share: Double) -> Ink {
            var mixed = self
            mixed.red += (other.red - red) * share
            mixed.green += (other.green - green) * share
            mixed.blue += (other.blue - blue) * share
            return mixed
        }

        static let paper = Ink(0xFFFFFF)
        static let text = Ink(0x23272A)
        static let quiet = Ink(0x747F8D)
        static let rule = Ink(0xE3E5E8)
        static let bar = Ink(0x3E7CB1)
        static let gap = Ink(0xF2F3F5)
    }

    enum Side { case left, centre, right }

    let width: Double
    private let surface: OpaquePointer
    private let context: OpaquePointer

    /// Nil where there is no memory for it.
    init?(width: Int, height: Int) {
        guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height)) else { return nil }
        guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS, let context = cairo_create(surface) else {
            cairo_surface_destroy(surface)
            return nil
        }
        self.width = Double(width)
        self.surface = surface
        self.context = context
        box(0, 0, Double(width), Double(height), .paper)
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    // MARK: - Strokes

    func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ ink: Ink) {
        take(ink)
        cairo_rectangle(context, x, y, width, height)
        cairo_fill(context)
    }

    func dot(_ x: Double, _ y: Double, radius: Double, _ ink: Ink) {
        take(ink)
        cairo_arc(context, x, y, radius, 0, 2 * Double.pi)
        cairo_fill(context)
    }

    func line(_ points: [(x: Double, y: Double)], thickness: Double, _ ink: Ink) {
        guard let first = points.first else { return }
        take(ink)
        cairo_set_line_width(context, thickness)
        cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
        cairo_move_to(context, first.x, first.y)
        for point in points.dropFirst() { cairo_line_to(context, point.x, point.y) }
        cairo_stroke(context)
    }

    /// Text in a box of its own, cut with an ellipsis where it is too long; it is never read as markup.
    func write(
        _ text: String, _ x: Double, _ y: Double, _ width: Double, size: Double, _ ink: Ink = .text, side: Side = .left,
        bold: Bool = false
    ) {
        guard !text.isEmpty, let layout = pango_cairo_create_layout(context) else { return }
        defer { g_object_unref(UnsafeMutableRawPointer(layout)) }
        let font = pango_font_description_new()
        defer { pango_font_description_free(font) }
        pango_font_description_set_family(font, "sans-serif")
        pango_font_description_set_absolute_size(font, size * Double(PANGO_SCALE))
        if bold { pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD) }
        pango_layout_set_font_description(layout, font)
        pango_layout_set_single_paragraph_mode(layout, 1)
        pango_layout_set_width(layout, Int32(width * Double(PANGO_SCALE)))
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END)
        pango_layout_set_alignment(
            layout, side == .left ? PANGO_ALIGN_LEFT : side == .right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_CENTER)
        pango_layout_set_auto_dir(layout, 0)
        pango_layout_set_text(layout, text, -1)
        take(ink)
        cairo_move_to(context, x, y)
        pango_cairo_show_layout(context, layout)
    }

    private func take(_ ink: Ink) { cairo_set_source_rgb(context, ink.red, ink.green, ink.blue) }

    // MARK: - The end

    private final class Bytes { var all: [UInt8] = [] }

    var png: [UInt8]? {
        let bytes = Bytes()
        let status = cairo_surface_write_to_png_stream(
            surface,
            { holder, data, count in
                guard let holder, let data else { return CAIRO_STATUS_WRITE_ERROR }
                let bytes = Unmanaged<Bytes>.fromOpaque(holder).takeUnretainedValue()
                bytes.all.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
                return CAIRO_STATUS_SUCCESS
            }, Unmanaged.passUnretained(bytes).toOpaque())
        return status == CAIRO_STATUS_SUCCESS ? bytes.all : nil
    }
}
