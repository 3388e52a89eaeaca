<?xml version="1.0" encoding="UTF-8"?>
<!-- The redactor's work: each block as it was written and as the public will read it, in this order so that it reads in line on a telephone and by
     a screen reader; below it what was changed and a form to change more. The public side is what the publishing program made, never a view of the
     original. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="blocks" mode="part">
	<xsl:if test="block">
		<h2 class="govuk-heading-m">Text beside text</h2>
		<p class="govuk-body">On the left what was written, on the right what the public will read. The number after marked words is that of the line below which says why they were changed.</p>
		<xsl:apply-templates select="block" mode="part"/>
	</xsl:if>
</xsl:template>
<xsl:template match="block" mode="part">
	<xsl:variable name="b" select="position()"/>
	<xsl:variable name="name"><xsl:call-template name="block-name"/></xsl:variable>
	<section aria-labelledby="block-{$b}">
		<h3 class="govuk-heading-s" id="block-{$b}"><xsl:value-of select="$name"/></h3>
		<div class="govuk-grid-row">
			<div class="govuk-grid-column-one-half"><h4 class="govuk-heading-s">Written<span class="govuk-visually-hidden">: <xsl:value-of select="$name"/></span></h4><p class="govuk-body"><xsl:apply-templates select="was/node()" mode="was"/></p></div>
			<div class="govuk-grid-column-one-half"><h4 class="govuk-heading-s">Public<span class="govuk-visually-hidden">: <xsl:value-of select="$name"/></span></h4><p class="govuk-body"><xsl:choose><xsl:when test="string(now)"><xsl:value-of select="now"/></xsl:when><xsl:otherwise>Nothing: this paragraph is left out.</xsl:otherwise></xsl:choose></p></div>
		</div>
		<xsl:if test="was/hit"><ul class="govuk-list"><xsl:for-each select="was/hit"><li>
			<strong><xsl:value-of select="@n"/></strong><xsl:text>. “</xsl:text><xsl:value-of select="."/><xsl:text>” </xsl:text>
			<xsl:choose><xsl:when test="@open='yes'">stays as it is, unless you change it</xsl:when><xsl:when test="string(@now)">becomes “<xsl:value-of select="@now"/>”</xsl:when><xsl:otherwise>is left out</xsl:otherwise></xsl:choose>
			<xsl:value-of select="concat(' (', @why)"/><xsl:if test="string(@entry)"><xsl:value-of select="concat(': ', @entry)"/></xsl:if><xsl:text>)</xsl:text>
		</li></xsl:for-each></ul></xsl:if>
		<xsl:if test="string(../../marks/@href) and not(@chosen='yes')"><xsl:call-template name="add-mark"><xsl:with-param name="b" select="$b"/><xsl:with-param name="block" select="$name"/></xsl:call-template></xsl:if>
	</section>
</xsl:template>
<!-- "Good practice", or "Good practice, paragraph 2" where the field has several; "In one sentence 2" in the second row. -->
<xsl:template name="block-name"><xsl:value-of select="@label"/><xsl:if test="../block[@label=current()/@label and @field != current()/@field]"><xsl:value-of select="concat(' ', translate(@field, translate(@field, '0123456789', ''), ''))"/></xsl:if><xsl:if test="count(../block[@field=current()/@field]) &gt; 1">, paragraph <xsl:value-of select="@n + 1"/></xsl:if></xsl:template>
<xsl:template match="t" mode="was"><xsl:value-of select="."/></xsl:template>
<xsl:template match="hit" mode="was"><mark class="app-mention"><xsl:value-of select="."/><span class="govuk-visually-hidden"> (change</span><xsl:text> </xsl:text><strong><xsl:value-of select="@n"/></strong><span class="govuk-visually-hidden">)</span></mark><xsl:if test="substring(., string-length(.)) = ' '"><xsl:text> </xsl:text></xsl:if></xsl:template>

