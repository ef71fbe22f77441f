internal import CCurl

/// libcurl wants to be started once, before the first thread uses it.
package enum CurlLibrary {
    package static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}
