#pragma once
#include <curl/curl.h>

/// curl_easy_setopt and curl_easy_getinfo are variadic: one typed door each.
typedef size_t (*hearth_curl_data_callback)(char *, size_t, size_t, void *);

static inline CURLcode hearth_curl_set_long(CURL *h, CURLoption o, long v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode hearth_curl_set_text(CURL *h, CURLoption o, const char *v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode hearth_curl_set_pointer(CURL *h, CURLoption o, void *v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode hearth_curl_set_list(CURL *h, CURLoption o, struct curl_slist *v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode hearth_curl_set_mime(CURL *h, curl_mime *v) { return curl_easy_setopt(h, CURLOPT_MIMEPOST, v); }
static inline CURLcode hearth_curl_set_callback(CURL *h, CURLoption o, hearth_curl_data_callback f) {
    return curl_easy_setopt(h, o, f);
}
static inline CURLcode hearth_curl_get_long(CURL *h, CURLINFO i, long *v) { return curl_easy_getinfo(h, i, v); }
static inline CURLcode hearth_curl_get_pointer(CURL *h, CURLINFO i, void **v) { return curl_easy_getinfo(h, i, (char **)v); }
static inline CURLcode hearth_curl_get_socket(CURL *h, curl_socket_t *v) {
    return curl_easy_getinfo(h, CURLINFO_ACTIVESOCKET, v);
}
/// The result of a finished transfer lies in a union.
static inline CURLcode hearth_curl_result(CURLMsg *m) { return m->data.result; }
