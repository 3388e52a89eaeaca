# A plugin exports one symbol and links to nothing but libc.
plugin_LTLIBRARIES += %D%/rapid.la
%C%_rapid_la_SOURCES = %D%/rapid.c
%C%_rapid_la_LDFLAGS = -module -avoid-version -shared -export-symbols-regex '^dossier_plugin$$' -Wl,-z,defs $(SANITIZE)
