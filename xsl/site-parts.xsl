<?xml version="1.0" encoding="UTF-8"?>
<!-- What several pages share: heading, table in its scroll box, what may be done, steps, a button that posts, fields with their problem.
     Simple things are HTML; fields go through the components, which know how label, hint and error belong together. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:exsl="http://exslt.org/common" xmlns:str="http://exslt.org/strings"
	xmlns:ui="urn:dossier:ui" exclude-result-prefixes="exsl str ui">
<xsl:key name="problem" match="/page/problems/problem" use="@where"/>

<!-- The title without the "Error: " that only the browser's title bar needs. -->
<xsl:template name="h1">
	<xsl:param name="caption"/>
	<xsl:param name="title"><xsl:choose>
		<xsl:when test="starts-with(/page/@title, 'Error: ')"><xsl:value-of select="substring(/page/@title, 8)"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="/page/@title"/></xsl:otherwise>
	</xsl:choose></xsl:param>
	<xsl:if test="string($caption)"><span class="govuk-caption-l"><xsl:value-of select="$caption"/></span></xsl:if>
	<!-- a reference is not broken at its hyphen -->
	<xsl:variable name="reference" select="string(/page/case/@reference)"/>
	<h1 class="govuk-heading-l"><xsl:choose>
		<xsl:when test="$reference and contains($title, $reference)"><xsl:value-of select="substring-before($title, $reference)"/><span class="app-reference"><xsl:value-of select="$reference"/></span><xsl:value-of select="substring-after($title, $reference)"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="$title"/></xsl:otherwise>
	</xsl:choose></h1>
</xsl:template>

<xsl:template name="expand"><xsl:param name="of"/><xsl:apply-templates select="exsl:node-set($of)/node()" mode="ui"/></xsl:template>

<!-- head: the columns, separated by |. The heading stands outside the box that scrolls, else it would be cut off on a telephone; the caption repeats
     it for those who go from table to table. -->
<xsl:template name="table">
	<xsl:param name="id"/>
	<xsl:param name="caption"/>
	<xsl:param name="head"/>
	<xsl:param name="rows"/>
	<xsl:param name="note"/>
	<h2 class="govuk-heading-m govuk-!-margin-bottom-2" id="{$id}"><xsl:value-of select="$caption"/></h2>
	<xsl:if test="string($note)"><p class="govuk-body"><xsl:value-of select="$note"/></p></xsl:if>
	<div class="app-scroll app-rows" role="region" tabindex="0" aria-labelledby="{$id}">
		<table class="govuk-table govuk-table--small-text-until-tablet">
			<caption class="govuk-table__caption govuk-visually-hidden"><xsl:value-of select="$caption"/></caption>
			<thead class="govuk-table__head"><tr class="govuk-table__row">
				<xsl:for-each select="str:tokenize($head, '|')"><th scope="col" class="govuk-table__header"><xsl:value-of select="."/></th></xsl:for-each>
			</tr></thead>
			<tbody class="govuk-table__body"><xsl:apply-templates select="exsl:node-set($rows)/*" mode="row-labelled"><xsl:with-param name="heads" select="str:tokenize($head, '|')"/></xsl:apply-templates></tbody>
		</table>
	</div>
</xsl:template>
<!-- On a telephone a row stands as a list (app.css): each cell then shows its column's name. -->
<xsl:template match="tr" mode="row-labelled">
	<xsl:param name="heads"/>
	<xsl:copy>
		<xsl:copy-of select="@*"/>
		<xsl:for-each select="*">
			<xsl:variable name="n" select="position()"/>
			<xsl:copy><xsl:copy-of select="@*"/><xsl:if test="self::td"><xsl:attribute name="data-label"><xsl:value-of select="$heads[$n]"/></xsl:attribute></xsl:if><xsl:copy-of select="node()"/></xsl:copy>
		</xsl:for-each>
	</xsl:copy>
</xsl:template>

<xsl:template name="empty">
	<xsl:param name="heading"/>
	<xsl:param name="say"/>
	<h2 class="govuk-heading-m"><xsl:value-of select="$heading"/></h2>
	<p class="govuk-body"><xsl:value-of select="$say"/></p>
</xsl:template>

<xsl:template name="link">
	<xsl:param name="href" select="@href"/>
	<xsl:param name="text" select="@text"/>
	<xsl:param name="hidden"/>
	<xsl:choose>
		<xsl:when test="string($href)"><a class="govuk-link" href="{$href}"><xsl:value-of select="$text"/><xsl:if test="string($hidden)"><span class="govuk-visually-hidden"><xsl:value-of select="concat(' ', $hidden)"/></span></xsl:if></a></xsl:when>
		<xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="links" mode="part">
	<xsl:if test="link">
		<h2 class="govuk-heading-s">Related</h2>
		<ul class="govuk-list"><xsl:for-each select="link"><li><xsl:call-template name="link"/></li></xsl:for-each></ul>
	</xsl:if>
</xsl:template>

