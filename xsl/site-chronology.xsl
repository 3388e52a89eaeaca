<?xml version="1.0" encoding="UTF-8"?>
<!-- What all agencies recorded, in one order. The table is the truth; the picture (site-picture.xsl) only shows its shape. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="page[@is='chronology']" mode="main"><xsl:apply-templates select="chronology" mode="main"/></xsl:template>
<xsl:template match="chronology" mode="main">
	<xsl:call-template name="h1"/>
	<xsl:choose>
		<xsl:when test="event">
			<xsl:variable name="summary"><xsl:call-template name="chronology-summary"/></xsl:variable>
			<p class="govuk-body"><xsl:value-of select="$summary"/></p>
			<xsl:if test="event[string(@sort)]"><xsl:call-template name="picture"><xsl:with-param name="summary" select="$summary"/></xsl:call-template></xsl:if>
			<xsl:call-template name="table">
				<xsl:with-param name="id" select="'events'"/><xsl:with-param name="caption" select="'Events, oldest first'"/><xsl:with-param name="head" select="'No.|Date|Agency|What happened|Kind|People|Source'"/>
				<xsl:with-param name="rows"><xsl:apply-templates select="event" mode="row"/></xsl:with-param>
			</xsl:call-template>
			<details class="govuk-details">
				<summary class="govuk-details__summary"><span class="govuk-details__summary-text">How dates are shown and put in order</span></summary>
				<div class="govuk-details__text">A date is shown as the agency knew it. Where only the month or the year is known, the event stands among the others where it most likely belongs. Where no date is known, it is in the table but not in the picture. Where agencies give different dates for one event, both stay in the table.</div>
			</details>
		</xsl:when>
		<xsl:otherwise><p class="govuk-body">There are no events yet. They appear here as soon as an agency has submitted its document.</p></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template name="chronology-summary">
	<xsl:value-of select="count(event)"/><xsl:choose><xsl:when test="count(event) = 1"> event</xsl:when><xsl:otherwise> events</xsl:otherwise></xsl:choose>
	<xsl:text> from </xsl:text><xsl:variable name="agencies" select="count(event[count(. | key('of-agency', @agency)[1]) = 1])"/>
	<xsl:value-of select="$agencies"/><xsl:choose><xsl:when test="$agencies = 1"> agency.</xsl:when><xsl:otherwise> agencies.</xsl:otherwise></xsl:choose>
	<xsl:for-each select="event[@gap-days &gt; 0]">
		<xsl:sort select="@gap-days" data-type="number" order="descending"/>
		<xsl:if test="position() = 1"> The longest time without a recorded contact was <xsl:value-of select="@gap-days"/> days, before event <xsl:value-of select="count(preceding-sibling::event) + 1"/> (<xsl:value-of select="@when"/>).</xsl:if>
	</xsl:for-each>
</xsl:template>

<!-- An option in its form's words; else its code, made readable: "no-access" is "No access". -->
<xsl:template name="code-words">
	<xsl:param name="code" select="@kind"/>
	<xsl:choose>
		<xsl:when test="string(@kind-words)"><xsl:value-of select="@kind-words"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="concat(translate(substring($code, 1, 1), 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'), translate(substring($code, 2), '-_', '  '))"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="event" mode="row">
	<xsl:variable name="n" select="position()"/>
	<tr class="govuk-table__row">
		<th scope="row" class="govuk-table__header" id="event-{$n}"><xsl:value-of select="$n"/></th>
		<td class="govuk-table__cell"><xsl:value-of select="@when"/><xsl:if test="@gap-days &gt; 0"><br/><span class="govuk-hint govuk-!-margin-bottom-0"><xsl:value-of select="@gap-days"/> days since the last recorded contact</span></xsl:if></td>
		<td class="govuk-table__cell"><xsl:value-of select="@agency-name"/></td>
		<td class="govuk-table__cell"><xsl:call-template name="lines"><xsl:with-param name="text" select="@text"/></xsl:call-template>
			<xsl:if test="note"><ul class="govuk-list govuk-list--bullet govuk-!-margin-top-2 govuk-!-margin-bottom-0"><xsl:for-each select="note"><li><xsl:apply-templates select="." mode="row"/></li></xsl:for-each></ul></xsl:if>
			<xsl:if test="string(@note-href)"><br/><a class="govuk-link" href="{@note-href}">Make a note<span class="govuk-visually-hidden"> on event <xsl:value-of select="$n"/></span></a></xsl:if></td>
		<td class="govuk-table__cell"><xsl:call-template name="code-words"/><xsl:if test="string(@significance)"><br/><xsl:choose>
			<xsl:when test="@significance='key'"><strong class="govuk-tag govuk-tag--purple">Key event</strong></xsl:when>
			<xsl:when test="@significance='relevant'">Relevant</xsl:when>
			<xsl:when test="@significance='context'">Context</xsl:when>
			<xsl:otherwise><xsl:value-of select="@significance"/></xsl:otherwise>
		</xsl:choose></xsl:if></td>
		<td class="govuk-table__cell"><xsl:value-of select="@who"/></td>
		<td class="govuk-table__cell"><xsl:choose>
			<xsl:when test="string(@source)"><xsl:call-template name="link"><xsl:with-param name="text" select="@source"/><xsl:with-param name="hidden" select="concat('for event ', $n)"/></xsl:call-template></xsl:when>
			<xsl:otherwise><xsl:call-template name="link"><xsl:with-param name="text" select="concat('Source of event ', $n)"/></xsl:call-template></xsl:otherwise>
		</xsl:choose><xsl:if test="string(@id)"><br/><span class="app-nowrap"><xsl:value-of select="@id"/></span></xsl:if></td>
	</tr>
</xsl:template>
</xsl:stylesheet>
