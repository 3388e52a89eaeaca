<?xml version="1.0" encoding="UTF-8"?>
<!-- What the two form compilers share: text of a definition made safe for a stylesheet, paths, and the passes.

     A compiler works in three passes over result trees: the definition becomes xsl: and ui: elements (x: is an alias for xsl:), components.xsl
     expands the ui: elements, and the last pass puts every text into xsl:text, so that no white space gets lost and no text is anything else.

     RULE: words of a definition go into text nodes. Where they must go into an attribute they pass "avt" (braces doubled, so that they are no
     expression); where they must go into an expression they pass "literal". Names (d:name) are checked. Itemsets are expressions by purpose. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:x="urn:dossier:xslt" xmlns:exsl="http://exslt.org/common"
  xmlns:xf="http://www.w3.org/2002/xforms" xmlns:d="urn:dossier:form" xmlns:n="urn:dossier:note" xmlns:ui="urn:dossier:ui"
  exclude-result-prefixes="exsl xf d ui x">
<xsl:include href="components.xsl"/>

<xsl:template match="/">
	<xsl:variable name="holes"><xsl:apply-templates select="/*" mode="sheet"/></xsl:variable>
	<xsl:variable name="expanded"><xsl:apply-templates select="exsl:node-set($holes)/node()" mode="ui"/></xsl:variable>
	<xsl:apply-templates select="exsl:node-set($expanded)/node()" mode="finish"/>
</xsl:template>
<xsl:template match="*" mode="finish">
	<xsl:copy><xsl:copy-of select="@*"/><xsl:apply-templates mode="finish"/></xsl:copy>
</xsl:template>
<xsl:template match="text()" mode="finish"><x:text><xsl:value-of select="."/></x:text></xsl:template>
<xsl:template match="xsl:text/text()" mode="finish" priority="1"><xsl:value-of select="."/></xsl:template>

<!-- A warning is passed by a reason: where a form is sent, and where answers are checked. -->
<xsl:template name="warning-sheet">
	<x:template match="warning" mode="form">
		<x:variable name="name" select="concat('reason.', position())"/>
		<x:variable name="problem" select="/page/problems/problem[@where = $name]"/>
		<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span><xsl:text> </xsl:text><strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">Warning</span><xsl:text> </xsl:text><x:value-of select="@say"/></strong></div>
		<ui:textarea name="{{$name}}" rows="3">
			<label><html>Why it is right to go on<span class="govuk-visually-hidden">: <x:value-of select="@say"/></span></html></label>
			<hint text="Your reason is kept in the record."/>
			<errorMessage when="$problem" described="concat($name, '-error')"><html><x:value-of select="$problem/@say"/></html></errorMessage>
			<value><x:value-of select="@reason"/></value>
		</ui:textarea>
	</x:template>
</xsl:template>

<!-- An attached file: opened by its name. -->
<xsl:template name="file-sheet">
	<x:template name="file">
		<a class="govuk-link app-break" href="{{@n:href}}"><x:value-of select="@n:words"/></a>
	</x:template>
</xsl:template>

<!-- Braces doubled: XSLT 1.0 §7.6.2. -->
<xsl:template name="avt">
	<xsl:param name="text"/>
	<xsl:variable name="open" select="substring-before(concat($text, '{'), '{')"/>
	<xsl:variable name="close" select="substring-before(concat($text, '}'), '}')"/>
	<xsl:choose>
		<xsl:when test="string-length($open) &lt; string-length($close)">
			<xsl:value-of select="concat($open, '{{')"/>
			<xsl:call-template name="avt"><xsl:with-param name="text" select="substring($text, string-length($open) + 2)"/></xsl:call-template>
		</xsl:when>
		<xsl:when test="string-length($close) &lt; string-length($open)">
			<xsl:value-of select="concat($close, '}}')"/>
			<xsl:call-template name="avt"><xsl:with-param name="text" select="substring($text, string-length($close) + 2)"/></xsl:call-template>
		</xsl:when>
		<xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<!-- A string as an XPath literal; one with both kinds of quotes is put together by concat(). -->
