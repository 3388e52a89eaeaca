/* What the two halves of the slopes share: one thing done again and again at one size. */
#ifndef BENCH_SLOPE_H
#define BENCH_SLOPE_H
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <talloc.h>
#include "base/error.h"

#define NEED(call) do { if (!(call)) { fprintf(stderr, "slope: %s: %s %s\n", #call, error.code, error.say); exit(1); } } while (0)

/* Processor time, because others may be at work here; the least of several, because they disturb even that. Microseconds. */
static inline double slope_least(void (*once)(void *ctx, void *data), void *data)
{
	double least = 0, all = 0;

	for (int i = 0; i < 200 && (i < 5 || all < 2e5); i++) {
		struct timespec from, to;
		void *ctx = talloc_new(NULL);
		double took;
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
		once(ctx, data);
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
		talloc_free(ctx);
		took = (double)(to.tv_sec - from.tv_sec) * 1e6 + (double)(to.tv_nsec - from.tv_nsec) / 1e3;
		all += took;
		if (i == 0 || took < least)
			least = took;
	}
	return least;
}

/* "what 60:812 300:3100 1000:9900" and how time grew beside the number: below 1 is better than a straight line. */
static inline void slope_tell(const char *what, const int *sizes, const double *us, int n)
{
	printf("%s", what);
	for (int i = 0; i < n; i++)
		printf("|%d|%.0f", sizes[i], us[i]);
	printf("|%.2f\n", us[n - 1] / us[0] / ((double)sizes[n - 1] / sizes[0]));
}

void slope_cases(const char *data_dir, int most);
#endif
