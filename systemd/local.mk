# Units below the prefix; where that is not one of systemd's own places, they are copied by hand (docs/operating.md).
systemdunitdir = $(prefix)/lib/systemd/system
sysusersdir = $(prefix)/lib/sysusers.d
systemdunit_DATA = %D%/dossier.service %D%/run-dossier_nginx.mount
install-data-hook:
	$(INSTALL) -D -m 644 $(srcdir)/%D%/dossier.sysusers "$(DESTDIR)$(sysusersdir)/dossier.conf"
uninstall-hook:
	rm -f "$(DESTDIR)$(sysusersdir)/dossier.conf"
CLEANFILES += %D%/dossier.service
%D%/dossier.service: %D%/dossier.service.in
	$(AM_V_GEN)$(MKDIR_P) %D% && sed -e 's|@bindir[@]|$(bindir)|g; s|@sysconfdir[@]|$(sysconfdir)|g' $(srcdir)/%D%/dossier.service.in >$@
