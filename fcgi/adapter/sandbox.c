/* Two fences. Landlock (kernel 5.13) says which files may be opened and how; seccomp says which system calls exist at all.
 * The list of calls is what a worker and its libraries need; what is not on it fails with EPERM, so that a library that asks
 * for something new gets an error and not a dead worker. ASan needs calls that are not there: a sanitizer build runs without. */
#include "adapter/sandbox.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Newer than Debian 12's header; asked for only where the kernel knows them. */
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)    /* ABI 3 */
#endif
#ifndef LANDLOCK_ACCESS_FS_IOCTL_DEV
#define LANDLOCK_ACCESS_FS_IOCTL_DEV (1ULL << 15)   /* ABI 5 */
#endif

#define READS (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITES (READS | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_TRUNCATE | LANDLOCK_ACCESS_FS_MAKE_REG | \
	LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REFER)
/* What a rule on a file, not a directory, may say. */
#define ON_FILE (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_TRUNCATE)

static int fail(struct error *error, const char *what)
{
	return error_set(error, ERROR_FAULT, "sandbox.refused", "%s: %s", what, strerror(errno));
}

static uint64_t rights_of_abi(long abi)
{
	uint64_t all = (1ULL << 13) - 1;   /* ABI 1: execute … make symbolic link */
	if (abi >= 2)
		all |= LANDLOCK_ACCESS_FS_REFER;
	if (abi >= 3)
		all |= LANDLOCK_ACCESS_FS_TRUNCATE;
	if (abi >= 5)
		all |= LANDLOCK_ACCESS_FS_IOCTL_DEV;
	return all;
}

static int allow_path(int ruleset, const char *path, uint64_t rights, struct error *error)
{
	struct landlock_path_beneath_attr rule = {.allowed_access = rights};
	struct stat st;
	int rc = -1;
	rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (rule.parent_fd < 0 || fstat(rule.parent_fd, &st) < 0) {
		fail(error, "a directory of the sandbox cannot be opened");
		error_at(error, path, 0, 0);
		goto out;
	}
	if (!S_ISDIR(st.st_mode))
		rule.allowed_access &= ON_FILE;
	if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) < 0) {
		fail(error, "Landlock takes no rule");
		error_at(error, path, 0, 0);
		goto out;
	}
	rc = 0;
out:
	if (rule.parent_fd >= 0)
		close(rule.parent_fd);
	return rc;
}

static int allow_paths(int ruleset, const char *const *paths, uint64_t rights, struct error *error)
{
	for (; *paths; paths++)
		if (allow_path(ruleset, *paths, rights, error) < 0)
			return -1;
	return 0;
}

static int enter_landlock(const char *const *write_dirs, const char *const *read_dirs, struct error *error)
{
	struct landlock_ruleset_attr all = {0};
	int rc = -1, ruleset = -1;
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	if (abi < 1)
		return fail(error, "the kernel has no Landlock (needed for sandbox = required)");
	all.handled_access_fs = rights_of_abi(abi);
	ruleset = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
	if (ruleset < 0) {
		fail(error, "Landlock makes no ruleset");
		goto out;
	}
	if (allow_paths(ruleset, write_dirs, WRITES & all.handled_access_fs, error) < 0 ||
	    allow_paths(ruleset, read_dirs, READS, error) < 0)
		goto out;
	if (syscall(SYS_landlock_restrict_self, ruleset, 0) < 0) {
		fail(error, "Landlock does not close");
		goto out;
	}
	rc = 0;
out:
	if (ruleset >= 0)
		close(ruleset);
	return rc;
}

/* No exec, no socket or connect, no ptrace, no new process, no mount, no truncate by path (Landlock before ABI 3 cannot
 * refuse that). kill only for abort(). */
static const int allowed[] = {
	SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(readv), SCMP_SYS(writev), SCMP_SYS(pread64), SCMP_SYS(pwrite64),
	SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(close), SCMP_SYS(lseek), SCMP_SYS(ftruncate), SCMP_SYS(fallocate),
	SCMP_SYS(fsync), SCMP_SYS(fdatasync), SCMP_SYS(flock), SCMP_SYS(fcntl), SCMP_SYS(dup), SCMP_SYS(fadvise64),
	SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(statfs), SCMP_SYS(fstatfs),
	SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getcwd),
	SCMP_SYS(getdents64), SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(rmdir), SCMP_SYS(unlink), SCMP_SYS(unlinkat),
	SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(fchmod), SCMP_SYS(chmod), SCMP_SYS(fchmodat),
	SCMP_SYS(fchown), SCMP_SYS(umask), SCMP_SYS(utimensat),
	SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(recvfrom), SCMP_SYS(sendto), SCMP_SYS(shutdown), SCMP_SYS(getsockname),
	SCMP_SYS(getpeername), SCMP_SYS(getsockopt), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(epoll_create1), SCMP_SYS(epoll_ctl), SCMP_SYS(epoll_pwait), SCMP_SYS(select), SCMP_SYS(pselect6), SCMP_SYS(ioctl),
	SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(mprotect), SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(mlock),
	SCMP_SYS(munlock), SCMP_SYS(msync), SCMP_SYS(getrandom), SCMP_SYS(futex), SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity),
	SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep), SCMP_SYS(gettimeofday),
	SCMP_SYS(time), SCMP_SYS(setitimer), SCMP_SYS(getitimer), SCMP_SYS(getpid), SCMP_SYS(getppid), SCMP_SYS(gettid),
	SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(getrusage), SCMP_SYS(getrlimit),
	SCMP_SYS(prlimit64), SCMP_SYS(sysinfo), SCMP_SYS(uname), SCMP_SYS(getcpu), SCMP_SYS(restart_syscall),
	SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigpending), SCMP_SYS(sigaltstack),
	SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(membarrier), SCMP_SYS(rseq), SCMP_SYS(set_robust_list),
};

static int enter_seccomp(struct error *error)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int rc = filter ? 0 : -ENOMEM;
	for (size_t i = 0; rc == 0 && i < sizeof allowed / sizeof allowed[0]; i++) {
		rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
		if (rc == -EDOM)
			rc = 0;   /* a call this machine's architecture does not have */
	}
	/* Only at itself: abort() is tgkill to the own process. */
	if (rc == 0)
		rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid()));
	if (rc == 0)
		rc = seccomp_load(filter);
	if (filter)
		seccomp_release(filter);
	if (rc == 0)
		return 0;
	errno = -rc;
	return fail(error, "seccomp does not close");
}

int sandbox_enter(const char *const *write_dirs, const char *const *read_dirs, struct error *error)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return fail(error, "privileges cannot be given up");
	if (enter_landlock(write_dirs, read_dirs, error) < 0)
		return -1;
	return enter_seccomp(error);
}
