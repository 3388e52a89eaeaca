/* Gives a fuzzer the files of the folders named, one after the other, as libFuzzer would: for builds without it. */
#include <dirent.h>
#include <sys/stat.h>
#include "fuzz.h"

int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

/* How many inputs that was: a folder within is none. */
static int give(const char *path)
{
	FILE *file = fopen(path, "rb");
	struct stat about;
	uint8_t *bytes;

	HOLDS(file && fstat(fileno(file), &about) == 0);
	if (!S_ISREG(about.st_mode)) {
		fclose(file);
		return 0;
	}
	bytes = talloc_array(NULL, uint8_t, (size_t)about.st_size);
	HOLDS(fread(bytes, 1, (size_t)about.st_size, file) == (size_t)about.st_size);
	fclose(file);
	fprintf(stderr, "%s\n", path);      /* the last one told is the one that broke */
	LLVMFuzzerTestOneInput(bytes, (size_t)about.st_size);
	talloc_free(bytes);
	return 1;
}

static int folder(const char *name)
{
	DIR *dir = opendir(name);
	int count = 0;

	HOLDS(dir);
	for (struct dirent *entry; (entry = readdir(dir));) {
		char *path = talloc_asprintf(NULL, "%s/%s", name, entry->d_name);
		if (entry->d_name[0] != '.')
			count += give(path);
		talloc_free(path);
	}
	closedir(dir);
	return count;
}

int main(int argc, char **argv)
{
	int count = 0;

	if (LLVMFuzzerInitialize)
		LLVMFuzzerInitialize(&argc, &argv);
	for (int i = 1; i < argc; i++)
		count += folder(argv[i]);
	printf("%d\n", count);
	return count == 0;
}
