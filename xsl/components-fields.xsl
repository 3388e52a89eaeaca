<?xml version="1.0" encoding="UTF-8"?>
<!-- Form controls: included by components.xsl, which says how to use them. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:x="urn:dossier:xslt"
  xmlns:ui="urn:dossier:ui" exclude-result-prefixes="ui x">

<!-- ' class' when the control is in error; for a compiler an {expression} that gives the same at run time. -->
<xsl:template name="ui-in-error">
	<xsl:param name="class"/>
	<xsl:choose>
		<xsl:when test="errorMessage/@when">
			<xsl:value-of select="concat(&quot;{substring(' &quot;, $class, &quot;',1,&quot;, string-length($class) + 1, '*boolean(', errorMessage/@when, '))}')"/>
		</xsl:when>
		<xsl:when test="errorMessage"><xsl:value-of select="concat(' ', $class)"/></xsl:when>
	</xsl:choose>
</xsl:template>

<xsl:template name="ui-group-class">
	<xsl:param name="class"/>
	<xsl:attribute name="class">
		<xsl:text>govuk-form-group</xsl:text>
		<xsl:call-template name="ui-in-error"><xsl:with-param name="class" select="'govuk-form-group--error'"/></xsl:call-template>
		<xsl:if test="string($class)"><xsl:value-of select="concat(' ', $class)"/></xsl:if>
		<xsl:if test="string(formGroup/@classes)"><xsl:value-of select="concat(' ', formGroup/@classes)"/></xsl:if>
	</xsl:attribute>
</xsl:template>

<!-- aria-describedby: what was given, then hint, then error. No attribute at all when there is nothing to name. -->
<xsl:template name="ui-described">
	<xsl:param name="id"/>
	<xsl:param name="given" select="@describedBy"/>
	<xsl:variable name="fixed">
		<xsl:value-of select="$given"/>
		<xsl:if test="hint"><xsl:value-of select="concat(' ', $id, '-hint')"/></xsl:if>
		<xsl:if test="errorMessage[not(@when)]"><xsl:value-of select="concat(' ', $id, '-error')"/></xsl:if>
	</xsl:variable>
	<xsl:variable name="names" select="normalize-space($fixed)"/>
	<xsl:choose>
		<xsl:when test="errorMessage/@when and $names">
			<xsl:attribute name="aria-describedby">
				<xsl:value-of select="concat($names, &quot;{substring(concat(' ',&quot;, errorMessage/@described, '),1,999*boolean(', errorMessage/@when, '))}')"/>
			</xsl:attribute>
		</xsl:when>
		<xsl:when test="errorMessage/@when">
			<x:if test="{errorMessage/@when}"><x:attribute name="aria-describedby"><x:value-of select="{errorMessage/@described}"/></x:attribute></x:if>
		</xsl:when>
		<xsl:when test="$names"><xsl:attribute name="aria-describedby"><xsl:value-of select="$names"/></xsl:attribute></xsl:when>
	</xsl:choose>
</xsl:template>

<xsl:template name="ui-hint-and-error">
	<xsl:param name="id"/>
	<xsl:apply-templates select="hint" mode="ui-hint"><xsl:with-param name="id" select="concat($id, '-hint')"/></xsl:apply-templates>
	<xsl:apply-templates select="errorMessage" mode="ui-error"><xsl:with-param name="id" select="concat($id, '-error')"/></xsl:apply-templates>
</xsl:template>
<xsl:template name="ui-before-control">
	<xsl:param name="id"/>
	<xsl:apply-templates select="label" mode="ui-label"><xsl:with-param name="for" select="$id"/></xsl:apply-templates>
	<xsl:call-template name="ui-hint-and-error"><xsl:with-param name="id" select="$id"/></xsl:call-template>
</xsl:template>

<xsl:template match="*" mode="ui-id">
	<xsl:choose>
		<xsl:when test="string(@id)"><xsl:value-of select="@id"/></xsl:when>
		<xsl:when test="string(@idPrefix)"><xsl:value-of select="@idPrefix"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="@name"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<!-- text input -->
