# A plugin exports one symbol and links to nothing but libc.
plugin_LTLIBRARIES += rapid.la
rapid_la_SOURCES = %D%/rapid.c
rapid_la_LDFLAGS = -module -avoid-version -shared -export-symbols-regex '^dossier_plugin$$' -Wl,-z,defs $(SANITIZE)
rapid_la_CFLAGS = $(AM_CFLAGS)
