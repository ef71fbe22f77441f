#pragma once
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <malloc.h>
#include <math.h>
#include <poll.h>
#include <pthread.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/types.h>
#include <sys/un.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <arpa/inet.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#ifndef SO_PEERGROUPS
#define SO_PEERGROUPS 59
#endif

/// Swift imports errno, but a wrapper keeps it beside the call that set it.
static inline int hearth_errno(void) { return errno; }

/// `epoll_event` is packed, and its union has no Swift face that keeps 64 bits of tag.
static inline int hearth_epoll_control(int poller, int operation, int fd, unsigned events, unsigned long long tag) {
    struct epoll_event event = {.events = events, .data = {.u64 = tag}};
    return epoll_ctl(poller, operation, fd, &event);
}
static inline int hearth_epoll_wait(int poller, unsigned *events, unsigned long long *tags, int room, int milliseconds) {
    struct epoll_event ready[64];
    int count = epoll_wait(poller, ready, room < 64 ? room : 64, milliseconds);
    for (int i = 0; i < count; i++) { events[i] = ready[i].events; tags[i] = ready[i].data.u64; }
    return count;
}

/// Who is at the other end of a Unix socket, as the kernel says.
static inline int hearth_peer(int fd, int *pid, unsigned *uid, unsigned *gid) {
    struct { int pid; unsigned uid, gid; } peer;
    socklen_t size = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, 17 /* SO_PEERCRED */, &peer, &size) != 0) return -1;
    *pid = peer.pid; *uid = peer.uid; *gid = peer.gid;
    return 0;
}
static inline int hearth_peer_groups(int fd, unsigned *groups, int room) {
    socklen_t size = (socklen_t)(room * (int)sizeof(unsigned));
    if (getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, groups, &size) != 0) return -1;
    return (int)(size / sizeof(unsigned));
}

/// Addresses are unions and transparent pointers: one call for each thing that is done with them.
static inline int hearth_unix_address(const char *path, struct sockaddr_un *address) {
    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    if (strlen(path) >= sizeof address->sun_path) { errno = ENAMETOOLONG; return -1; }
    strcpy(address->sun_path, path);
    return 0;
}
static inline int hearth_unix_bind(int fd, const char *path) {
    struct sockaddr_un address;
    if (hearth_unix_address(path, &address) != 0) return -1;
    return bind(fd, (struct sockaddr *)&address, sizeof address);
}
static inline int hearth_unix_connect(int fd, const char *path) {
    struct sockaddr_un address;
    if (hearth_unix_address(path, &address) != 0) return -1;
    return connect(fd, (struct sockaddr *)&address, sizeof address);
}
/// Sends one datagram; a name that starts with @ is one of Linux's own, which lie in no folder.
static inline long hearth_unix_send(int fd, const char *path, const void *bytes, long count) {
    struct sockaddr_un address;
    if (hearth_unix_address(path, &address) != 0) return -1;
    socklen_t size = (socklen_t)(__builtin_offsetof(struct sockaddr_un, sun_path) + strlen(path));
    if (path[0] == '@') address.sun_path[0] = 0;
    return sendto(fd, bytes, (size_t)count, MSG_NOSIGNAL, (struct sockaddr *)&address, size);
}
/// Binds a TCP listener to 127.0.0.1; port 0 asks for any. Answers the port, or -1.
static inline int hearth_loopback_listen(int fd, int port, int backlog) {
    int yes = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    socklen_t size = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0) return -1;
    if (listen(fd, backlog) != 0) return -1;
    if (getsockname(fd, (struct sockaddr *)&address, &size) != 0) return -1;
    return ntohs(address.sin_port);
}
/// A listener on an address of either family, given in digits; answers the descriptor, or -1. The port is the one that was
/// taken where none was asked for.
static inline int hearth_listen_on(const char *host, int *port, int backlog) {
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons((unsigned short)*port)};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons((unsigned short)*port)};
    int isFour = inet_pton(AF_INET, host, &four.sin_addr) == 1, yes = 1;
    if (!isFour && inet_pton(AF_INET6, host, &six.sin6_addr) != 1) { errno = EINVAL; return -1; }
    struct sockaddr *address = isFour ? (struct sockaddr *)&four : (struct sockaddr *)&six;
    socklen_t size = isFour ? sizeof four : sizeof six;
    int fd = socket(isFour ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (!isFour) setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes);
    if (bind(fd, address, size) != 0 || listen(fd, backlog) != 0 || getsockname(fd, address, &size) != 0) {
        int reason = errno;
        close(fd);
        errno = reason;
        return -1;
    }
    *port = ntohs(isFour ? four.sin_port : six.sin6_port);
    return fd;
}
static inline int hearth_loopback_connect(int fd, int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return connect(fd, (struct sockaddr *)&address, sizeof address);
}
/// Closing then breaks the connection instead of ending it.
static inline int hearth_reset_on_close(int fd) {
    struct linger hard = {.l_onoff = 1, .l_linger = 0};
    return setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
}
static inline int hearth_accept(int listener) {
    int fd = accept(listener, 0, 0);
    if (fd >= 0) { fcntl(fd, F_SETFD, FD_CLOEXEC); fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK); }
    return fd;
}
static inline int hearth_socket(int family) {
    return socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}
