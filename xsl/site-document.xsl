<?xml version="1.0" encoding="UTF-8"?>
<!-- One document while it is written and after, the receipt for a version, and what was wrong with a file that was sent. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:exsl="http://exslt.org/common"
	xmlns:ui="urn:dossier:ui" exclude-result-prefixes="exsl ui">

<xsl:template match="page[@is='document']" mode="main"><xsl:apply-templates select="document" mode="main"/></xsl:template>
<xsl:template match="document" mode="main">
	<div class="govuk-grid-row">
		<div class="govuk-grid-column-two-thirds">
			<xsl:call-template name="h1"><xsl:with-param name="caption" select="concat('Case ', @case-reference)"/></xsl:call-template>
			<p class="govuk-body"><strong><xsl:value-of select="@state-title"/></strong>.<xsl:for-each select="beside"><xsl:text> </xsl:text><xsl:value-of select="@title"/>.</xsl:for-each><xsl:if test="string(@version-words)"><xsl:text> </xsl:text><xsl:value-of select="@version-words"/>.</xsl:if></p>
			<xsl:if test="@write='yes'"><div class="govuk-inset-text"><xsl:if test="@version &gt; 0 and not(@draft='yes')">This was submitted. If you change an answer, a new draft begins; what was submitted stays as it is until you submit again. </xsl:if>Your answers are saved each time you select ‘Save’. You can stop and come back. Nobody is asked to act on this document before you submit it.</div></xsl:if>
			<xsl:if test="string(@why-not) and not(@write='yes')"><p class="govuk-body"><xsl:value-of select="@why-not"/></p></xsl:if>
			<xsl:if test="versions/version and not(@write='yes')"><p class="govuk-body"><a class="govuk-link govuk-!-font-weight-bold" href="{versions/version[1]/@href}">Read what was submitted</a></p></xsl:if>
			<xsl:apply-templates select="sections" mode="part"/>
			<xsl:apply-templates select="actions" mode="part"/>
			<xsl:apply-templates select="publish" mode="part"/>
			<xsl:apply-templates select="upload" mode="part"/>
		</div>
		<div class="govuk-grid-column-one-third"><xsl:apply-templates select="links" mode="part"/></div>
	</div>
	<xsl:apply-templates select="versions" mode="part"/>
	<xsl:apply-templates select="acts[act]" mode="part"/>
</xsl:template>

<xsl:template match="sections" mode="part">
	<xsl:if test="section">
		<xsl:variable name="total" select="count(section)"/>
		<h2 class="govuk-heading-m">Sections</h2>
		<p class="govuk-body"><xsl:choose><xsl:when test="$total = 1 and @done = 1">You have completed the one section.</xsl:when><xsl:when test="$total = 1">There is one section.</xsl:when><xsl:otherwise>You have completed <xsl:value-of select="@done"/> of <xsl:value-of select="$total"/> sections.</xsl:otherwise></xsl:choose></p>
		<ul class="govuk-task-list"><xsl:apply-templates select="section" mode="row"/></ul>
	</xsl:if>
</xsl:template>
<xsl:template match="section" mode="row">
	<xsl:variable name="n" select="position()"/>
	<xsl:variable name="hint"><xsl:choose>
		<xsl:when test="string(@hint)"><xsl:value-of select="@hint"/></xsl:when>
		<xsl:when test="@status = 'new'"/>
		<xsl:when test="@status = 'started' and @fields &gt; 0"><xsl:value-of select="concat(@filled, ' of ', @fields, ' questions answered')"/></xsl:when>
		<xsl:when test="@wrong = 1">1 thing to put right</xsl:when>
		<xsl:when test="@wrong &gt; 1"><xsl:value-of select="@wrong"/> things to put right</xsl:when>
	</xsl:choose></xsl:variable>
	<li class="govuk-task-list__item"><xsl:if test="string(@href)"><xsl:attribute name="class">govuk-task-list__item govuk-task-list__item--with-link</xsl:attribute></xsl:if>
		<div class="govuk-task-list__name-and-hint">
			<xsl:choose>
				<xsl:when test="string(@href)"><a class="govuk-link govuk-task-list__link" href="{@href}"><xsl:attribute name="aria-describedby"><xsl:if test="string($hint)">section-<xsl:value-of select="$n"/>-hint </xsl:if>section-<xsl:value-of select="$n"/>-status</xsl:attribute><xsl:value-of select="@label"/></a></xsl:when>
				<xsl:otherwise><div><xsl:value-of select="@label"/></div></xsl:otherwise>
			</xsl:choose>
			<xsl:if test="string($hint)"><div id="section-{$n}-hint" class="govuk-task-list__hint"><xsl:value-of select="$hint"/></div></xsl:if>
		</div>
		<div id="section-{$n}-status" class="govuk-task-list__status"><xsl:choose>
			<xsl:when test="@status='done'">Completed</xsl:when>
			<xsl:when test="@status='problem'"><strong class="govuk-tag govuk-tag--red">Needs correction</strong></xsl:when>
			<xsl:when test="@status='started'"><strong class="govuk-tag govuk-tag--teal">In progress</strong></xsl:when>
			<xsl:otherwise><strong class="govuk-tag">Not started</strong></xsl:otherwise>
		</xsl:choose></div>
	</li>
