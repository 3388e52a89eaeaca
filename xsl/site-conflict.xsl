<?xml version="1.0" encoding="UTF-8"?>
<!-- Two people wrote in one section. The heading's first sentence takes the fear away; then one card for each answer that clashes.
     The order base, theirs, mine is the order in time. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:exsl="http://exslt.org/common"
	xmlns:ui="urn:dossier:ui" exclude-result-prefixes="exsl ui">

<xsl:template match="page[@is='conflict']" mode="main"><xsl:apply-templates select="conflict" mode="main"/></xsl:template>
<xsl:template match="conflict" mode="main">
	<xsl:call-template name="h1"><xsl:with-param name="caption" select="concat('Section: ', @section-label)"/></xsl:call-template>
	<p class="govuk-body"><strong>Nothing you wrote is lost.</strong><xsl:text> </xsl:text><xsl:value-of select="@by"/> saved this section at <xsl:value-of select="@at"/>, while you were writing.
		<xsl:choose>
			<xsl:when test="count(clash) = 1 and clash/@removed-by"> One of you removed an entry that the other changed. Choose what to keep. Everything else has been joined and saved.</xsl:when>
			<xsl:when test="count(clash) = 1"> One answer was changed by both of you. Choose what to keep. Everything else has been joined and saved.</xsl:when>
			<xsl:when test="clash"><xsl:value-of select="concat(' ', count(clash))"/> answers were changed by both of you. Choose what to keep for each. Everything else has been joined and saved.</xsl:when>
			<xsl:otherwise> You changed different answers, and all of them have been joined and saved.</xsl:otherwise>
		</xsl:choose></p>
	<form method="post" action="{@action}" novalidate="novalidate">
		<xsl:call-template name="csrf"/>
		<input type="hidden" name="rev" value="{@rev}"/>
		<input type="hidden" name="once" value="{@once}"/>
		<input type="hidden" name="by" value="{@by}"/><input type="hidden" name="at" value="{@at}"/>
		<xsl:apply-templates select="clash" mode="part"/>
		<button type="submit" class="govuk-button" name="do" value="resolve" data-module="govuk-button" data-prevent-double-click="true">Save the joined section</button>
	</form>
</xsl:template>

<xsl:template match="clash" mode="part">
	<xsl:variable name="n" select="@n"/>
	<xsl:variable name="by" select="../@by"/>
	<!-- in rows the same label stands in each: "Legal name (entry 2)" -->
	<xsl:variable name="entry" select="translate(@name, translate(@name, '0123456789', ''), '')"/>
	<xsl:variable name="label"><xsl:value-of select="@label"/><xsl:if test="string($entry) and not(@removed-by)"><xsl:value-of select="concat(' (entry ', $entry, ')')"/></xsl:if></xsl:variable>
	<input type="hidden" name="name.{$n}" value="{@name}"/>
	<xsl:choose>
		<xsl:when test="@removed-by"><input type="hidden" name="removed.{$n}" value="{@removed-by}"/></xsl:when>
		<xsl:otherwise>
			<!-- all three travel along: when a choice is missing the page is shown again -->
			<input type="hidden" name="mine.{$n}" value="{mine}"/><input type="hidden" name="theirs.{$n}" value="{theirs}"/><input type="hidden" name="base.{$n}" value="{base}"/>
		</xsl:otherwise>
	</xsl:choose>
	<div class="govuk-summary-card">
		<div class="govuk-summary-card__title-wrapper"><h2 class="govuk-summary-card__title"><xsl:value-of select="$label"/></h2></div>
		<div class="govuk-summary-card__content">
			<xsl:choose>
				<xsl:when test="@removed-by = 'me'"><p class="govuk-body">You removed this entry. <xsl:value-of select="$by"/> changed it in the meantime, so it is still there.</p></xsl:when>
				<xsl:when test="@removed-by"><p class="govuk-body"><xsl:value-of select="$by"/> removed this entry. You changed it, so it has come back with your words.</p></xsl:when>
				<xsl:otherwise>
					<dl class="govuk-summary-list">
						<xsl:call-template name="side"><xsl:with-param name="key" select="'Before'"/><xsl:with-param name="value" select="base"/></xsl:call-template>
						<xsl:call-template name="side"><xsl:with-param name="key" select="concat($by, ' (saved)')"/><xsl:with-param name="value" select="theirs"/></xsl:call-template>
						<xsl:call-template name="side"><xsl:with-param name="key" select="'You (not saved yet)'"/><xsl:with-param name="value" select="mine"/></xsl:call-template>
					</dl>
				</xsl:otherwise>
			</xsl:choose>
			<xsl:call-template name="expand"><xsl:with-param name="of">
				<ui:radios name="pick.{$n}" idPrefix="pick.{$n}" classes="govuk-radios--small" reveal="css" value="{@pick}">
					<fieldset><legend text="What do you want to keep for: {$label}?" classes="govuk-fieldset__legend--s"/></fieldset>
					<xsl:call-template name="problem"><xsl:with-param name="where" select="concat('pick.', $n)"/></xsl:call-template>
					<items>
						<xsl:choose>
							<xsl:when test="@removed-by">
								<item value="keep" text="Keep the entry"/>
								<item value="remove" text="Remove the entry"/>
							</xsl:when>
							<xsl:otherwise>
								<item value="theirs" text="The answer of {$by}"/>
								<item value="mine" text="My answer"/>
								<xsl:if test="new"><item value="new" text="Write a new answer"><conditional><html>
									<ui:textarea name="new.{$n}" id="new.{$n}" rows="6"><label text="New answer for: {$label}"/><hint text="Both texts stand here, one after the other where they differ."/><value><xsl:value-of select="new"/></value></ui:textarea>
								</html></conditional></item></xsl:if>
							</xsl:otherwise>
						</xsl:choose>
					</items>
				</ui:radios>
			</xsl:with-param></xsl:call-template>
		</div>
	</div>
</xsl:template>
<xsl:template name="side">
	<xsl:param name="key"/>
	<xsl:param name="value"/>
	<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key"><xsl:value-of select="$key"/></dt>
		<dd class="govuk-summary-list__value"><xsl:choose><xsl:when test="string($value/@words)"><xsl:value-of select="$value/@words"/></xsl:when><xsl:when test="string($value)"><xsl:call-template name="lines"><xsl:with-param name="text" select="$value"/></xsl:call-template></xsl:when><xsl:otherwise>Not answered</xsl:otherwise></xsl:choose></dd></div>
</xsl:template>
</xsl:stylesheet>
