#include <sqlite3.h>
#include <pthread.h>
#include <string.h>
#include "faults.h"

/// A file is the real file with its name before it.
typedef struct {
    sqlite3_file base;
    const char *path;
    sqlite3_file *real;
} watched_file;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char watched[512];
static faults_note told;
static void *told_context;
static sqlite3_vfs *real;
static sqlite3_vfs ours;

static void tell(enum faults_deed deed, const char *path, const void *bytes, long long offset, int count) {
    if (!path) return;
    pthread_mutex_lock(&lock);
    if (told && strncmp(path, watched, strlen(watched)) == 0) told(told_context, deed, path, bytes, offset, count);
    pthread_mutex_unlock(&lock);
}

static sqlite3_file *beneath(sqlite3_file *file) { return ((watched_file *)file)->real; }
static const char *path_of(sqlite3_file *file) { return ((watched_file *)file)->path; }

static int do_close(sqlite3_file *f) { return beneath(f)->pMethods ? beneath(f)->pMethods->xClose(beneath(f)) : SQLITE_OK; }
static int do_read(sqlite3_file *f, void *into, int count, sqlite3_int64 offset) {
    return beneath(f)->pMethods->xRead(beneath(f), into, count, offset);
}
static int do_write(sqlite3_file *f, const void *bytes, int count, sqlite3_int64 offset) {
    int code = beneath(f)->pMethods->xWrite(beneath(f), bytes, count, offset);
    if (code == SQLITE_OK) tell(FAULTS_WRITE, path_of(f), bytes, offset, count);
    return code;
}
static int do_truncate(sqlite3_file *f, sqlite3_int64 size) {
    int code = beneath(f)->pMethods->xTruncate(beneath(f), size);
    if (code == SQLITE_OK) tell(FAULTS_CUT, path_of(f), 0, size, 0);
    return code;
}
static int do_sync(sqlite3_file *f, int flags) {
    int code = beneath(f)->pMethods->xSync(beneath(f), flags);
    if (code == SQLITE_OK) tell(FAULTS_SYNC, path_of(f), 0, 0, 0);
    return code;
}
static int do_size(sqlite3_file *f, sqlite3_int64 *size) { return beneath(f)->pMethods->xFileSize(beneath(f), size); }
static int do_lock(sqlite3_file *f, int kind) { return beneath(f)->pMethods->xLock(beneath(f), kind); }
static int do_unlock(sqlite3_file *f, int kind) { return beneath(f)->pMethods->xUnlock(beneath(f), kind); }
static int do_reserved(sqlite3_file *f, int *is) { return beneath(f)->pMethods->xCheckReservedLock(beneath(f), is); }
static int do_control(sqlite3_file *f, int what, void *value) {
    return beneath(f)->pMethods->xFileControl(beneath(f), what, value);
}
static int do_sector(sqlite3_file *f) { return beneath(f)->pMethods->xSectorSize(beneath(f)); }
static int do_traits(sqlite3_file *f) { return beneath(f)->pMethods->xDeviceCharacteristics(beneath(f)); }
static int do_map(sqlite3_file *f, int page, int size, int extend, void volatile **at) {
    return beneath(f)->pMethods->xShmMap(beneath(f), page, size, extend, at);
}
static int do_shared_lock(sqlite3_file *f, int offset, int count, int flags) {
    return beneath(f)->pMethods->xShmLock(beneath(f), offset, count, flags);
}
static void do_barrier(sqlite3_file *f) { beneath(f)->pMethods->xShmBarrier(beneath(f)); }
static int do_unmap(sqlite3_file *f, int remove) { return beneath(f)->pMethods->xShmUnmap(beneath(f), remove); }

/// Version 2: without memory maps of the file itself, so that each write is seen.
static const sqlite3_io_methods methods = {
    2, do_close, do_read, do_write, do_truncate, do_sync, do_size, do_lock, do_unlock, do_reserved, do_control, do_sector,
    do_traits, do_map, do_shared_lock, do_barrier, do_unmap, 0, 0,
};

static int do_open(sqlite3_vfs *vfs, sqlite3_filename path, sqlite3_file *file, int flags, int *given) {
    watched_file *f = (watched_file *)file;
    (void)vfs;
    f->path = path;
    f->real = (sqlite3_file *)(f + 1);
    f->real->pMethods = 0;
    int code = real->xOpen(real, path, f->real, flags, given);
    f->base.pMethods = f->real->pMethods ? &methods : 0;
    return code;
}

static int do_delete(sqlite3_vfs *vfs, const char *path, int durably) {
    (void)vfs;
    int code = real->xDelete(real, path, durably);
    if (code == SQLITE_OK) tell(FAULTS_REMOVE, path, 0, 0, durably);
    return code;
}

int faults_watch(const char *folder, faults_note note, void *context) {
    int code = SQLITE_OK;
    pthread_mutex_lock(&lock);
    if (!real) {
        real = sqlite3_vfs_find(0);
        ours = *real;
        ours.pNext = 0;
        ours.zName = "watched";
        ours.szOsFile = (int)sizeof(watched_file) + real->szOsFile;
        ours.xOpen = do_open;
        ours.xDelete = do_delete;
        code = sqlite3_vfs_register(&ours, 1);
    }
    strncpy(watched, folder, sizeof watched - 1);
    told = note;
    told_context = context;
    pthread_mutex_unlock(&lock);
    return code;
}

void faults_unwatch(void) {
    pthread_mutex_lock(&lock);
    told = 0;
    pthread_mutex_unlock(&lock);
}
