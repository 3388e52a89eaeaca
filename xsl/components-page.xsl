<?xml version="1.0" encoding="UTF-8"?>
<!-- Components that hold no control: included by components.xsl, which says how to use them. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:ui="urn:dossier:ui" exclude-result-prefixes="ui">

<xsl:template match="ui:error-summary" mode="ui">
	<div class="{normalize-space(concat('govuk-error-summary ', @classes))}" data-module="govuk-error-summary">
		<xsl:if test="@disableAutoFocus"><xsl:attribute name="data-disable-auto-focus"><xsl:value-of select="@disableAutoFocus"/></xsl:attribute></xsl:if>
		<xsl:apply-templates select="." mode="ui-attributes"/>
		<div role="alert">
			<h2 class="govuk-error-summary__title"><xsl:value-of select="@titleText[not(../titleHtml)]"/><xsl:apply-templates select="titleHtml/node()" mode="ui"/></h2>
			<div class="govuk-error-summary__body">
				<xsl:if test="string(@descriptionText) or descriptionHtml">
					<p><xsl:value-of select="@descriptionText[not(../descriptionHtml)]"/><xsl:apply-templates select="descriptionHtml/node()" mode="ui"/></p>
				</xsl:if>
				<xsl:if test="errorList/item">
					<ul class="govuk-list govuk-error-summary__list">
						<xsl:for-each select="errorList/item">
							<li>
								<xsl:choose>
									<xsl:when test="string(@href)"><a href="{@href}"><xsl:apply-templates select="." mode="ui-attributes"/><xsl:apply-templates select="." mode="ui-words"/></a></xsl:when>
									<xsl:otherwise><xsl:apply-templates select="." mode="ui-words"/></xsl:otherwise>
								</xsl:choose>
							</li>
						</xsl:for-each>
					</ul>
				</xsl:if>
			</div>
		</div>
	</div>
</xsl:template>

<xsl:template match="ui:task-list" mode="ui">
	<xsl:variable name="prefix"><xsl:value-of select="@idPrefix"/><xsl:if test="not(string(@idPrefix))">task-list</xsl:if></xsl:variable>
	<ul class="{normalize-space(concat('govuk-task-list ', @classes))}">
		<xsl:apply-templates select="." mode="ui-attributes"/>
		<xsl:for-each select="items/item">
			<xsl:if test="not(@null)">
				<xsl:call-template name="ui-task"><xsl:with-param name="id" select="concat($prefix, '-', position())"/></xsl:call-template>
			</xsl:if>
		</xsl:for-each>
	</ul>
</xsl:template>
<xsl:template name="ui-task">
	<xsl:param name="id"/>
	<li class="{normalize-space(concat('govuk-task-list__item ', substring('govuk-task-list__item--with-link ', 1, 99 * boolean(string(@href))), @classes))}">
		<div class="govuk-task-list__name-and-hint">
			<xsl:choose>
				<xsl:when test="string(@href)">
					<a class="{normalize-space(concat('govuk-link govuk-task-list__link ', title/@classes))}" href="{@href}"
						aria-describedby="{substring(concat($id, '-hint '), 1, 999 * boolean(hint))}{$id}-status"><xsl:apply-templates select="title" mode="ui-words"/></a>
				</xsl:when>
				<xsl:otherwise>
					<div><xsl:if test="string(title/@classes)"><xsl:attribute name="class"><xsl:value-of select="title/@classes"/></xsl:attribute></xsl:if><xsl:apply-templates select="title" mode="ui-words"/></div>
				</xsl:otherwise>
			</xsl:choose>
			<xsl:if test="hint"><div id="{$id}-hint" class="govuk-task-list__hint"><xsl:apply-templates select="hint" mode="ui-words"/></div></xsl:if>
		</div>
		<div id="{$id}-status" class="{normalize-space(concat('govuk-task-list__status ', status/@classes))}">
			<xsl:apply-templates select="status/tag" mode="ui-tag"/>
			<xsl:if test="not(status/tag)"><xsl:apply-templates select="status" mode="ui-words"/></xsl:if>
		</div>
	</li>
</xsl:template>

<xsl:template match="*" mode="ui-tag">
	<xsl:param name="class"/>
	<strong class="{normalize-space(concat('govuk-tag ', $class, ' ', @classes))}"><xsl:apply-templates select="." mode="ui-attributes"/><xsl:apply-templates select="." mode="ui-words"/></strong>
</xsl:template>
<xsl:template match="ui:tag" mode="ui"><xsl:apply-templates select="." mode="ui-tag"/></xsl:template>