</xsl:template>

<xsl:template match="publish" mode="part">
	<xsl:if test="publication">
		<h2 class="govuk-heading-m">Make this public</h2>
		<p class="govuk-body">This begins the work on the page for the public. Nothing is published before it has been redacted, checked and approved.</p>
		<xsl:for-each select="publication"><xsl:call-template name="post"><xsl:with-param name="text" select="concat('Begin: ', @title)"/></xsl:call-template></xsl:for-each>
	</xsl:if>
</xsl:template>

<xsl:template match="upload" mode="part">
	<h2 class="govuk-heading-m">Send the whole document as XML</h2>
	<p class="govuk-body">If your own system can write this document, send its file here. It must be complete: it becomes a version at once. If something is wrong you are told what and where, and nothing is stored.</p>
	<form method="post" action="{@href}" enctype="multipart/form-data" novalidate="novalidate">
		<xsl:call-template name="csrf"/>
		<xsl:call-template name="expand"><xsl:with-param name="of">
			<ui:file-upload name="xml" id="xml"><label text="XML file" classes="govuk-label--s"/><xsl:call-template name="problem"><xsl:with-param name="where" select="'xml'"/></xsl:call-template></ui:file-upload>
		</xsl:with-param></xsl:call-template>
		<xsl:call-template name="button"><xsl:with-param name="text" select="'Send the file'"/><xsl:with-param name="kind" select="'secondary'"/></xsl:call-template>
	</form>
</xsl:template>

<xsl:template match="versions" mode="part">
	<xsl:choose>
		<xsl:when test="version"><xsl:call-template name="table">
			<xsl:with-param name="id" select="'versions'"/><xsl:with-param name="caption" select="'Versions, newest first'"/><xsl:with-param name="head"><xsl:text>Version|When|By</xsl:text><xsl:if test="version[string(@compare)]">|Changes</xsl:if><xsl:if test="version[string(@sha256)]">|Fingerprint</xsl:if></xsl:with-param>
			<xsl:with-param name="rows"><xsl:for-each select="version"><tr class="govuk-table__row">
				<th scope="row" class="govuk-table__header"><xsl:call-template name="link"><xsl:with-param name="text" select="concat('Version ', @n)"/></xsl:call-template></th>
				<td class="govuk-table__cell"><xsl:value-of select="@words"/></td>
				<td class="govuk-table__cell"><xsl:value-of select="@author"/></td>
				<xsl:if test="../version[string(@compare)]"><td class="govuk-table__cell"><xsl:if test="string(@compare)"><a class="govuk-link" href="{@compare}">What changed<span class="govuk-visually-hidden"> in version <xsl:value-of select="@n"/></span></a></xsl:if></td></xsl:if>
				<xsl:if test="../version[string(@sha256)]"><td class="govuk-table__cell"><code><xsl:value-of select="substring(@sha256, 1, 12)"/></code></td></xsl:if>
			</tr></xsl:for-each></xsl:with-param>
		</xsl:call-template></xsl:when>
		<xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="heading" select="'Versions'"/><xsl:with-param name="say" select="'Nothing has been submitted yet. Each time the document is submitted, a version is kept here that can never be changed.'"/></xsl:call-template></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="page[@is='receipt']" mode="main"><xsl:apply-templates select="receipt" mode="main"/></xsl:template>
