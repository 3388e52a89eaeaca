<?xml version="1.0" encoding="UTF-8"?>
<!-- What an agency is asked for over all cases; comments on a document; notes on an agency's event. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:exsl="http://exslt.org/common"
	xmlns:ui="urn:dossier:ui" exclude-result-prefixes="exsl ui">

<xsl:template match="page[@is='owed']" mode="main">
	<xsl:call-template name="h1"/>
	<xsl:choose>
		<xsl:when test="owed/document">
			<p class="govuk-body">Everything that is open for your agency, in all cases.</p>
			<xsl:for-each select="owed/document">
				<xsl:sort select="@due"/>
				<div class="govuk-summary-card">
					<div class="govuk-summary-card__title-wrapper"><h2 class="govuk-summary-card__title"><a class="govuk-link" href="{@href}"><xsl:value-of select="concat(@title, ', case ', @case)"/></a></h2></div>
					<div class="govuk-summary-card__content"><dl class="govuk-summary-list">
						<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">Case</dt><dd class="govuk-summary-list__value"><a class="govuk-link" href="{@case-href}"><xsl:value-of select="@case"/></a>, <xsl:value-of select="@type"/></dd></div>
						<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">What is asked</dt><dd class="govuk-summary-list__value"><xsl:choose>
							<xsl:when test="asked"><xsl:for-each select="asked"><xsl:if test="position() &gt; 1"><br/></xsl:if><a class="govuk-link" href="{@href}"><xsl:value-of select="@title"/></a>, <xsl:value-of select="@on"/></xsl:for-each></xsl:when>
							<xsl:otherwise>See the document</xsl:otherwise>
						</xsl:choose></dd></div>
						<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">Due</dt><dd class="govuk-summary-list__value"><xsl:choose>
							<xsl:when test="string(@due-words)"><xsl:call-template name="due"><xsl:with-param name="date" select="@due-words"/><xsl:with-param name="words" select="@due-in"/><xsl:with-param name="late" select="@overdue"/></xsl:call-template></xsl:when>
							<xsl:otherwise>No date is set</xsl:otherwise>
						</xsl:choose></dd></div>
						<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">Where it is</dt><dd class="govuk-summary-list__value"><xsl:value-of select="@state-title"/><xsl:for-each select="beside"><br/><xsl:value-of select="@title"/></xsl:for-each></dd></div>
						<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">What you can do</dt><dd class="govuk-summary-list__value"><ul class="govuk-list govuk-!-margin-bottom-0">
							<xsl:if test="@write='yes'"><li><a class="govuk-link" href="{@href}">Write it<span class="govuk-visually-hidden">: <xsl:value-of select="concat(@title, ', case ', @case)"/></span></a></li></xsl:if>
							<xsl:for-each select="action"><li><a class="govuk-link" href="{@href}"><xsl:value-of select="@title"/><span class="govuk-visually-hidden"><xsl:value-of select="concat(', case ', ../@case)"/></span></a></li></xsl:for-each>
							<xsl:if test="not(@write='yes') and not(action)"><li>Somebody else of your agency has the next step.</li></xsl:if>
						</ul></dd></div>
					</dl></div>
				</div>
			</xsl:for-each>
		</xsl:when>
		<xsl:otherwise><p class="govuk-body">Nothing is open for your agency.</p></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="page[@is='comments']" mode="main"><xsl:apply-templates select="comments" mode="main"/></xsl:template>
