<?xml version="1.0" encoding="UTF-8"?>
<!-- Lists, tables and navigation: included by components.xsl, which says how to use them. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:ui="urn:dossier:ui" exclude-result-prefixes="ui">

<xsl:template match="ui:breadcrumbs" mode="ui">
	<nav class="{normalize-space(concat('govuk-breadcrumbs ', @classes, substring(' govuk-breadcrumbs--collapse-on-mobile', 1, 99 * (@collapseOnMobile = 'true'))))}" aria-label="Breadcrumb">
		<xsl:if test="string(@labelText)"><xsl:attribute name="aria-label"><xsl:value-of select="@labelText"/></xsl:attribute></xsl:if>
		<xsl:apply-templates select="." mode="ui-attributes"/>
		<ol class="govuk-breadcrumbs__list">
			<xsl:for-each select="items/item">
				<li class="govuk-breadcrumbs__list-item">
					<xsl:choose>
						<xsl:when test="string(@href)"><a class="govuk-breadcrumbs__link" href="{@href}"><xsl:apply-templates select="." mode="ui-attributes"/><xsl:apply-templates select="." mode="ui-words"/></a></xsl:when>
						<xsl:otherwise><xsl:attribute name="aria-current">page</xsl:attribute><xsl:apply-templates select="." mode="ui-words"/></xsl:otherwise>
					</xsl:choose>
				</li>
			</xsl:for-each>
		</ol>
	</nav>
</xsl:template>

<!-- summary list, alone or in a card -->
<xsl:template match="ui:summary-list" mode="ui"><xsl:call-template name="ui-summary-rows"/></xsl:template>
<xsl:template match="ui:summary-list[card]" mode="ui">
	<xsl:variable name="title" select="card/title[string(@text) or html]"/>
	<xsl:variable name="level"><xsl:value-of select="$title/@headingLevel"/><xsl:if test="not(string($title/@headingLevel))">2</xsl:if></xsl:variable>
	<div class="{normalize-space(concat('govuk-summary-card ', card/@classes))}">
		<xsl:apply-templates select="card" mode="ui-attributes"/>
		<div class="govuk-summary-card__title-wrapper">
			<xsl:if test="$title">
				<xsl:element name="h{$level}">
					<xsl:attribute name="class"><xsl:value-of select="normalize-space(concat('govuk-summary-card__title ', $title/@classes))"/></xsl:attribute>
					<xsl:apply-templates select="$title" mode="ui-words"/>
				</xsl:element>
			</xsl:if>
			<xsl:apply-templates select="card/actions" mode="ui-summary-actions">
				<xsl:with-param name="class" select="'govuk-summary-card__actions'"/>
				<xsl:with-param name="list" select="'govuk-summary-card__actions'"/>
				<xsl:with-param name="each" select="'govuk-summary-card__action'"/>
				<xsl:with-param name="of" select="$title"/>
			</xsl:apply-templates>
		</div>
		<div class="govuk-summary-card__content"><xsl:call-template name="ui-summary-rows"><xsl:with-param name="of" select="$title"/></xsl:call-template></div>
	</div>
</xsl:template>
<xsl:template name="ui-summary-rows">
	<xsl:param name="of" select="/.."/>
	<xsl:variable name="some" select="boolean(rows/item/actions/items/item)"/>
	<dl class="{normalize-space(concat('govuk-summary-list ', @classes))}">
		<xsl:apply-templates select="." mode="ui-attributes"/>
		<xsl:for-each select="rows/item[not(@null)]">
			<xsl:variable name="acts" select="actions[items/item]"/>
			<div class="{normalize-space(concat('govuk-summary-list__row ', substring('govuk-summary-list__row--no-actions ', 1, 99 * ($some and not($acts))), @classes))}">
				<dt class="{normalize-space(concat('govuk-summary-list__key ', key/@classes))}"><xsl:apply-templates select="key" mode="ui-words"/></dt>
				<dd class="{normalize-space(concat('govuk-summary-list__value ', value/@classes))}"><xsl:apply-templates select="value" mode="ui-words"/></dd>
				<xsl:if test="$acts">
					<dd class="{normalize-space(concat('govuk-summary-list__actions ', $acts/@classes))}">
						<xsl:apply-templates select="$acts" mode="ui-summary-actions">
							<xsl:with-param name="list" select="'govuk-summary-list__actions-list'"/>
							<xsl:with-param name="each" select="'govuk-summary-list__actions-list-item'"/>
							<xsl:with-param name="of" select="$of"/>
						</xsl:apply-templates>
					</dd>
				</xsl:if>
			</div>
		</xsl:for-each>
	</dl>
