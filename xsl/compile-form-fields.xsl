<?xml version="1.0" encoding="UTF-8"?>
<!-- One control of a definition → one control of the page, by its type. Included by compile-form.xsl.
     Inside what is made here the context is the field's element. Error and no error share one body: an errorMessage with @when. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:x="urn:dossier:xslt"
  xmlns:xf="http://www.w3.org/2002/xforms" xmlns:d="urn:dossier:form" xmlns:n="urn:dossier:note" xmlns:ui="urn:dossier:ui"
  exclude-result-prefixes="xf d ui x">

<xsl:template match="xf:input|xf:textarea|xf:select|xf:select1|xf:upload" mode="body">
	<xsl:if test="string(@d:name) and translate(@d:name, $name-letters, '') = ''">
		<xsl:variable name="path"><xsl:apply-templates select="." mode="path"/></xsl:variable>
		<xsl:variable name="type"><xsl:apply-templates select="." mode="type"/></xsl:variable>
		<x:for-each select="{$path}[not(@n:relevant = 'no')]{substring('[$all]', 1, 6 * not(ancestor::xf:repeat))}">
			<x:choose>
				<x:when test="@n:withheld = 'yes' or @n:readonly = 'yes'"><x:call-template name="kept"><x:with-param name="label"><xsl:apply-templates select="." mode="label"/></x:with-param></x:call-template></x:when>
				<x:otherwise>
					<xsl:apply-templates select="." mode="control"><xsl:with-param name="type" select="string($type)"/></xsl:apply-templates>
					<xsl:if test="@d:override = 'yes'">
						<x:choose>
							<x:when test="@n:corrected = 'yes'"><p class="govuk-hint app-calculated">This was corrected by hand. Worked out from the other answers it is: <x:value-of select="@n:calculated"/><x:if test="not(string(@n:calculated))">nothing</x:if>. Empty the box to have it worked out again.</p></x:when>
							<x:otherwise><p class="govuk-hint app-calculated">Worked out from the other answers. Change it only if it is wrong.</p></x:otherwise>
						</x:choose>
					</xsl:if>
					<xsl:if test="string(@d:unknown) and not(xf:item/xf:value = @d:unknown)"><xsl:apply-templates select="." mode="unknown"/></xsl:if>
				</x:otherwise>
			</x:choose>
		</x:for-each>
	</xsl:if>
</xsl:template>

<!-- The name of a given row stands in its heading and, hidden, beside it (compile-form.xsl). -->
<xsl:template match="xf:select1[@d:given = 'yes']" mode="body" priority="1"/>

<!-- Parts that every control has. -->
<xsl:template match="*" mode="words">
	<html>
		<xsl:apply-templates select="." mode="label"/>
		<xsl:choose>
			<xsl:when test="@d:required = 'no'"><span class="app-required"> (optional)</span></xsl:when>
			<xsl:when test="@d:required = 'maybe'"><x:if test="not(@n:required = 'yes')"><span class="app-required"> (needed for some answers)</span></x:if></xsl:when>
		</xsl:choose>
	</html>
</xsl:template>
<xsl:template match="*" mode="head">
	<label><xsl:if test="not(ancestor::xf:repeat)"><xsl:attribute name="classes">govuk-label--s</xsl:attribute></xsl:if><xsl:apply-templates select="." mode="words"/></label>
	<xsl:apply-templates select="." mode="hint-and-error"/>
</xsl:template>
<xsl:template match="*" mode="group-head">
	<fieldset><legend><xsl:if test="not(ancestor::xf:repeat)"><xsl:attribute name="classes">govuk-fieldset__legend--s</xsl:attribute></xsl:if><xsl:apply-templates select="." mode="words"/></legend></fieldset>
	<xsl:apply-templates select="." mode="hint-and-error"/>
</xsl:template>
<xsl:template match="*" mode="hint-and-error">
	<xsl:if test="normalize-space(xf:hint)"><hint><html><xsl:value-of select="normalize-space(xf:hint)"/></html></hint></xsl:if>
	<errorMessage when="@n:message" described="concat(@n:name,'-error')"><html><x:value-of select="@n:message"/></html></errorMessage>
</xsl:template>
<!-- The value as an attribute; the code of "not known" is no text to show. -->
<xsl:template match="*" mode="value">
	<xsl:choose>
		<xsl:when test="string(@d:unknown)">
			<xsl:variable name="code"><xsl:call-template name="literal"><xsl:with-param name="text" select="@d:unknown"/></xsl:call-template></xsl:variable>
			<attributes><x:if test=". != {$code}"><x:attribute name="value"><x:value-of select="."/></x:attribute></x:if></attributes>
		</xsl:when>
		<xsl:otherwise><xsl:attribute name="value">{.}</xsl:attribute></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<!-- input: text, numbers -->
