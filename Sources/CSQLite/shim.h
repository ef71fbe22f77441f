#pragma once
#include <sqlite3.h>

/// SQLITE_TRANSIENT and SQLITE_STATIC are casts, which Swift cannot import.
static inline sqlite3_destructor_type hearth_sqlite_transient(void) { return SQLITE_TRANSIENT; }
static inline sqlite3_destructor_type hearth_sqlite_static(void) { return SQLITE_STATIC; }
/// sqlite3_db_config is variadic.
static inline int hearth_sqlite_flag(sqlite3 *db, int option, int value) {
    return sqlite3_db_config(db, option, value, (int *)0);
}
