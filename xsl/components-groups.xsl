<?xml version="1.0" encoding="UTF-8"?>
<!-- Groups of controls (fieldset, date, radios, check boxes): included by components.xsl, which says how to use them. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:ui="urn:dossier:ui" exclude-result-prefixes="ui">

<xsl:template match="legend" mode="ui-legend">
	<xsl:if test="html or string(@text)">
		<legend class="{normalize-space(concat('govuk-fieldset__legend ', @classes))}">
			<xsl:choose>
				<xsl:when test="@isPageHeading = 'true'"><h1 class="govuk-fieldset__heading"><xsl:apply-templates select="." mode="ui-words"/></h1></xsl:when>
				<xsl:otherwise><xsl:apply-templates select="." mode="ui-words"/></xsl:otherwise>
			</xsl:choose>
		</legend>
	</xsl:if>
</xsl:template>
<xsl:template match="ui:fieldset" mode="ui">
	<fieldset class="{normalize-space(concat('govuk-fieldset ', @classes))}">
		<xsl:call-template name="ui-options"><xsl:with-param name="names" select="'|role|id|'"/></xsl:call-template>
		<xsl:if test="string(@describedBy)"><xsl:attribute name="aria-describedby"><xsl:value-of select="@describedBy"/></xsl:attribute></xsl:if>
		<xsl:apply-templates select="." mode="ui-attributes"/>
		<xsl:apply-templates select="legend" mode="ui-legend"/>
		<xsl:apply-templates select="html/node()" mode="ui"/>
	</fieldset>
</xsl:template>

<!-- The group of a control, with $body inside its fieldset where it has one. -->
<xsl:template name="ui-grouped">
	<xsl:param name="id"/>
	<xsl:param name="body"/>
	<xsl:param name="role"/>
	<div>
		<xsl:call-template name="ui-group-class"/>
		<xsl:apply-templates select="formGroup" mode="ui-attributes"/>
		<xsl:choose>
			<xsl:when test="fieldset">
				<fieldset class="{normalize-space(concat('govuk-fieldset ', fieldset/@classes))}">
					<xsl:if test="$role"><xsl:attribute name="role"><xsl:value-of select="$role"/></xsl:attribute></xsl:if>
					<xsl:call-template name="ui-described">
						<xsl:with-param name="id" select="$id"/>
						<xsl:with-param name="given" select="fieldset/@describedBy[string()] | @describedBy[not(string(../fieldset/@describedBy))]"/>
					</xsl:call-template>
					<xsl:apply-templates select="fieldset" mode="ui-attributes"/>
					<xsl:apply-templates select="fieldset/legend" mode="ui-legend"/>
					<xsl:copy-of select="$body"/>
				</fieldset>
			</xsl:when>
			<xsl:otherwise><xsl:copy-of select="$body"/></xsl:otherwise>
		</xsl:choose>
	</div>
</xsl:template>

<!-- Date: own items, or day, month and year. The box leaves its id to the first input when that asks for the same one,
     because the error summary must lead to something that takes the focus. -->
<xsl:template match="ui:date-input" mode="ui">
	<xsl:variable name="taken" select="@id = (items/item | day)/@id"/>
	<xsl:call-template name="ui-grouped">
		<xsl:with-param name="id" select="@id"/>
		<xsl:with-param name="role" select="'group'"/>
		<xsl:with-param name="body">
			<xsl:call-template name="ui-hint-and-error"><xsl:with-param name="id" select="@id"/></xsl:call-template>
			<div class="{normalize-space(concat('govuk-date-input ', @classes))}">
				<xsl:if test="string(@id) and not($taken)"><xsl:copy-of select="@id"/></xsl:if>
				<xsl:apply-templates select="." mode="ui-attributes"/>
				<xsl:apply-templates select="formGroup/beforeInputs" mode="ui-words"/>
				<xsl:choose>
					<xsl:when test="items/item">
						<xsl:for-each select="items/item[not(@null)]">
							<xsl:call-template name="ui-date-part"><xsl:with-param name="date" select="../.."/><xsl:with-param name="part" select="@name"/></xsl:call-template>
						</xsl:for-each>
					</xsl:when>
					<xsl:otherwise>
						<xsl:call-template name="ui-date-part"><xsl:with-param name="part" select="'day'"/><xsl:with-param name="item" select="day"/></xsl:call-template>
						<xsl:call-template name="ui-date-part"><xsl:with-param name="part" select="'month'"/><xsl:with-param name="item" select="month"/></xsl:call-template>
						<xsl:call-template name="ui-date-part"><xsl:with-param name="part" select="'year'"/><xsl:with-param name="item" select="year"/></xsl:call-template>
					</xsl:otherwise>
				</xsl:choose>
				<xsl:apply-templates select="formGroup/afterInputs" mode="ui-words"/>
			</div>
		</xsl:with-param>
	</xsl:call-template>
