#pragma once
#include <zlib.h>

/// inflateInit and deflateInit are macros.
static inline int hearth_inflate_init(z_stream *s) { return inflateInit(s); }
static inline int hearth_deflate_init(z_stream *s, int level) { return deflateInit(s, level); }
