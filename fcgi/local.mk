# Rooms in order: a file includes from rooms above its own, and from files listed before it in its own room (tests/gates/rooms.test).
libcore_la_SOURCES += \
  %D%/base/error.c %D%/base/error.h \
  %D%/base/text.c %D%/base/text.h \
  %D%/base/date.c %D%/base/date.h %D%/base/date_words.c %D%/base/date_working.c \
  %D%/base/log.c %D%/base/log.h \
  %D%/base/config.c %D%/base/config.h \
  %D%/base/multipart.c %D%/base/multipart.h \
  %D%/adapter/xml.c %D%/adapter/xml.h %D%/adapter/xml_inner.h %D%/adapter/xml_look.c %D%/adapter/xml_path.c %D%/adapter/xml_read.c %D%/adapter/xml_scan.c %D%/adapter/xml_write.c %D%/adapter/xpath.c \
  %D%/adapter/xslt.c %D%/adapter/xslt.h \
  %D%/adapter/html.c %D%/adapter/html.h \
  %D%/adapter/db.c %D%/adapter/db.h %D%/adapter/db_admin.c %D%/adapter/db_inside.h %D%/adapter/db_query.c \
  %D%/adapter/seal.c %D%/adapter/seal.h \
  %D%/adapter/fold.c %D%/adapter/fold.h %D%/adapter/fold_inner.h %D%/adapter/fold_views.c \
  %D%/adapter/fastcgi.c %D%/adapter/fastcgi.h %D%/adapter/fastcgi_inner.h %D%/adapter/fastcgi_answer.c %D%/adapter/fastcgi_last.c \
  %D%/adapter/sniff.c %D%/adapter/sniff.h \
  %D%/adapter/memory.c %D%/adapter/memory.h \
  %D%/adapter/sandbox.c %D%/adapter/sandbox.h \
  %D%/form/form.c %D%/form/form.h %D%/form/form_binds.c %D%/form/form_body.c %D%/form/form_grammar.c %D%/form/form_include.c %D%/form/form_inner.h %D%/form/form_items.c %D%/form/form_mend.c %D%/form/form_names.c %D%/form/form_paths.c %D%/form/form_read.c %D%/form/form_rewrite.c %D%/form/form_sense.c \
  %D%/form/functions.c %D%/form/functions.h \
  %D%/form/prose.c %D%/form/prose.h %D%/form/prose_check.c %D%/form/prose_inner.h %D%/form/prose_read.c \
  %D%/form/bind.c %D%/form/bind.h %D%/form/bind_annotate.c %D%/form/bind_given.c %D%/form/bind_inner.h %D%/form/bind_prune.c %D%/form/bind_structure.c %D%/form/bind_values.c %D%/form/bind_words.c \
  %D%/form/fill.c %D%/form/fill.h %D%/form/fill_inner.h %D%/form/fill_plain.c %D%/form/fill_rows.c %D%/form/fill_values.c \
  %D%/form/compare.c %D%/form/compare.h %D%/form/compare_inner.h %D%/form/compare_text.c %D%/form/compare_versions.c %D%/form/compare_words.c \
  %D%/store/store_opened.c %D%/store/store_opened.h %D%/store/schema.h %D%/store/store_setup.h %D%/store/store_setup.c \
  %D%/store/store.h %D%/store/store_inside.h %D%/store/store.c %D%/store/store_keys.c \
  %D%/store/store_audit.c %D%/store/store_audit.h %D%/store/store_audit_anchor.c %D%/store/store_stranger.c \
  %D%/store/store_people.c %D%/store/store_people.h %D%/store/store_people_session.c %D%/store/store_people_token.c \
  %D%/store/store_case.c %D%/store/store_case.h %D%/store/store_case_act.c %D%/store/store_case_clock.c %D%/store/store_case_document.c \
  %D%/store/store_list.c %D%/store/store_list.h %D%/store/store_task.c \
  %D%/store/store_shred.c %D%/store/store_shred.h \
  %D%/store/store_backup.c %D%/store/store_backup.h %D%/store/store_backup_restore.c \
  %D%/store/store_version.c %D%/store/store_version.h \
  %D%/store/store_attachment.c %D%/store/store_attachment.h %D%/store/store_attachment_inner.h %D%/store/store_attachment_verify.c \
  %D%/store/store_draft.c %D%/store/store_draft.h \
  %D%/store/store_parked.c %D%/store/store_parked.h %D%/store/store_note.c %D%/store/store_note.h \
  %D%/store/store_publication.c %D%/store/store_publication.h %D%/store/store_publication_candidate.c %D%/store/store_publication_edition.c \
  %D%/store/store_form.c %D%/store/store_form.h \
  %D%/plugin/library.c %D%/plugin/library.h \
  %D%/plugin/plugin.c %D%/plugin/plugin.h %D%/plugin/plugin_check.c %D%/plugin/plugin_inner.h \
  %D%/plugin/track.c %D%/plugin/track.h \
  %D%/plugin/host.c %D%/plugin/host.h %D%/plugin/host_inner.h %D%/plugin/host_services.c \
  %D%/case/house.h \
  %D%/case/may.c %D%/case/may.h \
  %D%/case/file_types.c %D%/case/file_types.h \
  %D%/case/flow.c %D%/case/flow.h %D%/case/flow_judge.c \
  %D%/case/quorum.c %D%/case/quorum.h \
  %D%/case/clocks.h %D%/case/clocks_inner.h %D%/case/clocks_trigger.c %D%/case/clocks_due.c %D%/case/clocks.c %D%/case/clocks_tasks.c %D%/case/clocks_keep.c \
  %D%/case/workflow.c %D%/case/workflow.h %D%/case/workflow_do.c %D%/case/workflow_inner.h %D%/case/workflow_open.c \
  %D%/case/reminders.c %D%/case/reminders.h \
  %D%/case/risks.c %D%/case/risks.h \
  %D%/case/submission.c %D%/case/submission.h \
  %D%/case/attachment.c %D%/case/attachment.h \
  %D%/case/chronology.c %D%/case/chronology.h \
  %D%/publish/gate.c %D%/publish/gate.h %D%/publish/gate_dates.c %D%/publish/gate_decode.c %D%/publish/gate_grammar.c %D%/publish/gate_match.c %D%/publish/gate_names.c %D%/publish/gate_parts.h %D%/publish/gate_places.c %D%/publish/gate_read.c %D%/publish/gate_short.c %D%/publish/gate_streams.c %D%/publish/gate_variants.c \
  %D%/publish/redact.c %D%/publish/redact.h %D%/publish/redact_find.c %D%/publish/redact_forms.c %D%/publish/redact_gaps.c %D%/publish/redact_parts.h %D%/publish/redact_text.c %D%/publish/secrets.c \
  %D%/publish/residue.c %D%/publish/residue.h %D%/publish/residue_parts.h %D%/publish/residue_words.c \
  %D%/publish/release.c %D%/publish/release.h %D%/publish/release_disk.c %D%/publish/release_parts.h %D%/publish/release_trace.c \
  %D%/publish/wake.c %D%/publish/wake.h \
  %D%/publish/candidate.c %D%/publish/candidate.h %D%/publish/candidate_secrets.c \
  %D%/publish/recheck.c %D%/publish/recheck.h \
  %D%/page/request.c %D%/page/request.h %D%/page/request_head.c %D%/page/request_inner.h \
  %D%/page/model.c %D%/page/model.h %D%/page/model_send.c \
  %D%/page/again.c %D%/page/again.h \
  %D%/page/pages.h \
  %D%/page/last_words.c %D%/page/last_words.h \
  %D%/page/route.c %D%/page/route.h \
  %D%/page/page_case_inner.h %D%/page/page_document_inner.h %D%/page/page_publication_inner.h %D%/page/page_section_inner.h %D%/page/page_act.c %D%/page/page_case.c %D%/page/page_dashboard.c %D%/page/page_case_done.c %D%/page/page_document.c %D%/page/page_compare.c %D%/page/page_document_copy.c %D%/page/page_document_read.c %D%/page/page_document_take.c %D%/page/page_attachment.c %D%/page/page_forms.c %D%/page/page_history_words.c %D%/page/page_history.c %D%/page/page_kept.c %D%/page/page_misc.c %D%/page/page_note.c %D%/page/page_owed.c %D%/page/page_people.c %D%/page/page_publication.c %D%/page/page_publication_show.c %D%/page/page_publish.c %D%/page/page_section.c %D%/page/page_section_conflict.c %D%/page/page_section_files.c %D%/page/page_section_save.c %D%/page/page_session.c %D%/page/page_work.c
dossier_SOURCES += \
  %D%/server/clerk.c %D%/server/clerk.h \
  %D%/server/verify.c %D%/server/verify.h \
  %D%/server/worker.c %D%/server/worker.h \
  %D%/server/child.c %D%/server/child.h \
  %D%/server/handover.c %D%/server/handover.h \
  %D%/server/checker.c %D%/server/checker.h \
  %D%/server/manual.c %D%/server/manual.h \
  %D%/server/notify.c %D%/server/notify.h \
  %D%/server/people.c %D%/server/people.h \
  %D%/server/keep.c %D%/server/keep.h \
  %D%/server/master.c %D%/server/master.h \
  %D%/server/main.c
