# Made by bench/run alone: it links the same objects as the server.
EXTRA_PROGRAMS = %D%/slope
%C%_slope_SOURCES = %D%/slope.c %D%/slope.h %D%/slope_cases.c
%C%_slope_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
%C%_slope_LDADD = libcore.la
