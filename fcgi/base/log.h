/* One line to fd 2: time, level, key=value pairs. No text of a document, no name, no secret, ever: ids and numbers only. */
#ifndef BASE_LOG_H
#define BASE_LOG_H
enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };
/* The request that the following lines belong to; NULL for none. Kept as a copy. */
void log_request(const char *request_id, long actor);
/* event is a fixed word ("request", "clerk.release"); then format of key=value pairs. */
void log_line(enum log_level level, const char *event, const char *pairs, ...) __attribute__((format(printf, 3, 4)));
#endif