<xsl:template match="comments" mode="main">
	<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
		<xsl:call-template name="h1"/>
		<p class="govuk-body"><xsl:choose>
			<xsl:when test="@answers='yes'">Comments are kept with their author and time, and cannot be taken back. They do not change the document.</xsl:when>
			<xsl:otherwise>Your comments are read by those who write the document. They are kept with your name and the time, and cannot be taken back.</xsl:otherwise>
		</xsl:choose></p>
		<xsl:if test="not(comment)"><p class="govuk-body">There are no comments yet.</p></xsl:if>
		<xsl:for-each select="comment">
			<h2 class="govuk-heading-s govuk-!-margin-bottom-1" id="comment-{@n}">Comment <xsl:value-of select="concat(@n, ', ', @author)"/></h2>
			<p class="govuk-hint govuk-!-margin-bottom-1"><xsl:value-of select="@at"/></p>
			<p class="govuk-body"><xsl:call-template name="lines"><xsl:with-param name="text" select="@text"/></xsl:call-template></p>
			<xsl:for-each select="answer"><div class="govuk-inset-text"><strong>Answer, <xsl:value-of select="@author"/></strong>, <xsl:value-of select="@at"/><br/><xsl:call-template name="lines"><xsl:with-param name="text" select="@text"/></xsl:call-template></div></xsl:for-each>
		</xsl:for-each>
		<h2 class="govuk-heading-m">Add a comment<xsl:if test="@answers='yes' and comment"> or an answer</xsl:if></h2>
		<form method="post" action="{@href}" novalidate="novalidate">
			<xsl:call-template name="csrf"/>
			<xsl:if test="@answers='yes' and comment"><xsl:call-template name="choose">
				<xsl:with-param name="name" select="'answers'"/><xsl:with-param name="label" select="'What is it?'"/>
				<xsl:with-param name="items"><item value="" text="A new comment"/><xsl:for-each select="comment"><item value="{@n}" text="An answer to comment {@n}, {@author}"/></xsl:for-each></xsl:with-param>
			</xsl:call-template></xsl:if>
			<xsl:call-template name="expand"><xsl:with-param name="of"><ui:textarea name="text" id="text" rows="5" value="{@typed}"><label text="What you want to say" classes="govuk-label--s"/><xsl:call-template name="problem"><xsl:with-param name="where" select="'text'"/></xsl:call-template></ui:textarea></xsl:with-param></xsl:call-template>
			<xsl:call-template name="button"><xsl:with-param name="text" select="'Add this comment'"/></xsl:call-template>
		</form>
	</div></div>
</xsl:template>

<xsl:template match="note" mode="row">
	<xsl:choose>
		<xsl:when test="@kind='counterpart'">Matches event <xsl:value-of select="@words"/></xsl:when>
		<xsl:when test="@kind='match'"><xsl:value-of select="@words"/></xsl:when>
		<xsl:otherwise><xsl:call-template name="lines"><xsl:with-param name="text" select="@text"/></xsl:call-template></xsl:otherwise>
	</xsl:choose><xsl:value-of select="concat(' (', @author, ', ', @at, ')')"/>
</xsl:template>

<xsl:template match="page[@is='notes']" mode="main"><xsl:apply-templates select="notes" mode="main"/></xsl:template>
<xsl:template match="notes" mode="main">
	<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
		<xsl:call-template name="h1"><xsl:with-param name="caption" select="concat(@row, ', ', @agency-name)"/></xsl:call-template>
		<div class="govuk-inset-text"><strong><xsl:value-of select="@when"/></strong><br/><xsl:call-template name="lines"><xsl:with-param name="text" select="@text"/></xsl:call-template></div>
		<p class="govuk-body">A note stands beside the event and never changes the agency’s return. It stays when the agency sends a corrected return. Those who may read the returns of all agencies read it, with your name.</p>
		<xsl:if test="note"><h2 class="govuk-heading-s">Noted so far</h2><ul class="govuk-list govuk-list--bullet"><xsl:for-each select="note"><li><xsl:apply-templates select="." mode="row"/></li></xsl:for-each></ul></xsl:if>
		<form method="post" action="{@href}" novalidate="novalidate">
			<xsl:call-template name="csrf"/><input type="hidden" name="row" value="{@row}"/>
			<xsl:call-template name="choose">
				<xsl:with-param name="name" select="'counterpart'"/><xsl:with-param name="label" select="'Which event of another agency should this match?'"/>
				<xsl:with-param name="items"><item value="" text="None, or not known yet"/><xsl:for-each select="event"><item value="{@id}" text="{@words}"/></xsl:for-each></xsl:with-param>
			</xsl:call-template>
			<xsl:call-template name="choose">
				<xsl:with-param name="name" select="'match'"/><xsl:with-param name="label" select="'Do the two agree?'"/>
				<xsl:with-param name="items"><item value="" text="Not looked at yet"/><xsl:for-each select="match"><item value="{@code}" text="{@words}"/></xsl:for-each></xsl:with-param>
			</xsl:call-template>
			<xsl:call-template name="expand"><xsl:with-param name="of"><ui:textarea name="annotation" id="annotation" rows="4"><label text="Remark" classes="govuk-label--s"/><hint text="What should be settled, and by whom"/><xsl:call-template name="problem"><xsl:with-param name="where" select="'annotation'"/></xsl:call-template></ui:textarea></xsl:with-param></xsl:call-template>
			<div class="govuk-button-group"><xsl:call-template name="button"><xsl:with-param name="text" select="'Keep this note'"/></xsl:call-template><a class="govuk-link" href="{@back}">Back to the chronology</a></div>
		</form>
	</div></div>
</xsl:template>
</xsl:stylesheet>