<xsl:template match="ui:input" mode="ui">
	<xsl:variable name="id"><xsl:apply-templates select="." mode="ui-id"/></xsl:variable>
	<div>
		<xsl:call-template name="ui-group-class"/>
		<xsl:apply-templates select="formGroup" mode="ui-attributes"/>
		<xsl:call-template name="ui-before-control"><xsl:with-param name="id" select="$id"/></xsl:call-template>
		<xsl:choose>
			<xsl:when test="(prefix | suffix | formGroup/beforeInput | formGroup/afterInput)[@text or html]">
				<div class="{normalize-space(concat('govuk-input__wrapper ', inputWrapper/@classes))}">
					<xsl:apply-templates select="inputWrapper" mode="ui-attributes"/>
					<xsl:apply-templates select="formGroup/beforeInput" mode="ui-words"/>
					<xsl:apply-templates select="prefix[@text or html]" mode="ui-affix"/>
					<xsl:call-template name="ui-input-control"><xsl:with-param name="id" select="$id"/></xsl:call-template>
					<xsl:apply-templates select="suffix[@text or html]" mode="ui-affix"/>
					<xsl:apply-templates select="formGroup/afterInput" mode="ui-words"/>
				</div>
			</xsl:when>
			<xsl:otherwise><xsl:call-template name="ui-input-control"><xsl:with-param name="id" select="$id"/></xsl:call-template></xsl:otherwise>
		</xsl:choose>
	</div>
</xsl:template>
<xsl:template match="prefix|suffix" mode="ui-affix">
	<div class="{normalize-space(concat('govuk-input__', local-name(), ' ', @classes))}" aria-hidden="true">
		<xsl:apply-templates select="." mode="ui-attributes"/>
		<xsl:apply-templates select="." mode="ui-words"/>
	</div>
</xsl:template>
<xsl:template name="ui-input-control">
	<xsl:param name="id"/>
	<input id="{$id}" name="{@name}" type="text">
		<xsl:attribute name="class">
			<xsl:value-of select="normalize-space(concat('govuk-input ', @classes))"/>
			<xsl:call-template name="ui-in-error"><xsl:with-param name="class" select="'govuk-input--error'"/></xsl:call-template>
		</xsl:attribute>
		<xsl:call-template name="ui-options"><xsl:with-param name="names" select="'|type|value|inputmode|autocomplete|spellcheck|autocapitalize|pattern|'"/></xsl:call-template>
		<xsl:call-template name="ui-flag"><xsl:with-param name="name" select="'disabled'"/></xsl:call-template>
		<xsl:call-template name="ui-described"><xsl:with-param name="id" select="$id"/></xsl:call-template>
		<xsl:apply-templates select="." mode="ui-attributes"/>
	</input>
</xsl:template>

<!-- password: the package's script takes the button's hidden away -->
<xsl:template match="ui:password-input" mode="ui">
	<xsl:variable name="id"><xsl:apply-templates select="." mode="ui-id"/></xsl:variable>
	<div>
		<xsl:call-template name="ui-group-class"><xsl:with-param name="class" select="'govuk-password-input'"/></xsl:call-template>
		<xsl:attribute name="data-module">govuk-password-input</xsl:attribute>
		<xsl:apply-templates select="formGroup" mode="ui-attributes"/>
		<xsl:call-template name="ui-before-control"><xsl:with-param name="id" select="$id"/></xsl:call-template>
		<div class="govuk-input__wrapper govuk-password-input__wrapper">
			<xsl:apply-templates select="formGroup/beforeInput" mode="ui-words"/>
			<input id="{$id}" name="{@name}" type="password" spellcheck="false" autocapitalize="none" autocomplete="current-password">
				<xsl:attribute name="class">
					<xsl:value-of select="normalize-space(concat('govuk-input govuk-password-input__input govuk-js-password-input-input ', @classes))"/>
					<xsl:call-template name="ui-in-error"><xsl:with-param name="class" select="'govuk-input--error'"/></xsl:call-template>
				</xsl:attribute>
				<xsl:call-template name="ui-options"><xsl:with-param name="names" select="'|value|autocomplete|'"/></xsl:call-template>
				<xsl:call-template name="ui-flag"><xsl:with-param name="name" select="'disabled'"/></xsl:call-template>
				<xsl:call-template name="ui-described"><xsl:with-param name="id" select="$id"/></xsl:call-template>
				<xsl:apply-templates select="." mode="ui-attributes"/>
			</input>
			<button type="button" class="{normalize-space(concat('govuk-button govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle ', button/@classes))}"
				data-module="govuk-button" aria-controls="{$id}" aria-label="Show password" hidden="hidden">Show</button>
			<xsl:apply-templates select="formGroup/afterInput" mode="ui-words"/>
		</div>
	</div>
</xsl:template>

