#pragma once
#include <microhttpd.h>

/// MHD_start_daemon is variadic: one typed door. The thread that it starts watches all connections; a connection whose answer
/// is not there yet is set aside. What a header may weigh, how many may come and how long one may be silent are limits of it.
static inline struct MHD_Daemon *hearth_http_start(
    int listener, unsigned int connections, unsigned int seconds, size_t memory, MHD_AccessHandlerCallback handle,
    MHD_RequestCompletedCallback completed, void *own) {
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, 0, 0, handle, own, MHD_OPTION_LISTEN_SOCKET, listener,
        MHD_OPTION_CONNECTION_LIMIT, connections, MHD_OPTION_CONNECTION_TIMEOUT, seconds,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, memory, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_COMPLETED, completed,
        own, MHD_OPTION_END);
}
/// MHD_RESPMEM_MUST_COPY does not come across.
static inline struct MHD_Response *hearth_http_response(const void *bytes, size_t count) {
    return MHD_create_response_from_buffer(count, (void *)bytes, MHD_RESPMEM_MUST_COPY);
}
