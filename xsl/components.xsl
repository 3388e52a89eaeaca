<?xml version="1.0" encoding="UTF-8"?>
<!-- The components of govuk-frontend 6.6.0 as ui: elements (urn:dossier:ui), expanded by templates in mode="ui".

     HOW TO USE
     Include this file, build what is to be shown in a variable (ui: elements and HTML in no namespace, freely mixed) and write
         <xsl:apply-templates select="exsl:node-set($main)/node()" mode="ui"/>
     A stylesheet with nothing dynamic in it may apply templates straight to its source. HTML goes through untouched.

     LANGUAGE: the package's own macro options, name for name. Text, numbers and true/false are attributes; objects are child
     elements in no namespace; lists are an element holding item elements. Text of an object is its attribute text, or a child
     html holding nodes (which may hold ui: elements again). An attribute that is empty counts as absent.
     Everywhere: classes="…"; child attributes with attributes copied to the element; formGroup[@classes] on controls.

     ui:input            @name @id? @value @type @inputmode @autocomplete @spellcheck @autocapitalize @pattern @disabled @describedBy;
                         label[@text @classes @isPageHeading] hint[@text] errorMessage[@text] prefix[@text] suffix[@text] inputWrapper
     ui:password-input   @name @id? @value @autocomplete; label hint errorMessage button (attributes as ui:input; script shows it)
     ui:textarea         @name @id? @rows @autocomplete @spellcheck @disabled @describedBy; value in @value or in child value; label hint errorMessage
     ui:character-count  as ui:textarea, with @maxlength, @threshold, @countType="words"? (@maxwords is deprecated); countMessage[@classes]
     ui:date-input       @id @namePrefix; fieldset/legend hint errorMessage; items/item[@name @label @value @classes @autocomplete @id @pattern @inputmode]
                         or day month year [@value @error @label @classes @name @id]; values[@day @month @year]
     ui:radios           @name @idPrefix? @value; fieldset/legend[@text @classes @isPageHeading] hint errorMessage;
                         items/item[@value @text @checked @disabled @id] with hint, label[@classes], conditional/html; item[@divider].
                         classes: govuk-radios(dash)(dash)inline, …small. @reveal="css": a conditional part is shown by style sheet alone
     ui:checkboxes       as ui:radios; values/item[@text]; item[@behaviour="exclusive" @name]
     ui:select           @name @id? @value; label hint errorMessage; items/item[@value @text @selected @disabled]
     ui:file-upload      @name @id? @multiple @javascript @disabled @wrapperClasses; label hint errorMessage wrapperAttributes
     ui:fieldset         @role @describedBy; legend; html (what stands in it)
     ui:button           @text @name @value @type @href @disabled @preventDoubleClick @isStartButton @id
     ui:label            @for; ui:hint @id; ui:error-message @id @visuallyHiddenText (each with text or html)
     ui:error-summary    @titleText @descriptionText @disableAutoFocus; titleHtml descriptionHtml errorList/item[@text @href]
     ui:task-list        @idPrefix; items/item[@href] with title[@text] hint[@text] status[@text] or status/tag[@text @classes]
     ui:tag              @text
     ui:summary-list     rows/item with key[@text] value[@text] actions/items/item[@href @text @visuallyHiddenText];
                         card[@classes] with title[@text @headingLevel] actions/items/item
     ui:table            @caption @captionClasses @firstCellIsHeader; head/item[@text @format @colspan @rowspan] rows/item/item[@text @format …]
     ui:tabs             @id @idPrefix @title; items/item[@label @id]/panel
     ui:pagination       @landmarkLabel; previous[@href @text @labelText] next[…] items/item[@number @href @current @ellipsis]
     ui:notification-banner @type="success" @titleText @titleId @role @text @titleHeadingLevel @disableAutoFocus; titleHtml html
     ui:breadcrumbs      @collapseOnMobile @labelText; items/item[@href @text]
     ui:back-link        @href @text · ui:skip-link @href @text · ui:inset-text @id @text · ui:warning-text @text @iconFallbackText
     ui:details          @summaryText @open @id @text; summaryHtml html
     ui:panel            @titleText @headingLevel @text; titleHtml html actions/items(…as the package)
     ui:phase-banner     tag[@text @classes]; text or html

     FOR THE FORM COMPILERS (the result is itself a stylesheet): values of attributes may hold {expressions}; html, value, items and
     attributes may hold xsl: elements; errorMessage/@when is a condition at run time and @described the expression of the message's id. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:x="urn:dossier:xslt"
  xmlns:ui="urn:dossier:ui" exclude-result-prefixes="ui x">
<xsl:namespace-alias stylesheet-prefix="x" result-prefix="xsl"/>
<xsl:include href="components-fields.xsl"/>
<xsl:include href="components-groups.xsl"/>
<xsl:include href="components-page.xsl"/>
<xsl:include href="components-lists.xsl"/>

<!-- HTML is made anew rather than copied, so that no namespace declaration comes along; everything else (svg, xsl) is copied. -->
<xsl:template match="*" mode="ui">
	<xsl:copy><xsl:copy-of select="@*"/><xsl:apply-templates mode="ui"/></xsl:copy>
