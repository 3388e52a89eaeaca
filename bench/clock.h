/* What the programs of the bench share: a clock, the times of a run and how they are printed, the number that makes bodies differ. */
#ifndef BENCH_CLOCK_H
#define BENCH_CLOCK_H
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MARK "@@@@@@@@@@@@"

struct times { double *list; long count, room; };

static inline double clock_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static inline void times_add(struct times *times, double seconds)
{
	if (times->count == times->room) {
		times->room = times->room * 2 + 1024;
		times->list = realloc(times->list, (size_t)times->room * sizeof times->list[0]);
		if (times->list == NULL)
			exit(1);
	}
	times->list[times->count++] = seconds;
}

static inline int times_order(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static inline void times_print(struct times *times, double seconds, long errors, size_t bytes)
{
	double used = (double)clock() / CLOCKS_PER_SEC;
	long n = times->count;

	if (n == 0) {
		printf("0 %.3f 0 0 0 0 %ld %zu 0\n", seconds, errors, bytes);
		return;
	}
	qsort(times->list, (size_t)n, sizeof times->list[0], times_order);
	printf("%ld %.3f %.1f %.0f %.0f %.0f %ld %zu %.0f\n", n, seconds, (double)n / seconds, times->list[n / 2] * 1e6,
		times->list[(n * 99) / 100] * 1e6, times->list[n - 1] * 1e6, errors, bytes, used * 1e6 / (double)n);
}

/* Twelve digits that no earlier run has used: tenths of a millisecond since 1970, of which a run uses up fewer than pass. */
static inline uint64_t mark_start(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return ((uint64_t)t.tv_sec * 10000 + (uint64_t)t.tv_nsec / 100000) % 1000000000000;
}

static inline void mark_set(char *at, uint64_t number)
{
	char digits[24];

	snprintf(digits, sizeof digits, "%012llu", (unsigned long long)number);
	memcpy(at, digits, sizeof MARK - 1);
}
#endif
