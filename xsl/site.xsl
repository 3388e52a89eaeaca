<?xml version="1.0" encoding="UTF-8"?>
<!-- Every page that is not a form: one template per page/@is in mode="main", in the file of its family. page.xsl writes what stands round it.
     The pages that the public sees are in public.xsl, because the clerk renders those and nothing else. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:include href="components.xsl"/>
<xsl:include href="page.xsl"/>
<xsl:include href="site-parts.xsl"/>
<xsl:include href="site-work.xsl"/>
<xsl:include href="site-case.xsl"/>
<xsl:include href="site-document.xsl"/>
<xsl:include href="site-compare.xsl"/>
<xsl:include href="site-conflict.xsl"/>
<xsl:include href="site-kept.xsl"/>
<xsl:include href="site-chronology.xsl"/>
<xsl:include href="site-notes.xsl"/>
<xsl:include href="site-picture.xsl"/>
<xsl:include href="site-publication.xsl"/>
<xsl:include href="site-redaction.xsl"/>
<xsl:output method="xml" omit-xml-declaration="yes" encoding="UTF-8"/>

<xsl:template match="/page"><xsl:call-template name="page-frame"/></xsl:template>
<!-- A page without a template of its own still says what it is, instead of standing empty. -->
<xsl:template match="page" mode="main"><xsl:call-template name="h1"/></xsl:template>
</xsl:stylesheet>
