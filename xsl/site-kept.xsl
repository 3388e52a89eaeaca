<?xml version="1.0" encoding="UTF-8"?>
<!-- What was typed after a session had ended: shown to whoever typed it, to be saved now or thrown away. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:ui="urn:dossier:ui" exclude-result-prefixes="ui">

<xsl:template match="page[@is='kept']" mode="main"><xsl:apply-templates select="kept" mode="main"/></xsl:template>
<xsl:template match="kept" mode="main">
	<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
		<xsl:call-template name="h1"/>
		<xsl:choose>
			<xsl:when test="item"><p class="govuk-body">It is not saved yet. Read it and save it now. After 2 hours it is thrown away.</p></xsl:when>
			<xsl:otherwise><p class="govuk-body">Nothing is kept for you in this browser. Go back to <a class="govuk-link" href="/work">your cases</a>.</p></xsl:otherwise>
		</xsl:choose>
		<xsl:apply-templates select="item" mode="part"/>
	</div></div>
</xsl:template>

<xsl:template match="kept/item" mode="part">
	<h2 class="govuk-heading-m" id="kept-{@id}"><xsl:value-of select="@title"/></h2>
	<p class="govuk-body">Typed at <xsl:value-of select="@words"/>.</p>
	<xsl:if test="answer">
		<dl class="govuk-summary-list">
			<xsl:for-each select="answer">
				<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key"><xsl:value-of select="@label"/></dt><dd class="govuk-summary-list__value app-text"><xsl:value-of select="."/></dd></div>
			</xsl:for-each>
		</dl>
	</xsl:if>
	<p class="govuk-body">Saving sends this just as you sent it then. What is thrown away cannot be brought back.</p>
	<form method="post" action="{@action}" novalidate="novalidate">
		<xsl:call-template name="csrf"/>
		<input type="hidden" name="kept" value="{@id}"/>
		<xsl:for-each select="hidden"><input type="hidden" name="{@name}" value="{.}"/></xsl:for-each>
		<button type="submit" class="govuk-button" data-module="govuk-button" data-prevent-double-click="true">Save it now</button>
	</form>
	<form method="post" action="/work/kept" novalidate="novalidate">
		<xsl:call-template name="csrf"/>
		<input type="hidden" name="kept" value="{@id}"/>
		<button type="submit" class="govuk-button govuk-button--secondary" data-module="govuk-button">Throw it away<span class="govuk-visually-hidden">: <xsl:value-of select="@title"/></span></button>
	</form>
</xsl:template>
</xsl:stylesheet>