<xsl:template name="add-mark">
	<xsl:param name="b"/>
	<xsl:param name="block"/>
	<xsl:variable name="id" select="concat('mark-', $b, '-')"/>
	<!-- refused: what was typed is still there -->
	<xsl:variable name="typed" select="../../marks/typed[@field = current()/@field and @block = current()/@n]"/>
	<details class="govuk-details"><xsl:if test="$typed"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
		<summary class="govuk-details__summary"><span class="govuk-details__summary-text">Change more words here<span class="govuk-visually-hidden"><xsl:value-of select="concat(': ', $block)"/></span></span></summary>
		<div class="govuk-details__text"><form method="post" action="{../../marks/@href}" novalidate="novalidate">
			<xsl:call-template name="csrf"/>
			<input type="hidden" name="field" value="{@field}"/><input type="hidden" name="block" value="{@n}"/>
			<xsl:call-template name="line"><xsl:with-param name="name" select="'text'"/><xsl:with-param name="id" select="concat($id, 'text')"/><xsl:with-param name="value" select="$typed/@text"/><xsl:with-param name="label" select="'Words to change'"/><xsl:with-param name="hint" select="'Exactly as they stand in the written text.'"/></xsl:call-template>
			<xsl:call-template name="line"><xsl:with-param name="name" select="'occurrence'"/><xsl:with-param name="id" select="concat($id, 'occurrence')"/><xsl:with-param name="label" select="'Which time they stand in this paragraph'"/><xsl:with-param name="hint" select="'1 for the first time.'"/><xsl:with-param name="value" select="concat($typed/@occurrence, substring('1', 1 + boolean($typed)))"/><xsl:with-param name="size" select="'govuk-input--width-2'"/></xsl:call-template>
			<xsl:call-template name="choose"><xsl:with-param name="name" select="'action'"/><xsl:with-param name="id" select="concat($id, 'action')"/><xsl:with-param name="value" select="$typed/@action"/><xsl:with-param name="label" select="'What to do'"/>
				<xsl:with-param name="items"><item value="drop" text="Leave the words out"/><item value="replace" text="Put other words in their place"/><item value="generalise" text="Say it more generally"/></xsl:with-param></xsl:call-template>
			<xsl:call-template name="line"><xsl:with-param name="name" select="'with'"/><xsl:with-param name="id" select="concat($id, 'with')"/><xsl:with-param name="value" select="$typed/@with"/><xsl:with-param name="label" select="'Words for the public'"/><xsl:with-param name="hint" select="'Leave this empty if the words are left out.'"/></xsl:call-template>
			<xsl:call-template name="line"><xsl:with-param name="name" select="'reason'"/><xsl:with-param name="id" select="concat($id, 'reason')"/><xsl:with-param name="value" select="$typed/@reason"/><xsl:with-param name="label" select="'Reason'"/></xsl:call-template>
			<button type="submit" class="govuk-button govuk-button--secondary" name="do" value="mark" data-module="govuk-button" data-prevent-double-click="true">Change these words</button>
		</form></div>
	</details>
</xsl:template>

<xsl:template match="marks" mode="part">
	<xsl:if test="mark">
		<xsl:call-template name="table">
			<xsl:with-param name="id" select="'marks'"/><xsl:with-param name="caption" select="'Your changes'"/>
			<xsl:with-param name="head"><xsl:text>Words|Where|What is done|Reason</xsl:text><xsl:if test="string(@href)">|Undo</xsl:if></xsl:with-param>
			<xsl:with-param name="rows"><xsl:apply-templates select="mark" mode="row"/></xsl:with-param>
		</xsl:call-template>
	</xsl:if>
</xsl:template>
<xsl:template match="mark" mode="row">
	<xsl:variable name="label" select="../../blocks/block[@field=current()/@field][1]/@label"/>
	<tr class="govuk-table__row">
		<th scope="row" class="govuk-table__header">“<xsl:value-of select="@text"/>”<xsl:if test="@stale='yes'"><br/><strong class="govuk-tag govuk-tag--yellow">Check again</strong><br/><span class="govuk-!-font-weight-regular">These words are not in the present version.</span></xsl:if></th>
		<td class="govuk-table__cell"><xsl:choose><xsl:when test="$label"><xsl:value-of select="$label"/></xsl:when><xsl:otherwise><xsl:value-of select="@field"/></xsl:otherwise></xsl:choose>, paragraph <xsl:value-of select="@block + 1"/></td>
		<td class="govuk-table__cell"><xsl:choose><xsl:when test="@action='drop' or @with=''">Left out</xsl:when><xsl:otherwise>Becomes “<xsl:value-of select="@with"/>”</xsl:otherwise></xsl:choose></td>
		<td class="govuk-table__cell"><xsl:value-of select="@reason"/></td>
		<xsl:if test="string(../@href)"><td class="govuk-table__cell"><xsl:call-template name="post">
			<xsl:with-param name="href" select="../@href"/><xsl:with-param name="text" select="'Undo'"/><xsl:with-param name="about" select="concat('the change of “', @text, '”')"/>
			<xsl:with-param name="class" select="'govuk-button govuk-button--secondary govuk-!-margin-bottom-0'"/>
			<xsl:with-param name="hidden"><input type="hidden" name="do" value="unmark"/><input type="hidden" name="id" value="{@id}"/></xsl:with-param>
		</xsl:call-template></td></xsl:if>
	</tr>
</xsl:template>
</xsl:stylesheet>