<xsl:template match="ui:button" mode="ui">
	<xsl:variable name="start" select="@isStartButton = 'true'"/>
	<xsl:variable name="class" select="normalize-space(concat('govuk-button ', @classes, substring(' govuk-button--start', 1, 99 * $start)))"/>
	<xsl:variable name="inside">
		<xsl:choose>
			<xsl:when test="html and $start"><span><xsl:apply-templates select="html/node()" mode="ui"/></span></xsl:when>
			<xsl:otherwise><xsl:apply-templates select="." mode="ui-words"/></xsl:otherwise>
		</xsl:choose>
		<xsl:if test="$start">
			<svg xmlns="http://www.w3.org/2000/svg" class="govuk-button__start-icon" width="17.5" height="19" viewBox="0 0 33 40" aria-hidden="true" focusable="false"><path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z"/></svg>
		</xsl:if>
	</xsl:variable>
	<xsl:choose>
		<xsl:when test="string(@href)">
			<a href="{@href}" role="button" draggable="false" class="{$class}" data-module="govuk-button">
				<xsl:call-template name="ui-options"><xsl:with-param name="names" select="'|id|'"/></xsl:call-template>
				<xsl:apply-templates select="." mode="ui-attributes"/>
				<xsl:copy-of select="$inside"/>
			</a>
		</xsl:when>
		<xsl:otherwise>
			<button type="submit" class="{$class}" data-module="govuk-button">
				<xsl:call-template name="ui-options"><xsl:with-param name="names" select="'|type|name|value|id|'"/></xsl:call-template>
				<xsl:if test="@disabled = 'true'">
					<xsl:attribute name="disabled">disabled</xsl:attribute>
					<xsl:attribute name="aria-disabled">true</xsl:attribute>
				</xsl:if>
				<xsl:if test="@preventDoubleClick"><xsl:attribute name="data-prevent-double-click"><xsl:value-of select="@preventDoubleClick"/></xsl:attribute></xsl:if>
				<xsl:apply-templates select="." mode="ui-attributes"/>
				<xsl:copy-of select="$inside"/>
			</button>
		</xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="ui:back-link" mode="ui">
	<a class="{normalize-space(concat('govuk-back-link ', @classes))}" href="#">
		<xsl:if test="string(@href)"><xsl:copy-of select="@href"/></xsl:if>
		<xsl:apply-templates select="." mode="ui-attributes"/>
		<xsl:apply-templates select="." mode="ui-words"/>
		<xsl:if test="not(string(@text) or html)">Back</xsl:if>
	</a>
</xsl:template>
<xsl:template match="ui:skip-link" mode="ui">
	<a class="{normalize-space(concat('govuk-skip-link ', @classes))}" href="#content" data-module="govuk-skip-link">
		<xsl:if test="string(@href)"><xsl:copy-of select="@href"/></xsl:if>
		<xsl:apply-templates select="." mode="ui-attributes"/>
		<xsl:apply-templates select="." mode="ui-words"/>
	</a>
</xsl:template>
<xsl:template match="ui:inset-text" mode="ui">
	<div class="{normalize-space(concat('govuk-inset-text ', @classes))}">
		<xsl:call-template name="ui-options"><xsl:with-param name="names" select="'|id|'"/></xsl:call-template>
		<xsl:apply-templates select="." mode="ui-attributes"/>
		<xsl:apply-templates select="." mode="ui-words"/>
	</div>
</xsl:template>
<xsl:template match="ui:warning-text" mode="ui">
	<div class="{normalize-space(concat('govuk-warning-text ', @classes))}">
		<xsl:apply-templates select="." mode="ui-attributes"/>
		<span class="govuk-warning-text__icon" aria-hidden="true">!</span>
		<xsl:text> </xsl:text>
		<strong class="govuk-warning-text__text">
			<span class="govuk-visually-hidden"><xsl:value-of select="@iconFallbackText"/><xsl:if test="not(string(@iconFallbackText))">Warning</xsl:if></span>
			<xsl:text> </xsl:text>
			<xsl:apply-templates select="." mode="ui-words"/>
		</strong>
	</div>
</xsl:template>
<xsl:template match="ui:phase-banner" mode="ui">
	<div class="{normalize-space(concat('govuk-phase-banner govuk-width-container ', @classes))}">
		<xsl:apply-templates select="." mode="ui-attributes"/>
		<p class="govuk-phase-banner__content">
			<xsl:apply-templates select="tag" mode="ui-tag"><xsl:with-param name="class" select="'govuk-phase-banner__content__tag'"/></xsl:apply-templates>
			<xsl:if test="not(tag)"><strong class="govuk-tag govuk-phase-banner__content__tag"/></xsl:if>
			<xsl:text> </xsl:text>
			<span class="govuk-phase-banner__text"><xsl:apply-templates select="." mode="ui-words"/></span>
		</p>
	</div>
</xsl:template>
<xsl:template match="ui:details" mode="ui">
	<details class="{normalize-space(concat('govuk-details ', @classes))}">
		<xsl:call-template name="ui-options"><xsl:with-param name="names" select="'|id|'"/></xsl:call-template>
		<xsl:apply-templates select="." mode="ui-attributes"/>
		<xsl:call-template name="ui-flag"><xsl:with-param name="name" select="'open'"/></xsl:call-template>
		<summary class="govuk-details__summary">
			<span class="govuk-details__summary-text"><xsl:value-of select="@summaryText[not(../summaryHtml)]"/><xsl:apply-templates select="summaryHtml/node()" mode="ui"/></span>
		</summary>
		<div class="govuk-details__text"><xsl:apply-templates select="." mode="ui-words"/></div>
	</details>
