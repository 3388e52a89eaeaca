<?xml version="1.0" encoding="UTF-8"?>
<!-- Two versions side by side in one text. What was added is ins, what was removed is del: read aloud and printed, they are told apart without colour. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:ui="urn:dossier:ui" exclude-result-prefixes="ui">

<xsl:template match="page[@is='comparison']" mode="main"><xsl:apply-templates select="comparison" mode="main"/></xsl:template>
<xsl:template match="comparison" mode="main">
	<span class="govuk-caption-l"><xsl:value-of select="@title"/></span>
	<h1 class="govuk-heading-l">What has changed</h1>
	<dl class="govuk-summary-list">
		<xsl:for-each select="from|to">
			<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key"><xsl:choose><xsl:when test="self::from">From</xsl:when><xsl:otherwise>To</xsl:otherwise></xsl:choose></dt>
				<dd class="govuk-summary-list__value"><a class="govuk-link" href="{@href}"><xsl:value-of select="@words"/></a><xsl:if test="string(@by)">, by <xsl:value-of select="@by"/></xsl:if></dd></div>
		</xsl:for-each>
	</dl>
	<xsl:choose>
		<xsl:when test="@changes = 0"><p class="govuk-body">Nothing that you can see has changed.</p></xsl:when>
		<xsl:otherwise>
			<p class="govuk-body"><xsl:choose><xsl:when test="@changes = 1">1 answer has changed.</xsl:when><xsl:otherwise><xsl:value-of select="@changes"/> answers have changed.</xsl:otherwise></xsl:choose> Words that were <del>removed</del> are struck through, words that were <ins>added</ins> are underlined.</p>
		</xsl:otherwise>
	</xsl:choose>
	<xsl:for-each select="section">
		<section aria-labelledby="section-{@id}">
			<h2 class="govuk-heading-m govuk-!-margin-top-6" id="section-{@id}"><xsl:value-of select="@label"/></h2>
			<xsl:call-template name="changes"/>
		</section>
	</xsl:for-each>
</xsl:template>

<!-- The changes of a section or row, then its rows. -->
<xsl:template name="changes">
	<xsl:param name="level" select="3"/>
	<xsl:if test="change">
		<dl class="govuk-summary-list">
			<xsl:for-each select="change">
				<div class="govuk-summary-list__row" id="{@name}"><dt class="govuk-summary-list__key"><xsl:value-of select="@label"/></dt>
					<dd class="govuk-summary-list__value"><xsl:apply-templates select="." mode="difference"/></dd></div>
			</xsl:for-each>
		</dl>
	</xsl:if>
	<xsl:for-each select="row">
		<div class="govuk-summary-card" id="{@name}">
			<div class="govuk-summary-card__title-wrapper"><xsl:element name="h{$level}"><xsl:attribute name="class">govuk-summary-card__title</xsl:attribute><xsl:value-of select="concat(@label, ' ', @key)"/><xsl:choose><xsl:when test="@kind='added'">: added</xsl:when><xsl:when test="@kind='removed'">: removed</xsl:when><xsl:otherwise>: changed</xsl:otherwise></xsl:choose></xsl:element></div>
			<div class="govuk-summary-card__content"><xsl:call-template name="changes"><xsl:with-param name="level" select="$level + 1 * ($level &lt; 6)"/></xsl:call-template></div>
		</div>
	</xsl:for-each>
</xsl:template>

<xsl:template match="change" mode="difference">
	<xsl:choose>
		<xsl:when test="words"><div class="app-text"><xsl:for-each select="words/*"><xsl:choose>
			<xsl:when test="self::ins"><span class="govuk-visually-hidden"> added: </span><ins><xsl:value-of select="."/></ins><span class="govuk-visually-hidden"> end of added. </span></xsl:when>
			<xsl:when test="self::del"><span class="govuk-visually-hidden"> removed: </span><del><xsl:value-of select="."/></del><span class="govuk-visually-hidden"> end of removed. </span></xsl:when>
			<xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
		</xsl:choose></xsl:for-each></div></xsl:when>
		<xsl:otherwise>
			<xsl:if test="string(was)"><div class="app-text"><span class="govuk-visually-hidden">Removed: </span><del><xsl:value-of select="was"/></del></div></xsl:if>
			<xsl:if test="string(now)"><div class="app-text"><span class="govuk-visually-hidden">Added: </span><ins><xsl:value-of select="now"/></ins></div></xsl:if>
		</xsl:otherwise>
	</xsl:choose>
</xsl:template>
</xsl:stylesheet>
