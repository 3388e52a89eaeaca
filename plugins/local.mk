# A plugin exports one symbol and links to nothing but libc. One folder each.
plugin_LTLIBRARIES += %D%/rapid.la
%C%_rapid_la_SOURCES = %D%/rapid/rapid.c %D%/rapid/rapid.h %D%/rapid/guards.c %D%/rapid/guards_flow.c %D%/rapid/guards_panel.c %D%/rapid/pairs.c %D%/rapid/rules.c %D%/rapid/rules_learning.c %D%/rapid/rules_people.c %D%/rapid/rules_events.c %D%/rapid/rules_report.c %D%/rapid/rules_panel.c %D%/rapid/risks.c %D%/rapid/seed.c %D%/rapid/seed_inner.h %D%/rapid/seed_lines.c %D%/rapid/seed_meeting.c %D%/rapid/seed_panel.c %D%/rapid/seed_progress.c %D%/rapid/seed_query.c %D%/rapid/seed_report.c %D%/rapid/seed_search.c %D%/rapid/after.c %D%/rapid/clocks.h
%C%_rapid_la_LDFLAGS = -module -avoid-version -shared -export-symbols-regex '^dossier_plugin$$' $(PLUGIN_DEFS) $(SANITIZE)
