# Tables of the man pages are printed by the program itself.
man_MANS = %D%/dossier.8 %D%/dossier.conf.5
CLEANFILES += $(man_MANS)
%D%/dossier.8: %D%/dossier.8.in dossier$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) %D% && $(builddir)/dossier$(EXEEXT) help man >$@.items && \
	  sed -e '/^@ITEMS@$$/{' -e 'r $@.items' -e 'd' -e '}' $(srcdir)/%D%/dossier.8.in >$@.new && rm $@.items && mv $@.new $@
%D%/dossier.conf.5: %D%/dossier.conf.5.in dossier$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) %D% && $(builddir)/dossier$(EXEEXT) help man-config >$@.items && \
	  sed -e '/^@ITEMS@$$/{' -e 'r $@.items' -e 'd' -e '}' $(srcdir)/%D%/dossier.conf.5.in >$@.new && rm $@.items && mv $@.new $@
