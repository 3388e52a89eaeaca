<?xml version="1.0" encoding="UTF-8"?>
<!-- The pages of the public that are not publications themselves: the list of what is published, and the notice in place of what was withdrawn. A
     stylesheet of its own, because the clerk, which writes them, knows no other. The gate holds them against its grammar: no id but fixed ones, no form,
     no script. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:include href="page.xsl"/>
<xsl:output method="xml" omit-xml-declaration="yes" encoding="UTF-8"/>

<xsl:template match="/page[@is='public-index']">
	<xsl:call-template name="public-frame">
		<xsl:with-param name="title" select="@title"/><xsl:with-param name="site" select="site/@name"/>
		<xsl:with-param name="main">
			<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
				<h1 class="govuk-heading-l"><xsl:value-of select="@title"/></h1>
				<xsl:choose>
					<xsl:when test="edition">
						<p class="govuk-body">What we learned from reviews, for everybody who works with children and families. Newest first.</p>
						<xsl:apply-templates select="edition"/>
					</xsl:when>
					<xsl:otherwise><p class="govuk-body">Nothing has been published yet.</p></xsl:otherwise>
				</xsl:choose>
			</div></div>
		</xsl:with-param>
	</xsl:call-template>
</xsl:template>

<xsl:template match="edition">
	<h2 class="govuk-heading-m govuk-!-margin-bottom-1"><xsl:choose>
		<xsl:when test="@withdrawn='yes' or not(string(@href))"><xsl:value-of select="@title"/><xsl:text> </xsl:text><strong class="govuk-tag govuk-tag--grey">Withdrawn</strong></xsl:when>
		<xsl:otherwise><a class="govuk-link" href="{@href}"><xsl:value-of select="@title"/></a></xsl:otherwise>
	</xsl:choose></h2>
	<p class="govuk-body">Published on <time datetime="{@published}"><xsl:value-of select="@published-words"/></time><xsl:if test="string(@theme)">. Theme: <xsl:value-of select="@theme"/></xsl:if></p>
</xsl:template>

<xsl:template match="/page[@is='public-tombstone']">
	<xsl:call-template name="public-frame">
		<xsl:with-param name="title" select="@title"/><xsl:with-param name="site" select="site/@name"/>
		<xsl:with-param name="main">
			<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
				<h1 class="govuk-heading-l"><xsl:value-of select="@title"/></h1>
				<p class="govuk-body">The page that stood at this address was withdrawn<xsl:if test="string(tombstone/@withdrawn-words)"> on <xsl:value-of select="tombstone/@withdrawn-words"/></xsl:if>.</p>
				<xsl:if test="string(tombstone/@reason) and tombstone/@reason != 'This page has been withdrawn.'"><p class="govuk-body">Reason: <xsl:value-of select="tombstone/@reason"/></p></xsl:if>
				<p class="govuk-body">If you have kept a copy, please do not pass it on. See <a class="govuk-link" href="/{tombstone/@folder}/">what else is published</a>, or <a class="govuk-link" href="/about/contact">contact the partnership</a>.</p>
			</div></div>
		</xsl:with-param>
	</xsl:call-template>
</xsl:template>
</xsl:stylesheet>