</xsl:template>
<xsl:template name="ui-date-part">
	<xsl:param name="date" select="."/>
	<xsl:param name="part"/>
	<xsl:param name="item" select="."/>
	<xsl:variable name="marked" select="boolean($date/*[self::day or self::month or self::year or self::items]/descendant-or-self::*[@error = 'true' or contains(@classes, 'govuk-input--error')])"/>
	<xsl:variable name="name">
		<xsl:value-of select="$item/@name"/>
		<xsl:if test="not(string($item/@name))"><xsl:value-of select="$part"/></xsl:if>
	</xsl:variable>
	<xsl:variable name="prefix"><xsl:if test="string($date/@namePrefix)"><xsl:value-of select="concat($date/@namePrefix, '-')"/></xsl:if></xsl:variable>
	<xsl:variable name="id">
		<xsl:value-of select="$item/@id"/>
		<xsl:if test="not(string($item/@id))"><xsl:value-of select="concat($date/@id, '-', $name)"/></xsl:if>
	</xsl:variable>
	<!-- the first of these that is there -->
	<xsl:variable name="own" select="$item/@value"/>
	<xsl:variable name="same" select="$date/*[local-name() = $part]/@value"/>
	<xsl:variable name="plain" select="$date/values/@*[local-name() = $part]"/>
	<xsl:variable name="prefixed" select="$date/values/@*[local-name() = concat($prefix, $name)]"/>
	<xsl:variable name="value" select="$own | $same[not($own)] | $plain[not($own | $same)] | $prefixed[not($own | $same | $plain)]"/>
	<xsl:if test="not($item/@null)">
		<div class="govuk-date-input__item">
			<div class="govuk-form-group">
				<label class="govuk-label govuk-date-input__label" for="{$id}">
					<xsl:choose>
						<xsl:when test="string($item/@label)"><xsl:value-of select="$item/@label"/></xsl:when>
						<xsl:otherwise>
							<xsl:value-of select="concat(translate(substring($name, 1, 1), 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'), substring($name, 2))"/>
						</xsl:otherwise>
					</xsl:choose>
				</label>
				<input id="{$id}" name="{$prefix}{$name}" type="text" inputmode="numeric">
					<xsl:attribute name="class">
						<xsl:text>govuk-input govuk-date-input__input</xsl:text>
						<xsl:choose>
							<xsl:when test="contains($item/@classes, 'govuk-input--error')"/>
							<xsl:when test="$item/@error = 'true'"> govuk-input--error</xsl:when>
							<xsl:when test="$item/@error = 'false' or $marked"/>
							<xsl:otherwise>
								<xsl:for-each select="$date">
									<xsl:call-template name="ui-in-error"><xsl:with-param name="class" select="'govuk-input--error'"/></xsl:call-template>
								</xsl:for-each>
							</xsl:otherwise>
						</xsl:choose>
						<xsl:if test="not(contains($item/@classes, 'govuk-input--width-'))">
							<xsl:text> govuk-input--width-</xsl:text>
							<xsl:choose>
								<xsl:when test="$name = 'year' or $part = 'year' or $name = $date/year/@name">4</xsl:when>
								<xsl:otherwise>2</xsl:otherwise>
							</xsl:choose>
						</xsl:if>
						<xsl:if test="string($item/@classes)"><xsl:value-of select="concat(' ', $item/@classes)"/></xsl:if>
					</xsl:attribute>
					<xsl:if test="string($value)"><xsl:attribute name="value"><xsl:value-of select="$value"/></xsl:attribute></xsl:if>
					<xsl:for-each select="$item[not(self::ui:date-input)]">
						<xsl:call-template name="ui-options"><xsl:with-param name="names" select="'|autocomplete|pattern|inputmode|'"/></xsl:call-template>
						<xsl:apply-templates select="." mode="ui-attributes"/>
					</xsl:for-each>
				</input>
			</div>
		</div>
	</xsl:if>
</xsl:template>

<!-- radios and check boxes -->
<xsl:template match="ui:radios|ui:checkboxes" mode="ui">
	<xsl:variable name="id">
		<xsl:value-of select="@idPrefix"/>
		<xsl:if test="not(string(@idPrefix))"><xsl:value-of select="@name"/></xsl:if>
	</xsl:variable>
	<xsl:variable name="kind" select="local-name()"/>
	<xsl:call-template name="ui-grouped">
		<xsl:with-param name="id" select="$id"/>
		<xsl:with-param name="body">
			<xsl:call-template name="ui-hint-and-error"><xsl:with-param name="id" select="$id"/></xsl:call-template>
			<div class="{normalize-space(concat('govuk-', $kind, ' ', @classes))}" data-module="govuk-{$kind}">
				<xsl:apply-templates select="." mode="ui-attributes"/>
				<xsl:apply-templates select="formGroup/beforeInputs" mode="ui-words"/>
				<xsl:apply-templates select="items/*" mode="ui-choice">
					<xsl:with-param name="group" select="."/>
					<xsl:with-param name="prefix" select="string($id)"/>
				</xsl:apply-templates>
				<xsl:apply-templates select="formGroup/afterInputs" mode="ui-words"/>
			</div>
		</xsl:with-param>
	</xsl:call-template>
