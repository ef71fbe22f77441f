#pragma once

/// What a file of SQLite's was told to do, in order. `bytes` is nil but for a write; `offset` is the new length of a cut.
enum faults_deed { FAULTS_WRITE, FAULTS_SYNC, FAULTS_CUT, FAULTS_REMOVE };
typedef void (*faults_note)(void *context, enum faults_deed deed, const char *path, const void *bytes, long long offset, int count);

/// Becomes SQLite's default way to files: all calls go on to the real one, and those on files below `folder` are told as well, one
/// folder at a time. Answers SQLite's code.
int faults_watch(const char *folder, faults_note note, void *context);
void faults_unwatch(void);

/// Stops one thread of another process, as a disk does that never answers; the calling thread becomes its tracer. -1 and errno
/// when the kernel does not allow it.
int faults_stop_thread(int thread);
/// Waits until a stopped thread is gone with its process.
void faults_forget_thread(int thread);