<!-- What the viewer may do comes first and is a link, before it what lacks nothing; what others may do is folded away, with the reason why it waits. -->
<!-- write: documents that wait for the viewer's own words. -->
<xsl:template match="actions" mode="part">
	<xsl:param name="write" select="/.."/>
	<xsl:if test="action or $write">
		<h2 class="govuk-heading-m">What you can do now</h2>
		<xsl:choose>
			<xsl:when test="action[@allowed='yes'][not(@kind)] or $write">
				<ul class="govuk-list govuk-list--spaced"><xsl:for-each select="$write"><li>
					<a class="govuk-link govuk-!-font-weight-bold" href="{@href}">Write: <xsl:value-of select="@title"/></a>
				</li></xsl:for-each><xsl:for-each select="action[@allowed='yes'][not(@kind)]"><xsl:sort select="string(boolean(lack))"/><li>
					<a class="govuk-link govuk-!-font-weight-bold" href="{@href}"><xsl:value-of select="@title"/></a>
					<xsl:if test="string(@waiting)"><br/>Also needed from: <xsl:value-of select="@waiting"/></xsl:if>
					<xsl:call-template name="lacks"/>
				</li></xsl:for-each></ul>
			</xsl:when>
			<xsl:otherwise><p class="govuk-body">There is nothing for you to do here at the moment.</p></xsl:otherwise>
		</xsl:choose>
		<xsl:if test="action[@kind='flag'][@allowed='yes']"><details class="govuk-details">
			<summary class="govuk-details__summary"><span class="govuk-details__summary-text">Record or end a hold, a late start, linked proceedings or reviews</span></summary>
			<div class="govuk-details__text"><ul class="govuk-list govuk-!-margin-bottom-0"><xsl:for-each select="action[@kind='flag'][@allowed='yes']"><li>
				<a class="govuk-link" href="{@href}"><xsl:value-of select="@title"/></a><xsl:call-template name="lacks"/>
			</li></xsl:for-each></ul></div>
		</details></xsl:if>
		<xsl:call-template name="actions-of-others"/>
	</xsl:if>
</xsl:template>
<xsl:template name="actions-of-others">
	<xsl:if test="action[not(@allowed='yes')][not(@kind)]">
		<details class="govuk-details">
			<summary class="govuk-details__summary"><span class="govuk-details__summary-text">What cannot be done yet, or only by others</span></summary>
			<div class="govuk-details__text"><ul class="govuk-list govuk-list--spaced govuk-!-margin-bottom-0">
				<xsl:for-each select="action[not(@allowed='yes')][not(@kind)]"><li>
					<strong><xsl:value-of select="@title"/></strong>
					<xsl:if test="string(@who)"><br/>Who can do this: <xsl:value-of select="@who"/></xsl:if>
					<xsl:if test="string(@why) and not(string(@who) and @why = concat('This is for: ', @who, '.'))"><br/><xsl:value-of select="@why"/></xsl:if>
					<xsl:call-template name="lacks"/>
				</li></xsl:for-each>
			</ul></div>
		</details>
	</xsl:if>
</xsl:template>
<xsl:template name="lacks">
	<xsl:if test="lack"><br/>Still missing:<ul class="govuk-list govuk-list--bullet"><xsl:for-each select="lack"><li><xsl:value-of select="@say"/></li></xsl:for-each></ul></xsl:if>
</xsl:template>

<xsl:template match="steps" mode="part">
	<xsl:param name="heading" select="'Where this case is'"/>
	<xsl:call-template name="step-list"><xsl:with-param name="heading" select="$heading"/><xsl:with-param name="steps" select="step"/></xsl:call-template>
</xsl:template>
<xsl:template name="step-list">
	<xsl:param name="heading"/>
	<xsl:param name="steps"/>
	<xsl:if test="$steps">
		<xsl:if test="string($heading)"><h2 class="govuk-heading-m"><xsl:value-of select="$heading"/></h2></xsl:if>
		<ol class="govuk-task-list"><xsl:for-each select="$steps">
			<li class="govuk-task-list__item">
				<xsl:if test="@at='now'"><xsl:attribute name="aria-current">step</xsl:attribute></xsl:if>
				<div class="govuk-task-list__name-and-hint"><div><xsl:value-of select="@title"/></div>
					<xsl:if test="string(@who) or string(@when)"><div class="govuk-task-list__hint"><xsl:value-of select="@who"/><xsl:if test="string(@who) and string(@when)">, </xsl:if><xsl:value-of select="@when"/></div></xsl:if>
				</div>
				<xsl:choose>
					<xsl:when test="@at='done'"><div class="govuk-task-list__status">Done</div></xsl:when>
					<xsl:when test="@at='now'"><div class="govuk-task-list__status"><strong class="govuk-tag govuk-tag--teal">Now</strong></div></xsl:when>
					<xsl:otherwise><div class="govuk-task-list__status govuk-task-list__status--cannot-start-yet">Later</div></xsl:otherwise>
				</xsl:choose>
			</li>
		</xsl:for-each></ol>
	</xsl:if>
</xsl:template>