<xsl:template match="xf:input" mode="control">
	<xsl:param name="type"/>
	<ui:input name="{{@n:name}}">
		<xsl:attribute name="classes">
			<xsl:choose>
				<xsl:when test="$type = 'int' or $type = 'time'">govuk-input--width-5</xsl:when>
				<xsl:when test="$type = 'nhs-number'">govuk-input--width-10</xsl:when>
				<xsl:when test="@d:length &lt;= 5">govuk-input--width-5</xsl:when>
				<xsl:when test="@d:length &lt;= 10">govuk-input--width-10</xsl:when>
				<xsl:when test="@d:length &lt;= 20">govuk-input--width-20</xsl:when>
			</xsl:choose>
		</xsl:attribute>
		<xsl:if test="$type = 'int' or $type = 'nhs-number'">
			<xsl:attribute name="inputmode">numeric</xsl:attribute>
			<xsl:attribute name="spellcheck">false</xsl:attribute>
		</xsl:if>
		<xsl:apply-templates select="." mode="value"/>
		<xsl:apply-templates select="." mode="head"/>
	</ui:input>
</xsl:template>

<!-- dates: three boxes; the first carries the field's own id, for the error summary; n:day, n:month and n:year are as typed -->
<xsl:template match="xf:input[@d:type = 'date' or @d:type = 'd:when']" mode="control">
	<xsl:variable name="when" select="@d:type = 'd:when'"/>
	<ui:date-input id="{{@n:name}}">
		<xsl:apply-templates select="." mode="group-head"/>
		<items>
			<item name="{{@n:name}}.day" id="{{@n:name}}" label="Day" value="{{@n:day}}"/>
			<item name="{{@n:name}}.month" id="{{@n:name}}.month" label="Month" value="{{@n:month}}"/>
			<item name="{{@n:name}}.year" id="{{@n:name}}.year" label="Year" value="{{@n:year}}" classes="govuk-input--width-4"/>
		</items>
	</ui:date-input>
	<xsl:if test="$when">
		<ui:select name="{{@n:name}}.precision">
			<label><html>How exact is this date?<span class="govuk-visually-hidden"> (<xsl:apply-templates select="." mode="label"/>)</span></html></label>
			<items><item value="" text="Choose"/><xsl:apply-templates select="xf:item" mode="option"><xsl:with-param name="value" select="'precision'"/></xsl:apply-templates></items>
		</ui:select>
	</xsl:if>
</xsl:template>

<!-- text areas -->
<xsl:template match="xf:textarea" mode="control">
	<xsl:param name="type"/>
	<xsl:variable name="prose" select="$type = 'prose'"/>
	<xsl:variable name="counted" select="@d:words or @d:length &lt;= 2000"/>
	<xsl:element name="ui:{substring('textareacharacter-count', 1 + 8 * $counted, 8 + 7 * $counted)}" namespace="urn:dossier:ui">
		<xsl:attribute name="name">{@n:name}</xsl:attribute>
		<xsl:attribute name="rows">
			<xsl:choose>
				<xsl:when test="$prose">10</xsl:when>
				<xsl:when test="$type = 'string'">2</xsl:when>
				<xsl:otherwise>5</xsl:otherwise>
			</xsl:choose>
		</xsl:attribute>
		<xsl:if test="$counted">
			<xsl:attribute name="maxlength"><xsl:value-of select="number(concat(@d:words, substring(@d:length, 1, 99 * not(@d:words))))"/></xsl:attribute>
			<xsl:if test="@d:words"><xsl:attribute name="countType">words</xsl:attribute></xsl:if>
			<xsl:attribute name="threshold">75</xsl:attribute>
		</xsl:if>
		<xsl:apply-templates select="." mode="head"/>
		<xsl:variable name="from" select="substring('@n:plain.', 1 + 8 * not($prose), 8)"/>
		<xsl:variable name="code"><xsl:call-template name="literal"><xsl:with-param name="text" select="@d:unknown"/></xsl:call-template></xsl:variable>
		<value>
			<!-- the line break that an HTML parser would drop -->
			<x:if test="starts-with({$from}, '&#10;')"><x:text><xsl:text>&#10;</xsl:text></x:text></x:if>
			<xsl:choose>
				<xsl:when test="string(@d:unknown)"><x:if test=". != {$code}"><x:value-of select="{$from}"/></x:if></xsl:when>
				<xsl:otherwise><x:value-of select="{$from}"/></xsl:otherwise>
			</xsl:choose>
		</value>
	</xsl:element>
</xsl:template>

