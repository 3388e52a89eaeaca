/* Tells a service manager how the service is (sd_notify(3), the protocol alone): "READY=1", "RELOADING=1", "STOPPING=1". Without one: nothing. */
#ifndef SERVER_NOTIFY_H
#define SERVER_NOTIFY_H

void notify_manager(const char *state);
#endif