<!-- A due date: overdue is said in words and in colour. -->
<xsl:template name="due">
	<xsl:param name="date"/>
	<xsl:param name="words"/>
	<xsl:param name="late"/>
	<xsl:if test="string($date)"><span class="app-nowrap"><xsl:value-of select="$date"/></span><xsl:if test="string($words)"><br/></xsl:if></xsl:if>
	<xsl:choose>
		<xsl:when test="$late='yes'"><span class="app-overdue"><xsl:value-of select="$words"/></span></xsl:when>
		<xsl:otherwise><xsl:value-of select="$words"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<!-- Plain text of several lines. -->
<xsl:template name="lines">
	<xsl:param name="text"/>
	<xsl:for-each select="str:split(string($text), '&#10;')"><xsl:if test="position() &gt; 1"><br/></xsl:if><xsl:value-of select="."/></xsl:for-each>
</xsl:template>

<!-- hidden: further hidden fields, as a result tree. -->
<xsl:template name="post">
	<xsl:param name="href" select="@href"/>
	<xsl:param name="text"/>
	<xsl:param name="about"/>
	<xsl:param name="class" select="'govuk-button govuk-button--secondary govuk-!-margin-bottom-2'"/>
	<xsl:param name="hidden"/>
	<form method="post" action="{$href}" novalidate="novalidate"><xsl:call-template name="csrf"/><xsl:copy-of select="$hidden"/>
		<button type="submit" class="{$class}" data-module="govuk-button" data-prevent-double-click="true"><xsl:value-of select="$text"/><xsl:if test="string($about)"><span class="govuk-visually-hidden"><xsl:value-of select="concat(' ', $about)"/></span></xsl:if></button>
	</form>
</xsl:template>

<xsl:template name="button">
	<xsl:param name="text"/>
	<xsl:param name="kind"/>
	<button type="submit" class="govuk-button" data-module="govuk-button" data-prevent-double-click="true"><xsl:if test="$kind"><xsl:attribute name="class">govuk-button govuk-button--<xsl:value-of select="$kind"/></xsl:attribute></xsl:if><xsl:value-of select="$text"/></button>
</xsl:template>

<!-- The problem of a field, as a component's errorMessage. -->
<xsl:template name="problem">
	<xsl:param name="where"/>
	<xsl:variable name="first" select="key('problem', $where)[1]"/>
	<xsl:if test="$first"><errorMessage text="{$first/@say}"/></xsl:if>
</xsl:template>

<!-- One line of text. id is name unless given: several forms of one page may hold fields of the same name. -->
<xsl:template name="line">
	<xsl:param name="name"/>
	<xsl:param name="id" select="$name"/>
	<xsl:param name="label"/>
	<xsl:param name="hint"/>
	<xsl:param name="value"/>
	<xsl:param name="size"/>
	<xsl:param name="type" select="'text'"/>
	<xsl:param name="autocomplete"/>
	<xsl:variable name="field">
		<ui:input name="{$name}" id="{$id}" value="{$value}" classes="{$size}" type="{$type}" autocomplete="{$autocomplete}">
			<label text="{$label}" classes="govuk-label--s"/>
			<xsl:if test="string($hint)"><hint text="{$hint}"/></xsl:if>
			<xsl:if test="$id=$name"><xsl:call-template name="problem"><xsl:with-param name="where" select="$name"/></xsl:call-template></xsl:if>
		</ui:input>
	</xsl:variable>
	<xsl:apply-templates select="exsl:node-set($field)/node()" mode="ui"/>
</xsl:template>

<!-- items: item elements of the component, as a result tree. -->
<xsl:template name="choose">
	<xsl:param name="name"/>
	<xsl:param name="id" select="$name"/>
	<xsl:param name="label"/>
	<xsl:param name="hint"/>
	<xsl:param name="value"/>
	<xsl:param name="items"/>
	<xsl:variable name="field">
		<ui:select name="{$name}" id="{$id}" value="{$value}">
			<label text="{$label}" classes="govuk-label--s"/>
			<xsl:if test="string($hint)"><hint text="{$hint}"/></xsl:if>
			<xsl:if test="$id=$name"><xsl:call-template name="problem"><xsl:with-param name="where" select="$name"/></xsl:call-template></xsl:if>
			<items><xsl:copy-of select="$items"/></items>
		</ui:select>
	</xsl:variable>
	<xsl:apply-templates select="exsl:node-set($field)/node()" mode="ui"/>
</xsl:template>

<xsl:template name="pages">
	<xsl:param name="previous"/>
	<xsl:param name="next"/>
	<xsl:param name="what" select="'Pages'"/>
	<xsl:if test="string($previous) or string($next)">
		<xsl:variable name="links">
			<ui:pagination landmarkLabel="{$what}">
				<xsl:if test="string($previous)"><previous href="{$previous}" text="Previous page"/></xsl:if>
				<xsl:if test="string($next)"><next href="{$next}" text="Next page"/></xsl:if>
			</ui:pagination>
		</xsl:variable>
		<xsl:apply-templates select="exsl:node-set($links)/node()" mode="ui"/>
	</xsl:if>
</xsl:template>
</xsl:stylesheet>
