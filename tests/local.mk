# Every test prints TAP. Unit tests link the same objects as the server; scripts find the tree by top_srcdir and the build by top_builddir.
if CMOCKA
unit_tests = \
  %D%/unit/test_again \
  %D%/unit/test_bind \
  %D%/unit/test_clocks \
  %D%/unit/test_compare \
  %D%/unit/test_config \
  %D%/unit/test_constructs \
  %D%/unit/test_date \
  %D%/unit/test_db \
  %D%/unit/test_evasions \
  %D%/unit/test_fields \
  %D%/unit/test_fill \
  %D%/unit/test_first_column \
  %D%/unit/test_fold \
  %D%/unit/test_form \
  %D%/unit/test_gate \
  %D%/unit/test_html \
  %D%/unit/test_interference \
  %D%/unit/test_machines \
  %D%/unit/test_multipart \
  %D%/unit/test_planted \
  %D%/unit/test_prose \
  %D%/unit/test_redact \
  %D%/unit/test_release \
  %D%/unit/test_residue \
  %D%/unit/test_rights \
  %D%/unit/test_seal \
  %D%/unit/test_store \
  %D%/unit/test_store_case \
  %D%/unit/test_store_people \
  %D%/unit/test_store_publication \
  %D%/unit/test_text \
  %D%/unit/test_xml \
  %D%/unit/test_xml_hostile \
  %D%/unit/test_xpath \
  %D%/unit/test_xslt
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)
%C%_unit_test_again_SOURCES = %D%/unit/test_again.c
%C%_unit_test_again_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_again_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_bind_SOURCES = %D%/unit/test_bind.c
%C%_unit_test_bind_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_bind_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_clocks_SOURCES = %D%/unit/test_clocks.c
%C%_unit_test_clocks_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_clocks_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_compare_SOURCES = %D%/unit/test_compare.c
%C%_unit_test_compare_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_compare_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_config_SOURCES = %D%/unit/test_config.c
%C%_unit_test_config_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_config_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_constructs_SOURCES = %D%/unit/test_constructs.c
%C%_unit_test_constructs_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_constructs_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_date_SOURCES = %D%/unit/test_date.c
%C%_unit_test_date_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_date_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_db_SOURCES = %D%/unit/test_db.c
%C%_unit_test_db_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_db_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_evasions_SOURCES = %D%/unit/test_evasions.c
%C%_unit_test_evasions_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_evasions_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_fields_SOURCES = %D%/unit/test_fields.c
%C%_unit_test_fields_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_fields_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_fill_SOURCES = %D%/unit/test_fill.c
%C%_unit_test_fill_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_fill_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_first_column_SOURCES = %D%/unit/test_first_column.c
%C%_unit_test_first_column_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_first_column_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_fold_SOURCES = %D%/unit/test_fold.c
%C%_unit_test_fold_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_fold_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_form_SOURCES = %D%/unit/test_form.c
%C%_unit_test_form_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_form_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_gate_SOURCES = %D%/unit/test_gate.c
%C%_unit_test_gate_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_gate_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_html_SOURCES = %D%/unit/test_html.c
%C%_unit_test_html_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_html_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_interference_SOURCES = %D%/unit/test_interference.c
%C%_unit_test_interference_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_interference_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_machines_SOURCES = %D%/unit/test_machines.c
%C%_unit_test_machines_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_machines_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_multipart_SOURCES = %D%/unit/test_multipart.c
%C%_unit_test_multipart_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_multipart_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_planted_SOURCES = %D%/unit/test_planted.c
%C%_unit_test_planted_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_planted_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_prose_SOURCES = %D%/unit/test_prose.c
%C%_unit_test_prose_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_prose_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_redact_SOURCES = %D%/unit/test_redact.c
%C%_unit_test_redact_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_redact_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_release_SOURCES = %D%/unit/test_release.c
%C%_unit_test_release_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_release_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_residue_SOURCES = %D%/unit/test_residue.c
%C%_unit_test_residue_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_residue_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_rights_SOURCES = %D%/unit/test_rights.c
%C%_unit_test_rights_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_rights_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_seal_SOURCES = %D%/unit/test_seal.c
%C%_unit_test_seal_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_seal_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_store_SOURCES = %D%/unit/test_store.c %D%/unit/store_fixture.h fcgi/server/verify.c
%C%_unit_test_store_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_store_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_store_case_SOURCES = %D%/unit/test_store_case.c
%C%_unit_test_store_case_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_store_case_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_store_people_SOURCES = %D%/unit/test_store_people.c
%C%_unit_test_store_people_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_store_people_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_store_publication_SOURCES = %D%/unit/test_store_publication.c
%C%_unit_test_store_publication_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_store_publication_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_text_SOURCES = %D%/unit/test_text.c
%C%_unit_test_text_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_text_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_xml_SOURCES = %D%/unit/test_xml.c
%C%_unit_test_xml_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_xml_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_xml_hostile_SOURCES = %D%/unit/test_xml_hostile.c
%C%_unit_test_xml_hostile_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_xml_hostile_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_xpath_SOURCES = %D%/unit/test_xpath.c
%C%_unit_test_xpath_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_xpath_LDADD = libcore.la $(CMOCKA_LIBS)
%C%_unit_test_xslt_SOURCES = %D%/unit/test_xslt.c
%C%_unit_test_xslt_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
%C%_unit_test_xslt_LDADD = libcore.la $(CMOCKA_LIBS)
endif
script_tests = \
  %D%/browser/walk.test \
  %D%/gates/adapters.test \
  %D%/gates/banned.test \
  %D%/gates/compile-form.test \
  %D%/gates/fixtures.test \
  %D%/gates/functions.test \
  %D%/gates/html.test \
  %D%/gates/nouns.test \
  %D%/gates/pages.test \
  %D%/gates/plans.test \
  %D%/gates/released.test \
  %D%/gates/rooms.test \
  %D%/gates/secrets.test \
  %D%/gates/sql.test \
  %D%/gates/symbols.test \
  %D%/http/attachments.test \
  %D%/http/clocks.test \
  %D%/http/compare.test \
  %D%/http/contribution.test \
  %D%/http/flow.test %D%/http/notes.test %D%/http/seal.test %D%/http/demo.test \
  %D%/http/full.test \
  %D%/http/interference.test \
  %D%/http/keep.test \
  %D%/http/kept.test \
  %D%/http/kill.test \
  %D%/http/limits.test \
  %D%/http/local.test \
  %D%/http/migrate.test \
  %D%/http/package.test \
  %D%/http/planted.test \
  %D%/http/papers.test \
  %D%/http/plugins.test \
  %D%/http/probes.test \
  %D%/http/production.test \
  %D%/http/recheck.test \
  %D%/http/redactors.test \
  %D%/http/rejected.test \
  %D%/http/rules.test \
  %D%/http/sealed.test \
  %D%/http/seed.test \
  %D%/http/server.test \
  %D%/http/sections.test \
  %D%/http/signals.test \
  %D%/http/uploads.test \
  %D%/http/variants.test \
  %D%/http/webform.test \
  %D%/hostile/fastcgi.test \
  %D%/hostile/http.test \
  %D%/hostile/xml.test \
  %D%/fuzz/kept.test \
  %D%/fuzz/short.test \
  %D%/san/http.test \
  %D%/san/unit.test
TESTS += $(script_tests)