</xsl:template>
<!-- One action stands bare (in a card: in a div), several in a list. -->
<xsl:template match="actions" mode="ui-summary-actions">
	<xsl:param name="class"/>
	<xsl:param name="list"/>
	<xsl:param name="each"/>
	<xsl:param name="of"/>
	<xsl:variable name="own" select="concat(' ', substring(@classes, 1, 999 * boolean($class)))"/>
	<xsl:choose>
		<xsl:when test="count(items/item) &gt; 1">
			<ul class="{normalize-space(concat($list, $own))}">
				<xsl:for-each select="items/item">
					<li class="{$each}"><xsl:apply-templates select="." mode="ui-summary-action"><xsl:with-param name="of" select="$of"/></xsl:apply-templates></li>
				</xsl:for-each>
			</ul>
		</xsl:when>
		<xsl:when test="items/item and $class">
			<div class="{normalize-space(concat($class, $own))}"><xsl:apply-templates select="items/item" mode="ui-summary-action"><xsl:with-param name="of" select="$of"/></xsl:apply-templates></div>
		</xsl:when>
		<xsl:otherwise><xsl:apply-templates select="items/item" mode="ui-summary-action"><xsl:with-param name="of" select="$of"/></xsl:apply-templates></xsl:otherwise>
	</xsl:choose>
</xsl:template>
<xsl:template match="item" mode="ui-summary-action">
	<xsl:param name="of"/>
	<a class="{normalize-space(concat('govuk-link ', @classes))}" href="{@href}">
		<xsl:apply-templates select="." mode="ui-attributes"/>
		<xsl:apply-templates select="." mode="ui-words"/>
		<xsl:if test="string(@visuallyHiddenText) or $of">
			<span class="govuk-visually-hidden">
				<xsl:if test="string(@visuallyHiddenText)"><xsl:value-of select="concat(' ', @visuallyHiddenText)"/></xsl:if>
				<xsl:if test="$of"><xsl:text> (</xsl:text><xsl:apply-templates select="$of" mode="ui-words"/><xsl:text>)</xsl:text></xsl:if>
			</span>
		</xsl:if>
	</a>
</xsl:template>

<xsl:template match="ui:table" mode="ui">
	<table class="{normalize-space(concat('govuk-table ', @classes))}">
		<xsl:apply-templates select="." mode="ui-attributes"/>
		<xsl:if test="string(@caption)"><caption class="{normalize-space(concat('govuk-table__caption ', @captionClasses))}"><xsl:value-of select="@caption"/></caption></xsl:if>
		<xsl:if test="head">
			<thead class="govuk-table__head">
				<tr class="govuk-table__row">
					<xsl:for-each select="head/item"><th scope="col"><xsl:call-template name="ui-cell"><xsl:with-param name="class" select="'govuk-table__header'"/></xsl:call-template></th></xsl:for-each>
				</tr>
			</thead>
		</xsl:if>
		<tbody class="govuk-table__body">
			<xsl:for-each select="rows/item[not(@null)]">
				<tr class="govuk-table__row">
					<xsl:for-each select="item">
						<xsl:choose>
							<xsl:when test="position() = 1 and ../../../@firstCellIsHeader = 'true'">
								<th scope="row"><xsl:call-template name="ui-cell"><xsl:with-param name="class" select="'govuk-table__header'"/><xsl:with-param name="format" select="''"/></xsl:call-template></th>
							</xsl:when>
							<xsl:otherwise><td><xsl:call-template name="ui-cell"><xsl:with-param name="class" select="'govuk-table__cell'"/></xsl:call-template></td></xsl:otherwise>
						</xsl:choose>
					</xsl:for-each>
				</tr>
			</xsl:for-each>
		</tbody>
	</table>
</xsl:template>
<xsl:template name="ui-cell">
	<xsl:param name="class"/>
	<xsl:param name="format" select="@format"/>
	<xsl:attribute name="class">
		<xsl:value-of select="$class"/>
		<xsl:if test="string($format)"><xsl:value-of select="concat(' ', $class, '--', $format)"/></xsl:if>
		<xsl:if test="string(@classes)"><xsl:value-of select="concat(' ', @classes)"/></xsl:if>
	</xsl:attribute>
	<xsl:call-template name="ui-options"><xsl:with-param name="names" select="'|colspan|rowspan|'"/></xsl:call-template>
	<xsl:apply-templates select="." mode="ui-attributes"/>
	<xsl:apply-templates select="." mode="ui-words"/>
</xsl:template>

<xsl:template match="ui:tabs" mode="ui">
	<div class="{normalize-space(concat('govuk-tabs ', @classes))}" data-module="govuk-tabs">
		<xsl:call-template name="ui-options"><xsl:with-param name="names" select="'|id|'"/></xsl:call-template>
		<xsl:apply-templates select="." mode="ui-attributes"/>
		<h2 class="govuk-tabs__title"><xsl:value-of select="@title"/><xsl:if test="not(string(@title))">Contents</xsl:if></h2>
		<xsl:if test="items/item">
			<ul class="govuk-tabs__list">
				<xsl:for-each select="items/item">
					<xsl:if test="not(@null)">
						<li class="govuk-tabs__list-item{substring(' govuk-tabs__list-item--selected', 1, 99 * (position() = 1))}">
							<a class="govuk-tabs__tab">
								<xsl:attribute name="href">#<xsl:apply-templates select="." mode="ui-tab-id"/></xsl:attribute>
								<xsl:apply-templates select="." mode="ui-attributes"/>
								<xsl:value-of select="@label"/>
							</a>
						</li>
					</xsl:if>
				</xsl:for-each>
			</ul>
			<xsl:for-each select="items/item">
				<xsl:if test="not(@null)">
					<div class="govuk-tabs__panel{substring(' govuk-tabs__panel--hidden', 1, 99 * (position() &gt; 1))}">
						<xsl:attribute name="id"><xsl:apply-templates select="." mode="ui-tab-id"/></xsl:attribute>
						<xsl:apply-templates select="panel" mode="ui-attributes"/>
						<xsl:apply-templates select="panel/html/node()" mode="ui"/>
						<xsl:if test="not(panel/html) and string(panel/@text)"><p class="govuk-body"><xsl:value-of select="panel/@text"/></p></xsl:if>
					</div>
				</xsl:if>
			</xsl:for-each>
		</xsl:if>
	</div>
