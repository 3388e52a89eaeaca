<?xml version="1.0" encoding="UTF-8"?>
<!-- The learning page of a rapid review, from the public tree and nothing else. It shows the passages of the form rapid/learning that are meant for
     readers, each only if it is there; theme, format and audience are public too but no part of the page. A field is known by its path in the form or
     by the passage's name alone. Numbers of learning points are the list's. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="page.xsl"/>
<xsl:output method="xml" omit-xml-declaration="yes" encoding="UTF-8"/>

<xsl:template match="/publication">
	<xsl:variable name="title" select="field[@name='head.title' or @name='title'][1]"/>
	<xsl:call-template name="public-frame">
		<xsl:with-param name="title" select="$title"/><xsl:with-param name="site" select="@partnership"/>
		<xsl:with-param name="main">
			<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds"><article>
				<h1 class="govuk-heading-l"><xsl:value-of select="$title"/></h1>
				<p class="govuk-body"><xsl:value-of select="@partnership"/> · <xsl:value-of select="@published-words"/> · edition <xsl:value-of select="@edition"/><xsl:if test="string(@review-words)"> · review by <xsl:value-of select="@review-words"/></xsl:if></p>
				<xsl:call-template name="passage"><xsl:with-param name="heading" select="'Why we are sharing this.'"/><xsl:with-param name="field" select="field[@name='context.text' or @name='context']"/></xsl:call-template>
				<xsl:call-template name="passage"><xsl:with-param name="heading" select="'What life was like.'"/><xsl:with-param name="field" select="field[@name='lived.text' or @name='lived']"/></xsl:call-template>
				<xsl:if test=".//row[starts-with(@name, 'points.point.')]">
					<h2 class="govuk-heading-m">What we learned.</h2>
					<ol class="govuk-list govuk-list--number govuk-list--spaced"><xsl:apply-templates select=".//row[starts-with(@name, 'points.point.')]" mode="point"/></ol>
				</xsl:if>
				<xsl:if test=".//row[starts-with(@name, 'differently.item.')]">
					<h2 class="govuk-heading-m">What to do differently.</h2>
					<ul class="govuk-list govuk-list--bullet"><xsl:for-each select=".//row[starts-with(@name, 'differently.item.')]"><li><strong><xsl:call-template name="cell"><xsl:with-param name="name" select="'role'"/></xsl:call-template>:</strong><xsl:text> </xsl:text><xsl:call-template name="cell"><xsl:with-param name="name" select="'text'"/></xsl:call-template></li></xsl:for-each></ul>
				</xsl:if>
				<xsl:call-template name="passage"><xsl:with-param name="heading" select="'Good practice.'"/><xsl:with-param name="field" select="field[@name='good.text' or @name='good']"/></xsl:call-template>
				<xsl:call-template name="passage"><xsl:with-param name="heading" select="'What has changed.'"/><xsl:with-param name="field" select="field[@name='changes.text' or @name='changes']"/></xsl:call-template>
				<xsl:call-template name="passage"><xsl:with-param name="heading" select="'Ask in supervision.'"/><xsl:with-param name="field" select="field[@name='questions.text' or @name='questions']"/></xsl:call-template>
				<xsl:if test=".//row[starts-with(@name, 'resources.resource.')]">
					<h2 class="govuk-heading-m">Resources.</h2>
					<ul class="govuk-list govuk-list--bullet"><xsl:apply-templates select=".//row[starts-with(@name, 'resources.resource.')]" mode="resource"/></ul>
				</xsl:if>
				<xsl:apply-templates select="field[@name='contact.text' or @name='contact']" mode="prose"/>
			</article></div></div>
		</xsl:with-param>
	</xsl:call-template>
</xsl:template>

<xsl:template name="passage">
	<xsl:param name="heading"/>
	<xsl:param name="field"/>
	<xsl:if test="normalize-space($field)">
		<h2 class="govuk-heading-m"><xsl:value-of select="$heading"/></h2>
		<xsl:apply-templates select="$field" mode="prose"/>
	</xsl:if>
</xsl:template>

<!-- A field of a row: its name is the last step, or the whole path. -->
<xsl:template name="cell">
	<xsl:param name="name"/>
	<xsl:value-of select="normalize-space(field[@name=$name or @name=concat(../@name, '.', $name)][1])"/>