<xsl:template match="receipt" mode="main">
	<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
		<xsl:call-template name="expand"><xsl:with-param name="of">
			<ui:panel titleText="{/page/@title}"><xsl:attribute name="text"><xsl:choose><xsl:when test="string(@title)"><xsl:value-of select="@title"/></xsl:when><xsl:otherwise><xsl:value-of select="@document"/></xsl:otherwise></xsl:choose>, version&#160;<xsl:value-of select="@version"/></xsl:attribute></ui:panel>
		</xsl:with-param></xsl:call-template>
		<p class="govuk-body"><xsl:choose>
			<xsl:when test="@same='yes'">We have had exactly this document before. It is still version <xsl:value-of select="@version"/>, received at <xsl:value-of select="@at-words"/>. Nothing was changed.</xsl:when>
			<xsl:otherwise>It was received at <xsl:value-of select="@at-words"/> and is kept as it is. If you have to correct something, send the whole document again: it becomes the next version.</xsl:otherwise>
		</xsl:choose></p>
		<xsl:if test="string(@outside)"><p class="govuk-body"><strong>It is kept here and was sent to nobody else.</strong> If it is to go out, <a class="govuk-link" href="{@copy-href}">copy it into <xsl:value-of select="@outside"/></a>.</p></xsl:if>
		<h2 class="govuk-heading-m">For your records</h2>
		<dl class="govuk-summary-list">
			<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">Case</dt><dd class="govuk-summary-list__value"><xsl:value-of select="/page/case/@reference"/></dd></div>
			<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">Received</dt><dd class="govuk-summary-list__value"><xsl:value-of select="@at-words"/></dd></div>
			<xsl:if test="string(@by)"><div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">From</dt><dd class="govuk-summary-list__value"><xsl:value-of select="@by"/></dd></div></xsl:if>
		</dl>
		<xsl:if test="string(@sha256)">
			<p class="govuk-body">The fingerprint of the text (SHA-256) proves which text was received:</p>
			<p class="govuk-body"><code class="app-break"><xsl:value-of select="@sha256"/></code></p>
		</xsl:if>
		<xsl:variable name="back" select="/page/trail/link[string(@href)][position() &gt; 1][last()]"/>
		<ul class="govuk-list">
			<li><a class="govuk-link" href="{@href}">Read or print what was received</a></li>
			<xsl:if test="$back"><li><a class="govuk-link" href="{$back/@href}">Go back to <xsl:value-of select="$back/@text"/></a></li></xsl:if>
		</ul>
	</div></div>
</xsl:template>

<!-- The summary above, made by the frame, says the same in one list; here each problem has its place in the file. -->
<xsl:template match="page[@is='refused']" mode="main">
	<xsl:call-template name="h1"/>
	<p class="govuk-body">Nothing was stored. Put the problems right in your system and send the whole file again.</p>
	<xsl:if test="problems/problem">
		<xsl:call-template name="table">
			<xsl:with-param name="id" select="'problems'"/><xsl:with-param name="caption" select="'What has to be put right'"/><xsl:with-param name="head" select="'No.|Line|Where|What is wrong|Code'"/>
			<xsl:with-param name="rows"><xsl:for-each select="problems/problem"><tr class="govuk-table__row">
				<th scope="row" class="govuk-table__header"><xsl:value-of select="position()"/></th>
				<td class="govuk-table__cell"><xsl:choose><xsl:when test="@line &gt; 0"><xsl:value-of select="@line"/></xsl:when><xsl:otherwise>Not known</xsl:otherwise></xsl:choose></td>
				<td class="govuk-table__cell"><code><xsl:value-of select="@where"/></code></td>
				<td class="govuk-table__cell"><xsl:value-of select="@say"/></td>
				<td class="govuk-table__cell"><code><xsl:value-of select="@code"/></code></td>
			</tr></xsl:for-each></xsl:with-param>
		</xsl:call-template>
	</xsl:if>
	<xsl:if test="problems/@rest &gt; 0"><p class="govuk-body">There are <xsl:value-of select="problems/@rest"/> more problems, which are not listed.</p></xsl:if>
	<xsl:variable name="back" select="trail/link[string(@href)][last()]"/>
	<xsl:if test="$back"><p class="govuk-body"><a class="govuk-link" href="{$back/@href}">Go back to <xsl:value-of select="$back/@text"/></a></p></xsl:if>
</xsl:template>
</xsl:stylesheet>