<!-- a file: what is attached, with a box to take it away; another takes its place -->
<xsl:template match="xf:upload" mode="control">
	<x:if test="string(@n:href)">
		<p class="govuk-body govuk-!-margin-bottom-1"><xsl:apply-templates select="." mode="label"/>: <x:call-template name="file"/>. A file that you choose below takes its place.</p>
		<ui:checkboxes name="{{@n:name}}.remove" classes="govuk-checkboxes--small"><items><item value="yes"><html>Take this file away<span class="govuk-visually-hidden"> (<xsl:apply-templates select="." mode="label"/>)</span></html></item></items></ui:checkboxes>
	</x:if>
	<ui:file-upload name="{{@n:name}}"><xsl:apply-templates select="." mode="head"/></ui:file-upload>
</xsl:template>

<!-- one of several: radios up to seven, else a list to open -->
<xsl:template match="xf:select1" mode="control">
	<xsl:param name="type"/>
	<ui:radios name="{{@n:name}}">
		<xsl:if test="$type = 'yes-no'"><xsl:attribute name="classes">govuk-radios--inline</xsl:attribute></xsl:if>
		<xsl:apply-templates select="." mode="group-head"/>
		<items>
			<xsl:if test="$type = 'yes-no' and not(xf:item)">
				<item value="yes" text="Yes"><attributes><x:if test=". = 'yes'"><x:attribute name="checked">checked</x:attribute></x:if></attributes></item>
				<item value="no" text="No"><attributes><x:if test=". = 'no'"><x:attribute name="checked">checked</x:attribute></x:if></attributes></item>
			</xsl:if>
			<xsl:apply-templates select="xf:item" mode="choice"/>
		</items>
	</ui:radios>
</xsl:template>
<xsl:template match="xf:select1[count(xf:item) &gt; 7]" mode="control">
	<ui:select name="{{@n:name}}">
		<xsl:apply-templates select="." mode="head"/>
		<items><item value="" text="Choose"/><xsl:apply-templates select="xf:item" mode="option"/></items>
	</ui:select>
</xsl:template>
<!-- From rows of an instance. A value that is no longer among them stays chosen, or saving would lose it without a word. -->
<xsl:template match="xf:select1[xf:itemset]" mode="control" priority="2">
	<xsl:variable name="rows"><xsl:call-template name="instances"><xsl:with-param name="path" select="xf:itemset/@nodeset"/></xsl:call-template></xsl:variable>
	<xsl:variable name="value" select="xf:itemset/xf:value/@ref"/>
	<x:variable name="value" select="string(.)"/>
	<ui:select name="{{@n:name}}">
		<xsl:apply-templates select="." mode="head"/>
		<items>
			<item value="" text="Choose"/>
			<x:for-each select="{$rows}">
				<item>
					<attributes>
						<x:attribute name="value"><x:value-of select="{$value}"/></x:attribute>
						<x:if test="{$value} = $value"><x:attribute name="selected">selected</x:attribute></x:if>
					</attributes>
					<html><x:value-of select="{xf:itemset/xf:label/@ref}"/></html>
				</item>
			</x:for-each>
			<xsl:variable name="code"><xsl:call-template name="literal"><xsl:with-param name="text" select="@d:unknown"/></xsl:call-template></xsl:variable>
			<x:if test="$value != '' and $value != {$code} and not({$rows}[{$value} = $value])">
				<item value="{{$value}}"><attributes selected="selected"/><html><x:value-of select="$value"/> (no longer in the list)</html></item>
			</x:if>
		</items>
	</ui:select>
</xsl:template>

<!-- several of many -->
<xsl:template match="xf:select" mode="control">
	<x:variable name="codes" select="concat(' ', normalize-space(.), ' ')"/>
	<ui:checkboxes name="{{@n:name}}">
		<xsl:apply-templates select="." mode="group-head"/>
		<items><xsl:apply-templates select="xf:item" mode="choice"/></items>
	</ui:checkboxes>
</xsl:template>
<xsl:template match="xf:select[xf:itemset]" mode="control">
	<xsl:variable name="rows"><xsl:call-template name="instances"><xsl:with-param name="path" select="xf:itemset/@nodeset"/></xsl:call-template></xsl:variable>
	<xsl:variable name="value" select="xf:itemset/xf:value/@ref"/>
	<x:variable name="codes" select="concat(' ', normalize-space(.), ' ')"/>
	<x:variable name="name" select="@n:name"/>
	<ui:checkboxes name="{{$name}}">
		<formGroup>
			<afterInputs><html><x:if test="not({$rows})"><p class="govuk-hint" id="{{$name}}">There is nothing to choose from yet.</p></x:if></html></afterInputs>
		</formGroup>
		<xsl:apply-templates select="." mode="group-head"/>
		<items>
			<x:for-each select="{$rows}">
				<item name="{{$name}}" id="{{$name}}{{substring(concat('.',position()),1,9*(position()&gt;1))}}" value="{{{$value}}}">
					<attributes><x:if test="contains($codes, concat(' ', {$value}, ' '))"><x:attribute name="checked">checked</x:attribute></x:if></attributes>
					<html><x:value-of select="{xf:itemset/xf:label/@ref}"/></html>
				</item>
			</x:for-each>
		</items>
	</ui:checkboxes>