static inline int hearth_datagram_socket(void) { return socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0); }
static inline int hearth_option(int fd, int level, int name, int value) {
    return setsockopt(fd, level, name, &value, sizeof value);
}

/// Variadic calls.
static inline int hearth_copy(int fd) { return fcntl(fd, F_DUPFD_CLOEXEC, 0); }
static inline int hearth_open(const char *path, int flags, unsigned mode) { return open(path, flags, mode); }
static inline int hearth_status_flags(int fd, int flags) { return fcntl(fd, F_SETFL, flags); }
static inline int hearth_thread_name(const char *name) { return prctl(PR_SET_NAME, name, 0, 0, 0); }
static inline int hearth_not_dumpable(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

/// A reader that goes away or a limit on a file's size is an error of a call, not the end of the process. (SIG_IGN is a cast.)
static inline void hearth_survive_lost_output(void) { signal(SIGPIPE, SIG_IGN); signal(SIGXFSZ, SIG_IGN); }

/// glibc gives each thread an arena of its own and keeps what was freed in it, and what it keeps grows with the largest piece
/// that was ever freed. A daemon that is mostly idle wants few arenas and back what a busy minute took.
static inline void hearth_keep_heap_small(void) {
    mallopt(M_ARENA_MAX, 2);
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
    mallopt(M_TRIM_THRESHOLD, 1 << 20);
}
static inline void hearth_trim_heap(void) { malloc_trim(0); }
/// Forgets pages that are as the file has them; who reads there again gets them from it.
static inline int hearth_forget_pages(unsigned long start, unsigned long end) {
    return madvise((void *)start, end - start, MADV_DONTNEED);
}

/// Handlers are unions and casts.
static inline int hearth_handles(int number) {
    struct sigaction action;
    return sigaction(number, 0, &action) == 0 && action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN;
}
static inline void hearth_by_default(int number) { signal(number, SIG_DFL); }

/// `environ` is a variable of the process, which Swift rightly distrusts: it is read at start, before there are threads.
extern char **environ;
static inline char *hearth_environment(int index) { return environ[index]; }

/// The kind of file system under a path as the kernel numbers them, 0 when it cannot be told.
static inline long hearth_filesystem(const char *path) {
    struct statfs system;
    return statfs(path, &system) == 0 ? (long)system.f_type : 0;
}

/// `mount` takes its options untyped.
static inline int hearth_mount_memory(const char *path, const char *options) {
    return mount("tmpfs", path, "tmpfs", 0, options);
}

/// Macros over a wait status.
static inline int hearth_exited(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

/// A child is given our environment; window sizes are asked by a variadic call.
static inline char **hearth_whole_environment(void) { return environ; }
static inline int hearth_window_size(int fd, int *columns, int *rows) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) != 0) return -1;
    *columns = size.ws_col; *rows = size.ws_row;
    return 0;
}
/// Our end never blocks; the other end is for a program that expects an ordinary stream.
static inline int hearth_socket_pair(int *pair) {
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return -1;
    return fcntl(pair[0], F_SETFL, O_NONBLOCK);
}

/// What the zone of this machine adds to UTC at a moment, in seconds.
static inline long hearth_zone_offset(long seconds) {
    time_t moment = seconds;
    struct tm wall;
    return localtime_r(&moment, &wall) ? wall.tm_gmtoff : 0;
}