</xsl:template>

<!-- The lead in emphasis, the first block of the text on the same line, further blocks below it. -->
<xsl:template match="row" mode="point">
	<xsl:variable name="text" select="field[@name='text' or @name=concat(../@name, '.text')][1]"/>
	<li><em><xsl:call-template name="cell"><xsl:with-param name="name" select="'lead'"/></xsl:call-template></em>
		<xsl:choose>
			<xsl:when test="$text/*"><xsl:if test="$text/*[1][self::p]"><xsl:text> </xsl:text><xsl:apply-templates select="$text/*[1]/node()" mode="prose"/></xsl:if><xsl:apply-templates select="$text/*[position() &gt; 1 or not(self::p)]" mode="prose"/></xsl:when>
			<xsl:when test="normalize-space($text)"><xsl:text> </xsl:text><xsl:value-of select="normalize-space($text)"/></xsl:when>
		</xsl:choose>
	</li>
</xsl:template>

<!-- An address that holds a character the gate knows in no link is shown as text: a page must not fail over it. -->
<xsl:template match="row" mode="resource">
	<xsl:variable name="title"><xsl:call-template name="cell"><xsl:with-param name="name" select="'title'"/></xsl:call-template></xsl:variable>
	<xsl:variable name="url"><xsl:call-template name="cell"><xsl:with-param name="name" select="'url'"/></xsl:call-template></xsl:variable>
	<li><xsl:choose>
		<xsl:when test="starts-with($url, 'https://') and translate(substring($url, 9), 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-#', '') = ''"><a class="govuk-link" href="{$url}"><xsl:value-of select="$title"/></a></xsl:when>
		<xsl:otherwise><xsl:value-of select="$title"/><xsl:if test="string($url)">: <xsl:value-of select="$url"/></xsl:if></xsl:otherwise>
	</xsl:choose></li>
</xsl:template>

<!-- Prose (docs/forms.md): blocks; mentions have become words before. Plain text without blocks is one paragraph. -->
<xsl:template match="field" mode="prose"><xsl:choose>
	<xsl:when test="*"><xsl:apply-templates select="*" mode="prose"/></xsl:when>
	<xsl:when test="normalize-space(.)"><p class="govuk-body"><xsl:value-of select="normalize-space(.)"/></p></xsl:when>
</xsl:choose></xsl:template>
<xsl:template match="p | note" mode="prose"><p class="govuk-body"><xsl:apply-templates mode="prose"/></p></xsl:template>
<xsl:template match="h" mode="prose"><h3 class="govuk-heading-s"><xsl:apply-templates mode="prose"/></h3></xsl:template>
<xsl:template match="list" mode="prose"><ul class="govuk-list govuk-list--bullet"><xsl:apply-templates select="item" mode="prose"/></ul></xsl:template>
<xsl:template match="list[@numbered='yes']" mode="prose"><ol class="govuk-list govuk-list--number"><xsl:apply-templates select="item" mode="prose"/></ol></xsl:template>
<xsl:template match="item" mode="prose"><li><xsl:apply-templates mode="prose"/></li></xsl:template>
<xsl:template match="quote" mode="prose"><blockquote class="govuk-inset-text"><xsl:apply-templates mode="prose"/></blockquote></xsl:template>
<xsl:template match="table" mode="prose"><table class="govuk-table"><tbody class="govuk-table__body"><xsl:apply-templates select="row" mode="prose"/></tbody></table></xsl:template>
<xsl:template match="table/row" mode="prose"><tr class="govuk-table__row"><xsl:apply-templates select="cell" mode="prose"/></tr></xsl:template>
<xsl:template match="cell[1]" mode="prose" priority="1"><th scope="row" class="govuk-table__header"><xsl:apply-templates mode="prose"/></th></xsl:template>
<xsl:template match="cell" mode="prose" priority="0"><td class="govuk-table__cell"><xsl:apply-templates mode="prose"/></td></xsl:template>
<xsl:template match="*" mode="prose" priority="-1"><xsl:apply-templates mode="prose"/></xsl:template>
<xsl:template match="text()" mode="prose"><xsl:value-of select="."/></xsl:template>
</xsl:stylesheet>