<!-- text area, with or without a count -->
<xsl:template match="ui:textarea" mode="ui">
	<xsl:variable name="id"><xsl:apply-templates select="." mode="ui-id"/></xsl:variable>
	<div>
		<xsl:call-template name="ui-group-class"/>
		<xsl:apply-templates select="formGroup" mode="ui-attributes"/>
		<xsl:call-template name="ui-textarea-control"><xsl:with-param name="id" select="$id"/></xsl:call-template>
		<xsl:apply-templates select="formGroup/afterInput" mode="ui-words"/>
	</div>
</xsl:template>
<xsl:template match="ui:character-count" mode="ui">
	<xsl:variable name="id"><xsl:apply-templates select="." mode="ui-id"/></xsl:variable>
	<xsl:variable name="limit" select="(@maxwords[string()] | @maxlength[string()][not(string(../@maxwords))])[1]"/>
	<xsl:variable name="unit">
		<xsl:choose>
			<xsl:when test="string(@countType)"><xsl:value-of select="@countType"/></xsl:when>
			<xsl:when test="string(@maxwords)">words</xsl:when>
		</xsl:choose>
	</xsl:variable>
	<div>
		<xsl:call-template name="ui-group-class"><xsl:with-param name="class" select="'govuk-character-count'"/></xsl:call-template>
		<xsl:attribute name="data-module">govuk-character-count</xsl:attribute>
		<xsl:for-each select="@maxlength[string()] | @maxwords[string()] | @threshold[string()]">
			<xsl:attribute name="data-{local-name()}"><xsl:value-of select="."/></xsl:attribute>
		</xsl:for-each>
		<xsl:if test="string($unit)"><xsl:attribute name="data-count-type"><xsl:value-of select="$unit"/></xsl:attribute></xsl:if>
		<xsl:if test="not($limit) and string(@textareaDescriptionText)">
			<xsl:attribute name="data-i18n.textarea-description.other"><xsl:value-of select="@textareaDescriptionText"/></xsl:attribute>
		</xsl:if>
		<xsl:apply-templates select="formGroup" mode="ui-attributes"/>
		<xsl:call-template name="ui-textarea-control">
			<xsl:with-param name="id" select="$id"/>
			<xsl:with-param name="class" select="'govuk-js-character-count'"/>
			<xsl:with-param name="given" select="concat($id, '-info')"/>
		</xsl:call-template>
		<div id="{$id}-info" class="{normalize-space(concat('govuk-hint govuk-character-count__message ', countMessage/@classes))}">
			<xsl:choose>
				<xsl:when test="not($limit)"/>
				<xsl:when test="string(@textareaDescriptionText)">
					<xsl:value-of select="concat(substring-before(@textareaDescriptionText, '%{count}'), $limit, substring-after(@textareaDescriptionText, '%{count}'))"/>
				</xsl:when>
				<xsl:when test="$unit = 'words'"><xsl:value-of select="concat('You can enter up to ', $limit, ' words')"/></xsl:when>
				<xsl:otherwise><xsl:value-of select="concat('You can enter up to ', $limit, ' characters')"/></xsl:otherwise>
			</xsl:choose>
		</div>
		<xsl:apply-templates select="formGroup/afterInput" mode="ui-words"/>
	</div>
</xsl:template>
<xsl:template name="ui-textarea-control">
	<xsl:param name="id"/>
	<xsl:param name="class"/>
	<xsl:param name="given" select="@describedBy"/>
	<xsl:call-template name="ui-before-control"><xsl:with-param name="id" select="$id"/></xsl:call-template>
	<xsl:apply-templates select="formGroup/beforeInput" mode="ui-words"/>
	<textarea id="{$id}" name="{@name}" rows="5">
		<xsl:attribute name="class">
			<xsl:text>govuk-textarea</xsl:text>
			<xsl:call-template name="ui-in-error"><xsl:with-param name="class" select="'govuk-textarea--error'"/></xsl:call-template>
			<xsl:if test="string($class)"><xsl:value-of select="concat(' ', $class)"/></xsl:if>
			<xsl:if test="string(@classes)"><xsl:value-of select="concat(' ', @classes)"/></xsl:if>
		</xsl:attribute>
		<xsl:call-template name="ui-options"><xsl:with-param name="names" select="'|rows|spellcheck|autocomplete|'"/></xsl:call-template>
		<xsl:call-template name="ui-flag"><xsl:with-param name="name" select="'disabled'"/></xsl:call-template>
		<xsl:call-template name="ui-described">
			<xsl:with-param name="id" select="$id"/>
			<xsl:with-param name="given" select="$given"/>
		</xsl:call-template>
		<xsl:apply-templates select="." mode="ui-attributes"/>
		<xsl:choose>
			<xsl:when test="value"><xsl:apply-templates select="value/node()" mode="ui"/></xsl:when>
			<xsl:otherwise>
				<!-- An HTML parser drops one leading line break (HTML 13.2.6.4.7), so the first is written twice. -->
				<xsl:if test="starts-with(@value, '&#10;')"><xsl:text>&#10;</xsl:text></xsl:if>
				<xsl:value-of select="@value"/>
			</xsl:otherwise>
		</xsl:choose>
	</textarea>
