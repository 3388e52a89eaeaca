# A fuzzer is one file against the objects of the server. With --enable-fuzzers (clang) libFuzzer drives it; else replay.c, which gives it the kept
# inputs: so the tests have those in any build, and a fuzzer that no longer compiles is seen at once.
fuzzers = \
  %D%/fuzz_date \
  %D%/fuzz_form \
  %D%/fuzz_head \
  %D%/fuzz_multipart \
  %D%/fuzz_prose \
  %D%/fuzz_urlencoded \
  %D%/fuzz_xml
check_PROGRAMS += $(fuzzers)
fuzz_link =
if FUZZERS
fuzz_link += -fsanitize=fuzzer
san-programs: $(fuzzers) $(unit_tests)
.PHONY: san-programs
endif
%C%_fuzz_date_SOURCES = %D%/fuzz_date.c %D%/fuzz.h
if !FUZZERS
%C%_fuzz_date_SOURCES += %D%/replay.c
endif
%C%_fuzz_date_LDADD = libcore.la
%C%_fuzz_date_LDFLAGS = $(AM_LDFLAGS) $(fuzz_link)
%C%_fuzz_form_SOURCES = %D%/fuzz_form.c %D%/fuzz.h
if !FUZZERS
%C%_fuzz_form_SOURCES += %D%/replay.c
endif
%C%_fuzz_form_LDADD = libcore.la
%C%_fuzz_form_LDFLAGS = $(AM_LDFLAGS) $(fuzz_link)
%C%_fuzz_head_SOURCES = %D%/fuzz_head.c %D%/fuzz.h
if !FUZZERS
%C%_fuzz_head_SOURCES += %D%/replay.c
endif
%C%_fuzz_head_LDADD = libcore.la
%C%_fuzz_head_LDFLAGS = $(AM_LDFLAGS) $(fuzz_link)
%C%_fuzz_multipart_SOURCES = %D%/fuzz_multipart.c %D%/fuzz.h
if !FUZZERS
%C%_fuzz_multipart_SOURCES += %D%/replay.c
endif
%C%_fuzz_multipart_LDADD = libcore.la
%C%_fuzz_multipart_LDFLAGS = $(AM_LDFLAGS) $(fuzz_link)
%C%_fuzz_prose_SOURCES = %D%/fuzz_prose.c %D%/fuzz.h
if !FUZZERS
%C%_fuzz_prose_SOURCES += %D%/replay.c
endif
%C%_fuzz_prose_LDADD = libcore.la
%C%_fuzz_prose_LDFLAGS = $(AM_LDFLAGS) $(fuzz_link)
%C%_fuzz_urlencoded_SOURCES = %D%/fuzz_urlencoded.c %D%/fuzz.h
if !FUZZERS
%C%_fuzz_urlencoded_SOURCES += %D%/replay.c
endif
%C%_fuzz_urlencoded_LDADD = libcore.la
%C%_fuzz_urlencoded_LDFLAGS = $(AM_LDFLAGS) $(fuzz_link)
%C%_fuzz_xml_SOURCES = %D%/fuzz_xml.c %D%/fuzz.h
if !FUZZERS
%C%_fuzz_xml_SOURCES += %D%/replay.c
endif
%C%_fuzz_xml_LDADD = libcore.la
%C%_fuzz_xml_LDFLAGS = $(AM_LDFLAGS) $(fuzz_link)