</xsl:template>
<xsl:template match="xsl:*" mode="ui-choice">
	<xsl:param name="group"/>
	<xsl:param name="prefix"/>
	<xsl:copy>
		<xsl:copy-of select="@*"/>
		<xsl:apply-templates mode="ui-choice"><xsl:with-param name="group" select="$group"/><xsl:with-param name="prefix" select="$prefix"/></xsl:apply-templates>
	</xsl:copy>
</xsl:template>
<xsl:template match="item[@null]" mode="ui-choice" priority="2"/>
<xsl:template match="item[string(@divider)]" mode="ui-choice" priority="1">
	<xsl:param name="group"/>
	<div class="govuk-{local-name($group)}__divider"><xsl:value-of select="@divider"/></div>
</xsl:template>
<xsl:template match="item" mode="ui-choice">
	<xsl:param name="group"/>
	<xsl:param name="prefix"/>
	<xsl:variable name="kind" select="local-name($group)"/>
	<xsl:variable name="checks" select="$kind = 'checkboxes'"/>
	<xsl:variable name="id">
		<xsl:choose>
			<xsl:when test="string(@id)"><xsl:value-of select="@id"/></xsl:when>
			<xsl:when test="preceding-sibling::item"><xsl:value-of select="concat($prefix, '-', count(preceding-sibling::item) + 1)"/></xsl:when>
			<!-- no number on the first: the error summary links to it -->
			<xsl:otherwise><xsl:value-of select="$prefix"/></xsl:otherwise>
		</xsl:choose>
	</xsl:variable>
	<xsl:variable name="checked" select="@checked = 'true' or (not(@checked) and ((not($checks) and string($group/@value) and @value = $group/@value) or ($checks and @value = $group/values/item/@text)))"/>
	<xsl:variable name="hint" select="hint[string(@text) or html]"/>
	<div class="govuk-{$kind}__item">
		<input class="govuk-{$kind}__input" id="{$id}" name="{$group/@name}" type="radio" value="{@value}">
			<xsl:if test="$checks">
				<xsl:attribute name="type">checkbox</xsl:attribute>
				<xsl:if test="string(@name)"><xsl:attribute name="name"><xsl:value-of select="@name"/></xsl:attribute></xsl:if>
			</xsl:if>
			<xsl:if test="$checked"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
			<xsl:call-template name="ui-flag"><xsl:with-param name="name" select="'disabled'"/></xsl:call-template>
			<xsl:if test="conditional/html and not($group/@reveal = 'css')"><xsl:attribute name="data-aria-controls">conditional-<xsl:value-of select="$id"/></xsl:attribute></xsl:if>
			<xsl:if test="string(@behaviour)"><xsl:attribute name="data-behaviour"><xsl:value-of select="@behaviour"/></xsl:attribute></xsl:if>
			<xsl:variable name="described">
				<xsl:if test="$checks and not($group/fieldset)">
					<xsl:value-of select="$group/@describedBy"/>
					<xsl:if test="$group/hint"><xsl:value-of select="concat(' ', $prefix, '-hint')"/></xsl:if>
					<xsl:if test="$group/errorMessage"><xsl:value-of select="concat(' ', $prefix, '-error')"/></xsl:if>
				</xsl:if>
				<xsl:if test="$hint"><xsl:value-of select="concat(' ', $id, '-item-hint')"/></xsl:if>
			</xsl:variable>
			<xsl:if test="normalize-space($described)"><xsl:attribute name="aria-describedby"><xsl:value-of select="normalize-space($described)"/></xsl:attribute></xsl:if>
			<xsl:apply-templates select="." mode="ui-attributes"/>
		</input>
		<label class="{normalize-space(concat('govuk-label govuk-', $kind, '__label ', label/@classes))}" for="{$id}">
			<xsl:apply-templates select="label" mode="ui-attributes"/>
			<xsl:apply-templates select="." mode="ui-words"/>
		</label>
		<xsl:apply-templates select="$hint" mode="ui-hint">
			<xsl:with-param name="id" select="concat($id, '-item-hint')"/>
			<xsl:with-param name="class" select="concat('govuk-', $kind, '__hint')"/>
		</xsl:apply-templates>
	</div>
	<xsl:if test="conditional/html">
		<div id="conditional-{$id}" class="govuk-{$kind}__conditional">
			<xsl:choose>
				<xsl:when test="$group/@reveal = 'css'"><xsl:attribute name="class"><xsl:value-of select="concat('govuk-', $kind, '__conditional app-reveal')"/></xsl:attribute></xsl:when>
				<xsl:when test="not($checked)"><xsl:attribute name="class"><xsl:value-of select="concat('govuk-', $kind, '__conditional govuk-', $kind, '__conditional--hidden')"/></xsl:attribute></xsl:when>
			</xsl:choose>
			<xsl:apply-templates select="conditional/html/node()" mode="ui"/>
		</div>
	</xsl:if>
</xsl:template>

</xsl:stylesheet>
