#include <errno.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include "faults.h"

int faults_stop_thread(int thread) {
    if (ptrace(PTRACE_SEIZE, thread, 0, 0) != 0) return -1;
    if (ptrace(PTRACE_INTERRUPT, thread, 0, 0) != 0) return -1;
    int status;
    while (waitpid(thread, &status, __WALL) < 0 && errno == EINTR) {}
    return 0;
}

void faults_forget_thread(int thread) {
    int status;
    for (;;) {
        int got = waitpid(thread, &status, __WALL);
        if (got == thread && (WIFEXITED(status) || WIFSIGNALED(status))) return;
        if (got == thread && WIFSTOPPED(status)) ptrace(PTRACE_CONT, thread, 0, 0);
        if (got < 0 && errno != EINTR) return;
    }
}