<xsl:template name="literal">
	<xsl:param name="text"/>
	<xsl:variable name="apostrophe">'</xsl:variable>
	<xsl:choose>
		<xsl:when test="not(contains($text, $apostrophe))"><xsl:value-of select="concat($apostrophe, $text, $apostrophe)"/></xsl:when>
		<xsl:when test="not(contains($text, '&quot;'))"><xsl:value-of select="concat('&quot;', $text, '&quot;')"/></xsl:when>
		<xsl:otherwise>
			<xsl:value-of select="concat('concat(', $apostrophe, substring-before($text, $apostrophe), $apostrophe, ',&quot;', $apostrophe, '&quot;,')"/>
			<xsl:call-template name="literal"><xsl:with-param name="text" select="substring-after($text, $apostrophe)"/></xsl:call-template>
			<xsl:text>)</xsl:text>
		</xsl:otherwise>
	</xsl:choose>
</xsl:template>

<!-- "event" of "Event", but "NHS number" stays: only a capital before a small letter is lowered. -->
<xsl:template name="lowered">
	<xsl:param name="text"/>
	<xsl:variable name="first" select="substring($text, 1, 1)"/>
	<xsl:variable name="second" select="substring($text, 2, 1)"/>
	<xsl:variable name="small" select="'abcdefghijklmnopqrstuvwxyz'"/>
	<xsl:choose>
		<xsl:when test="$second and contains(concat($small, ' '), $second)"><xsl:value-of select="concat(translate($first, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', $small), substring($text, 2))"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<!-- The child steps from where the current row (or the root) stands to a control's or repeat's element: "head/author". -->
<xsl:template match="*" mode="path">
	<xsl:variable name="row" select="ancestor::xf:repeat[1]/@d:name"/>
	<xsl:choose>
		<xsl:when test="$row"><xsl:value-of select="translate(substring-after(@d:name, concat($row, '.')), '.', '/')"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="translate(@d:name, '.', '/')"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>
<!-- The steps above those, "." when there are none: the element that holds a repeat's rows. -->
<xsl:template name="parent-path">
	<xsl:param name="path"/>
	<xsl:choose>
		<xsl:when test="not(contains($path, '/'))">.</xsl:when>
		<xsl:when test="not(contains(substring-after($path, '/'), '/'))"><xsl:value-of select="substring-before($path, '/')"/></xsl:when>
		<xsl:otherwise>
			<xsl:value-of select="concat(substring-before($path, '/'), '/')"/>
			<xsl:call-template name="parent-path"><xsl:with-param name="path" select="substring-after($path, '/')"/></xsl:call-template>
		</xsl:otherwise>
	</xsl:choose>
</xsl:template>

<!-- instance('register')/entry[…] → /page/instances/register/entry[…] -->
<xsl:template name="instances">
	<xsl:param name="path"/>
	<xsl:variable name="call">instance('</xsl:variable>
	<xsl:choose>
		<xsl:when test="contains($path, $call)">
			<xsl:variable name="rest" select="substring-after($path, $call)"/>
			<xsl:variable name="end">')</xsl:variable>
			<xsl:value-of select="concat(substring-before($path, $call), '/page/instances/', substring-before($rest, $end))"/>
			<xsl:call-template name="instances"><xsl:with-param name="path" select="substring-after($rest, $end)"/></xsl:call-template>
		</xsl:when>
		<xsl:otherwise><xsl:value-of select="$path"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<!-- A control or repeat that may be compiled: form_read gave it a name of plain steps. -->
<xsl:variable name="name-letters" select="'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.'"/>
<xsl:template match="*" mode="is-named"><xsl:value-of select="string(@d:name) and translate(@d:name, $name-letters, '') = ''"/></xsl:template>

<!-- The type without its prefix: "when" of "d:when". -->
<xsl:template match="*" mode="type">
	<xsl:choose>
		<xsl:when test="starts-with(@d:type, 'd:')"><xsl:value-of select="substring(@d:type, 3)"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="@d:type"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>
<xsl:template match="*" mode="label"><xsl:value-of select="normalize-space(xf:label)"/></xsl:template>

</xsl:stylesheet>