</xsl:template>
<xsl:template match="item" mode="ui-tab-id">
	<xsl:value-of select="@id"/>
	<xsl:if test="not(string(@id))"><xsl:value-of select="concat(../../@idPrefix, '-', count(preceding-sibling::item) + 1)"/></xsl:if>
</xsl:template>

<xsl:template match="ui:pagination" mode="ui">
	<xsl:variable name="block" select="not(items) and (next or previous)"/>
	<nav class="{normalize-space(concat('govuk-pagination ', substring('govuk-pagination--block ', 1, 99 * $block), @classes))}" aria-label="Pagination">
		<xsl:if test="string(@landmarkLabel)"><xsl:attribute name="aria-label"><xsl:value-of select="@landmarkLabel"/></xsl:attribute></xsl:if>
		<xsl:apply-templates select="." mode="ui-attributes"/>
		<xsl:for-each select="previous[string(@href)]">
			<div class="govuk-pagination__prev">
				<a class="govuk-link govuk-pagination__link" href="{@href}" rel="prev">
					<xsl:apply-templates select="." mode="ui-attributes"/>
					<svg xmlns="http://www.w3.org/2000/svg" class="govuk-pagination__icon govuk-pagination__icon--prev" height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13"><path d="m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z"/></svg>
					<xsl:text> </xsl:text>
					<xsl:call-template name="ui-pagination-title"><xsl:with-param name="word" select="'Previous'"/><xsl:with-param name="block" select="$block"/></xsl:call-template>
				</a>
			</div>
		</xsl:for-each>
		<xsl:if test="items">
			<ul class="govuk-pagination__list">
				<xsl:for-each select="items/item[not(@null)]">
					<xsl:choose>
						<xsl:when test="@ellipsis = 'true'"><li class="govuk-pagination__item govuk-pagination__item--ellipsis">&#8943;</li></xsl:when>
						<xsl:when test="@*">
							<li class="govuk-pagination__item{substring(' govuk-pagination__item--current', 1, 99 * (@current = 'true'))}">
								<a class="govuk-link govuk-pagination__link" href="{@href}" aria-label="Page {@number}">
									<xsl:if test="string(@visuallyHiddenText)"><xsl:attribute name="aria-label"><xsl:value-of select="@visuallyHiddenText"/></xsl:attribute></xsl:if>
									<xsl:if test="@current = 'true'"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
									<xsl:apply-templates select="." mode="ui-attributes"/>
									<xsl:value-of select="@number"/>
								</a>
							</li>
						</xsl:when>
					</xsl:choose>
				</xsl:for-each>
			</ul>
		</xsl:if>
		<xsl:for-each select="next[string(@href)]">
			<xsl:variable name="arrow"><svg xmlns="http://www.w3.org/2000/svg" class="govuk-pagination__icon govuk-pagination__icon--next" height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13"><path d="m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z"/></svg></xsl:variable>
			<div class="govuk-pagination__next">
				<a class="govuk-link govuk-pagination__link" href="{@href}" rel="next">
					<xsl:apply-templates select="." mode="ui-attributes"/>
					<xsl:if test="$block"><xsl:copy-of select="$arrow"/></xsl:if>
					<xsl:call-template name="ui-pagination-title"><xsl:with-param name="word" select="'Next'"/><xsl:with-param name="block" select="$block"/></xsl:call-template>
					<xsl:if test="not($block)"><xsl:text> </xsl:text><xsl:copy-of select="$arrow"/></xsl:if>
				</a>
			</div>
		</xsl:for-each>
	</nav>
</xsl:template>
<xsl:template name="ui-pagination-title">
	<xsl:param name="word"/>
	<xsl:param name="block"/>
	<span class="govuk-pagination__link-title{substring(' govuk-pagination__link-title--decorated', 1, 99 * ($block and not(string(@labelText))))}">
		<xsl:apply-templates select="." mode="ui-words"/>
		<xsl:if test="not(string(@text) or html)"><xsl:value-of select="$word"/><span class="govuk-visually-hidden"> page</span></xsl:if>
	</span>
	<xsl:if test="string(@labelText) and $block">
		<xsl:text> </xsl:text>
		<span class="govuk-visually-hidden">:</span><xsl:text> </xsl:text>
		<span class="govuk-pagination__link-label"><xsl:value-of select="@labelText"/></span>
	</xsl:if>
</xsl:template>

</xsl:stylesheet>