</xsl:template>
<xsl:template match="*[namespace-uri()='']" mode="ui">
	<xsl:element name="{local-name()}"><xsl:copy-of select="@*"/><xsl:apply-templates mode="ui"/></xsl:element>
</xsl:template>
<xsl:template match="comment()|processing-instruction()" mode="ui"/>

<!-- The words of an options element. -->
<xsl:template match="*" mode="ui-words">
	<xsl:choose>
		<xsl:when test="html"><xsl:apply-templates select="html/node()" mode="ui"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="@text"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<!-- attributes/@* as attributes; nodes in it (a compiler's conditions round xsl:attribute) go where attributes go. -->
<xsl:template match="*" mode="ui-attributes">
	<xsl:for-each select="attributes">
		<xsl:copy-of select="@*"/>
		<xsl:apply-templates mode="ui"/>
	</xsl:for-each>
</xsl:template>

<!-- Those options of the current element that are attributes by the same name, from a list like '|value|pattern|'. -->
<xsl:template name="ui-options">
	<xsl:param name="names"/>
	<xsl:for-each select="@*[string()][contains($names, concat('|', local-name(), '|'))]">
		<xsl:attribute name="{local-name()}"><xsl:value-of select="."/></xsl:attribute>
	</xsl:for-each>
</xsl:template>
<xsl:template name="ui-flag">
	<xsl:param name="name"/>
	<xsl:if test="@*[local-name() = $name] = 'true'">
		<xsl:attribute name="{$name}"><xsl:value-of select="$name"/></xsl:attribute>
	</xsl:if>
</xsl:template>

<xsl:template match="*" mode="ui-label">
	<xsl:param name="for"/>
	<xsl:param name="class"/>
	<xsl:if test="html or string(@text)">
		<xsl:variable name="label">
			<label class="{normalize-space(concat('govuk-label ', $class, ' ', @classes))}">
				<xsl:if test="string($for)"><xsl:attribute name="for"><xsl:value-of select="$for"/></xsl:attribute></xsl:if>
				<xsl:apply-templates select="." mode="ui-attributes"/>
				<xsl:apply-templates select="." mode="ui-words"/>
			</label>
		</xsl:variable>
		<xsl:choose>
			<xsl:when test="@isPageHeading = 'true'"><h1 class="govuk-label-wrapper"><xsl:copy-of select="$label"/></h1></xsl:when>
			<xsl:otherwise><xsl:copy-of select="$label"/></xsl:otherwise>
		</xsl:choose>
	</xsl:if>
</xsl:template>

<xsl:template match="*" mode="ui-hint">
	<xsl:param name="id"/>
	<xsl:param name="class"/>
	<div class="{normalize-space(concat('govuk-hint ', $class, ' ', @classes))}">
		<xsl:if test="string($id)"><xsl:attribute name="id"><xsl:value-of select="$id"/></xsl:attribute></xsl:if>
		<xsl:apply-templates select="." mode="ui-attributes"/>
		<xsl:apply-templates select="." mode="ui-words"/>
	</div>
</xsl:template>

<xsl:template match="*" mode="ui-error">
	<xsl:param name="id"/>
	<p class="{normalize-space(concat('govuk-error-message ', @classes))}">
		<xsl:if test="string($id)"><xsl:attribute name="id"><xsl:value-of select="$id"/></xsl:attribute></xsl:if>
		<xsl:apply-templates select="." mode="ui-attributes"/>
		<xsl:choose>
			<xsl:when test="@visuallyHiddenText = '' or @visuallyHiddenText = 'false'"/>
			<xsl:when test="@visuallyHiddenText">
				<span class="govuk-visually-hidden"><xsl:value-of select="@visuallyHiddenText"/>:</span><xsl:text> </xsl:text>
			</xsl:when>
			<xsl:otherwise><span class="govuk-visually-hidden">Error:</span><xsl:text> </xsl:text></xsl:otherwise>
		</xsl:choose>
		<xsl:apply-templates select="." mode="ui-words"/>
	</p>
</xsl:template>
<!-- Only a compiler gives a condition: one body then serves both cases, with and without an error. -->
<xsl:template match="*[@when]" mode="ui-error" priority="1">
	<xsl:param name="id"/>
	<x:if test="{@when}">
		<p id="{$id}" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span><xsl:text> </xsl:text><xsl:apply-templates select="." mode="ui-words"/></p>
	</x:if>
</xsl:template>

<xsl:template match="ui:label" mode="ui">
	<xsl:apply-templates select="." mode="ui-label"><xsl:with-param name="for" select="@for"/></xsl:apply-templates>
</xsl:template>
<xsl:template match="ui:hint" mode="ui">
	<xsl:apply-templates select="." mode="ui-hint"><xsl:with-param name="id" select="@id"/></xsl:apply-templates>
</xsl:template>
<xsl:template match="ui:error-message" mode="ui">
	<xsl:apply-templates select="." mode="ui-error"><xsl:with-param name="id" select="@id"/></xsl:apply-templates>
</xsl:template>

</xsl:stylesheet>