</xsl:template>

<xsl:template match="ui:panel" mode="ui">
	<xsl:variable name="pause" select="contains(@classes, 'govuk-panel--interruption')"/>
	<xsl:variable name="level"><xsl:value-of select="@headingLevel"/><xsl:if test="not(string(@headingLevel))">1</xsl:if></xsl:variable>
	<div class="{normalize-space(concat('govuk-panel ', substring('govuk-panel--confirmation ', 1, 99 * not($pause)), @classes))}">
		<xsl:apply-templates select="." mode="ui-attributes"/>
		<xsl:element name="h{$level}">
			<xsl:attribute name="class">govuk-panel__title</xsl:attribute>
			<xsl:value-of select="@titleText[not(../titleHtml)]"/><xsl:apply-templates select="titleHtml/node()" mode="ui"/>
		</xsl:element>
		<xsl:if test="html or string(@text)"><div class="govuk-panel__body"><xsl:apply-templates select="." mode="ui-words"/></div></xsl:if>
		<xsl:for-each select="actions[$pause]">
			<div class="{normalize-space(concat('govuk-panel__actions ', @classes))}">
				<xsl:apply-templates select="." mode="ui-attributes"/>
				<xsl:if test="items/item"><div class="govuk-button-group"><xsl:apply-templates select="items/item" mode="ui-panel-action"/></div></xsl:if>
			</div>
		</xsl:for-each>
	</div>
</xsl:template>
<xsl:template match="item" mode="ui-panel-action">
	<xsl:if test="preceding-sibling::item"><xsl:text> </xsl:text></xsl:if>
	<xsl:choose>
		<xsl:when test="string(@href) and not(@type = 'button')">
			<a class="{normalize-space(concat('govuk-link govuk-link--inverse ', @classes))}" href="{@href}"><xsl:apply-templates select="." mode="ui-attributes"/><xsl:value-of select="@text"/></a>
		</xsl:when>
		<xsl:when test="string(@href)">
			<a href="{@href}" role="button" draggable="false" class="{normalize-space(concat('govuk-button govuk-button--inverse ', @classes))}" data-module="govuk-button"><xsl:apply-templates select="." mode="ui-attributes"/><xsl:value-of select="@text"/></a>
		</xsl:when>
		<xsl:otherwise>
			<button type="button" class="{normalize-space(concat('govuk-button govuk-button--inverse ', @classes))}" data-module="govuk-button">
				<xsl:call-template name="ui-options"><xsl:with-param name="names" select="'|type|name|value|'"/></xsl:call-template>
				<xsl:apply-templates select="." mode="ui-attributes"/><xsl:value-of select="@text"/>
			</button>
		</xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="ui:notification-banner" mode="ui">
	<xsl:variable name="success" select="@type = 'success'"/>
	<xsl:variable name="id"><xsl:value-of select="@titleId"/><xsl:if test="not(string(@titleId))">govuk-notification-banner-title</xsl:if></xsl:variable>
	<xsl:variable name="level"><xsl:value-of select="@titleHeadingLevel"/><xsl:if test="not(string(@titleHeadingLevel))">2</xsl:if></xsl:variable>
	<div class="{normalize-space(concat('govuk-notification-banner ', substring('govuk-notification-banner--success ', 1, 99 * $success), @classes))}"
		role="region" aria-labelledby="{$id}" data-module="govuk-notification-banner">
		<xsl:if test="$success"><xsl:attribute name="role">alert</xsl:attribute></xsl:if>
		<xsl:call-template name="ui-options"><xsl:with-param name="names" select="'|role|'"/></xsl:call-template>
		<xsl:if test="@disableAutoFocus"><xsl:attribute name="data-disable-auto-focus"><xsl:value-of select="@disableAutoFocus"/></xsl:attribute></xsl:if>
		<xsl:apply-templates select="." mode="ui-attributes"/>
		<div class="govuk-notification-banner__header">
			<xsl:element name="h{$level}">
				<xsl:attribute name="class">govuk-notification-banner__title</xsl:attribute>
				<xsl:attribute name="id"><xsl:value-of select="$id"/></xsl:attribute>
				<xsl:choose>
					<xsl:when test="titleHtml"><xsl:apply-templates select="titleHtml/node()" mode="ui"/></xsl:when>
					<xsl:when test="string(@titleText)"><xsl:value-of select="@titleText"/></xsl:when>
					<xsl:when test="$success">Success</xsl:when>
					<xsl:otherwise>Important</xsl:otherwise>
				</xsl:choose>
			</xsl:element>
		</div>
		<div class="govuk-notification-banner__content">
			<xsl:choose>
				<xsl:when test="html"><xsl:apply-templates select="html/node()" mode="ui"/></xsl:when>
				<xsl:when test="string(@text)"><p class="govuk-notification-banner__heading"><xsl:value-of select="@text"/></p></xsl:when>
			</xsl:choose>
		</div>
	</div>
</xsl:template>

</xsl:stylesheet>