</xsl:template>

<!-- select, file upload -->
<xsl:template match="ui:select|ui:file-upload" mode="ui">
	<xsl:variable name="id"><xsl:apply-templates select="." mode="ui-id"/></xsl:variable>
	<div>
		<xsl:call-template name="ui-group-class"/>
		<xsl:apply-templates select="formGroup" mode="ui-attributes"/>
		<xsl:call-template name="ui-before-control"><xsl:with-param name="id" select="$id"/></xsl:call-template>
		<xsl:apply-templates select="formGroup/beforeInput" mode="ui-words"/>
		<xsl:apply-templates select="." mode="ui-control"><xsl:with-param name="id" select="$id"/></xsl:apply-templates>
		<xsl:apply-templates select="formGroup/afterInput" mode="ui-words"/>
	</div>
</xsl:template>
<xsl:template match="ui:select" mode="ui-control">
	<xsl:param name="id"/>
	<select id="{$id}" name="{@name}">
		<xsl:attribute name="class">
			<xsl:value-of select="normalize-space(concat('govuk-select ', @classes))"/>
			<xsl:call-template name="ui-in-error"><xsl:with-param name="class" select="'govuk-select--error'"/></xsl:call-template>
		</xsl:attribute>
		<xsl:call-template name="ui-flag"><xsl:with-param name="name" select="'disabled'"/></xsl:call-template>
		<xsl:call-template name="ui-described"><xsl:with-param name="id" select="$id"/></xsl:call-template>
		<xsl:apply-templates select="." mode="ui-attributes"/>
		<xsl:apply-templates select="items/*" mode="ui-option"><xsl:with-param name="chosen" select="string(@value)"/></xsl:apply-templates>
	</select>
</xsl:template>
<xsl:template match="item" mode="ui-option">
	<xsl:param name="chosen"/>
	<option>
		<xsl:copy-of select="@value"/>
		<xsl:if test="@selected = 'true' or (not(@selected) and $chosen and ((@value and @value = $chosen) or (not(@value) and @text = $chosen)))">
			<xsl:attribute name="selected">selected</xsl:attribute>
		</xsl:if>
		<xsl:call-template name="ui-flag"><xsl:with-param name="name" select="'disabled'"/></xsl:call-template>
		<xsl:apply-templates select="." mode="ui-attributes"/>
		<xsl:apply-templates select="." mode="ui-words"/>
	</option>
</xsl:template>
<xsl:template match="item[@null]" mode="ui-option"/>
<xsl:template match="xsl:*" mode="ui-option">
	<xsl:copy><xsl:copy-of select="@*"/><xsl:apply-templates mode="ui-option"/></xsl:copy>
</xsl:template>
<xsl:template match="ui:file-upload" mode="ui-control">
	<xsl:param name="id"/>
	<xsl:variable name="control">
		<input id="{$id}" name="{@name}" type="file">
			<xsl:attribute name="class">
				<xsl:value-of select="normalize-space(concat('govuk-file-upload ', @classes))"/>
				<xsl:call-template name="ui-in-error"><xsl:with-param name="class" select="'govuk-file-upload--error'"/></xsl:call-template>
			</xsl:attribute>
			<xsl:call-template name="ui-flag"><xsl:with-param name="name" select="'disabled'"/></xsl:call-template>
			<xsl:call-template name="ui-flag"><xsl:with-param name="name" select="'multiple'"/></xsl:call-template>
			<xsl:call-template name="ui-described"><xsl:with-param name="id" select="$id"/></xsl:call-template>
			<xsl:apply-templates select="." mode="ui-attributes"/>
		</input>
	</xsl:variable>
	<xsl:choose>
		<xsl:when test="@javascript = 'true'">
			<div class="{normalize-space(concat('govuk-file-upload-wrapper ', @wrapperClasses))}" data-module="govuk-file-upload">
				<xsl:copy-of select="wrapperAttributes/@*"/>
				<xsl:copy-of select="$control"/>
			</div>
		</xsl:when>
		<xsl:otherwise><xsl:copy-of select="$control"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

</xsl:stylesheet>