</xsl:template>

<!-- a fixed item, as a radio or box and as an option -->
<xsl:template match="xf:item" mode="choice">
	<xsl:variable name="code"><xsl:call-template name="literal"><xsl:with-param name="text" select="normalize-space(xf:value)"/></xsl:call-template></xsl:variable>
	<xsl:variable name="spaced"><xsl:call-template name="literal"><xsl:with-param name="text" select="concat(' ', normalize-space(xf:value), ' ')"/></xsl:call-template></xsl:variable>
	<xsl:if test="@d:exclusive = 'yes' and preceding-sibling::xf:item and not(following-sibling::xf:item) and parent::xf:select"><item divider="or"/></xsl:if>
	<item>
		<xsl:attribute name="value"><xsl:call-template name="avt"><xsl:with-param name="text" select="normalize-space(xf:value)"/></xsl:call-template></xsl:attribute>
		<!-- with a dot, which no name of an element has: kind-2 may be a field beside kind -->
		<xsl:if test="preceding-sibling::xf:item"><xsl:attribute name="id">{@n:name}.<xsl:value-of select="count(preceding-sibling::xf:item) + 1"/></xsl:attribute></xsl:if>
		<xsl:if test="@d:exclusive = 'yes'"><xsl:attribute name="behaviour">exclusive</xsl:attribute></xsl:if>
		<attributes>
			<x:if test=". = {$code}">
				<xsl:if test="parent::xf:select"><xsl:attribute name="test">contains($codes, <xsl:value-of select="$spaced"/>)</xsl:attribute></xsl:if>
				<x:attribute name="checked">checked</x:attribute>
			</x:if>
		</attributes>
		<html><xsl:apply-templates select="." mode="label"/></html>
		<xsl:if test="normalize-space(xf:hint)"><hint><html><xsl:value-of select="normalize-space(xf:hint)"/></html></hint></xsl:if>
	</item>
</xsl:template>
<xsl:template match="xf:item" mode="option">
	<xsl:param name="value" select="'.'"/>
	<xsl:variable name="code"><xsl:call-template name="literal"><xsl:with-param name="text" select="normalize-space(xf:value)"/></xsl:call-template></xsl:variable>
	<item>
		<xsl:attribute name="value"><xsl:call-template name="avt"><xsl:with-param name="text" select="normalize-space(xf:value)"/></xsl:call-template></xsl:attribute>
		<attributes><x:if test="{$value} = {$code}"><x:attribute name="selected">selected</x:attribute></x:if></attributes>
		<html><xsl:apply-templates select="." mode="label"/></html>
	</item>
</xsl:template>

<!-- A choice of many that is not asked at the moment: without its value in the post its boxes would count as unticked. -->
<xsl:template match="*" mode="unasked">
	<xsl:variable name="row" select="generate-id(ancestor-or-self::xf:repeat[1])"/>
	<xsl:for-each select=".//xf:select[string(@d:name)][translate(@d:name, $name-letters, '') = ''][generate-id(ancestor::xf:repeat[1]) = $row]">
		<xsl:variable name="path"><xsl:apply-templates select="." mode="path"/></xsl:variable>
		<x:for-each select="{$path}[@n:relevant = 'no'][string()]"><input type="hidden" name="{{@n:name}}" value="{{.}}"/></x:for-each>
	</xsl:for-each>
</xsl:template>

<!-- the box "Not known" beside a field -->
<xsl:template match="*" mode="unknown">
	<xsl:variable name="code"><xsl:call-template name="literal"><xsl:with-param name="text" select="@d:unknown"/></xsl:call-template></xsl:variable>
	<div class="govuk-form-group app-unknown">
		<div class="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes">
			<div class="govuk-checkboxes__item">
				<input class="govuk-checkboxes__input" id="{{@n:name}}.unknown" name="{{@n:name}}.unknown" type="checkbox">
					<xsl:attribute name="value"><xsl:call-template name="avt"><xsl:with-param name="text" select="@d:unknown"/></xsl:call-template></xsl:attribute>
					<x:if test=". = {$code}"><x:attribute name="checked">checked</x:attribute></x:if>
				</input>
				<label class="govuk-label govuk-checkboxes__label" for="{{@n:name}}.unknown">Not known<span class="govuk-visually-hidden">: <xsl:apply-templates select="." mode="label"/></span></label>
			</div>
		</div>
	</div>
</xsl:template>
</xsl:stylesheet>
