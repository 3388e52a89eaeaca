<?xml version="1.0" encoding="UTF-8"?>
<!-- A form definition (as form_read leaves it: docs/forms.md, lists expanded, d:name d:type d:required on controls) → the stylesheet of that form.
     What it renders: /page[@is='section'] of README.md, the annotated instance of form/bind.h. It includes page.xsl and nothing else.

     In the compiled form the context is always the field's own element; its name, message and words are attributes in n:. $all is true unless
     form/@row asks for one row. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:x="urn:dossier:xslt"
  xmlns:h="http://www.w3.org/1999/xhtml" xmlns:xf="http://www.w3.org/2002/xforms" xmlns:d="urn:dossier:form" xmlns:n="urn:dossier:note" xmlns:ui="urn:dossier:ui"
  exclude-result-prefixes="h xf d ui x">
<xsl:include href="compile-common.xsl"/>
<xsl:include href="compile-form-fields.xsl"/>
<xsl:output method="xml" encoding="UTF-8"/>

<xsl:template match="/*" mode="sheet">
	<xsl:variable name="sections" select="h:body/xf:group"/>
	<x:stylesheet version="1.0" exclude-result-prefixes="n">
		<x:include href="page.xsl"/>
		<x:output method="xml" omit-xml-declaration="yes" encoding="UTF-8"/>
		<x:variable name="row" select="string(/page/form/@row)"/>
		<x:variable name="all" select="$row = ''"/>
		<x:template match="/"><x:call-template name="page-frame"/></x:template>
		<x:template match="/page" mode="main">
			<div class="govuk-grid-row">
				<div class="govuk-grid-column-two-thirds">
					<x:apply-templates select="form" mode="form"/>
				</div>
			</div>
		</x:template>
		<xsl:call-template name="form-sheet"><xsl:with-param name="sections" select="$sections"/></xsl:call-template>
		<xsl:for-each select="$sections">
			<x:template name="section-{position()}"><xsl:apply-templates select="." mode="section"/></x:template>
		</xsl:for-each>
		<xsl:call-template name="warning-sheet"/>
		<xsl:call-template name="kept-sheet"/>
	</x:stylesheet>
</xsl:template>

<!-- Heading, facts, the form itself with its buttons. -->
<xsl:template name="form-sheet">
	<xsl:param name="sections"/>
	<x:template match="form" mode="form">
		<x:choose>
			<x:when test="@section = '*'"><h1 class="govuk-heading-l"><x:value-of select="@title"/></h1></x:when>
			<x:otherwise>
				<span class="govuk-caption-l"><x:value-of select="@title"/></span>
				<h1 class="govuk-heading-l">
					<x:choose>
						<xsl:for-each select="$sections">
							<xsl:variable name="id"><xsl:call-template name="literal"><xsl:with-param name="text" select="@id"/></xsl:call-template></xsl:variable>
							<x:when test="@section = {$id}"><xsl:apply-templates select="." mode="label"/></x:when>
						</xsl:for-each>
						<x:otherwise><x:value-of select="@title"/></x:otherwise>
					</x:choose>
				</h1>
			</x:otherwise>
		</x:choose>
		<x:if test="@blank = 'yes'"><div class="govuk-inset-text">This is the blank form, to look at. Nothing that you enter here is kept.</div></x:if>
		<x:if test="string(@note)"><div class="govuk-inset-text"><x:value-of select="@note"/></div></x:if>
		<x:if test="../lines/line">
			<dl class="govuk-summary-list">
				<x:for-each select="../lines/line">
					<div class="govuk-summary-list__row">
						<dt class="govuk-summary-list__key"><x:value-of select="@term"/></dt>
						<dd class="govuk-summary-list__value"><x:value-of select="@text"/></dd>
					</div>
				</x:for-each>
			</dl>
		</x:if>
		<form method="post" novalidate="novalidate"><xsl:if test="$sections//xf:upload"><xsl:attribute name="enctype">multipart/form-data</xsl:attribute></xsl:if>
			<x:if test="string(@action)"><x:attribute name="action"><x:value-of select="@action"/></x:attribute></x:if>
			<x:if test="@section != '*'"><x:attribute name="data-autosave">yes</x:attribute></x:if>
			<input type="hidden" name="csrf" value="{{/page/viewer/@csrf}}"/>
			<input type="hidden" name="rev" value="{{@rev}}"/>
			<input type="hidden" name="once" value="{{@once}}"/>
			<!-- Enter in a text field presses the first button of a form: that must save, not remove a row. -->
			<x:if test="not(@blank = 'yes')"><button type="submit" name="do" class="govuk-visually-hidden" tabindex="-1" aria-hidden="true">
				<x:attribute name="value"><x:choose><x:when test="@section = '*'">act</x:when><x:otherwise>save</x:otherwise></x:choose></x:attribute>
				<xsl:text>Save</xsl:text>
			</button></x:if>
			<x:choose>
				<xsl:for-each select="$sections">
					<xsl:variable name="id"><xsl:call-template name="literal"><xsl:with-param name="text" select="@id"/></xsl:call-template></xsl:variable>
					<x:when test="@section = {$id}"><x:for-each select="*"><x:call-template name="section-{position()}"/></x:for-each></x:when>
				</xsl:for-each>
				<x:when test="@section = '*'">
					<xsl:for-each select="$sections">
						<xsl:choose>
							<!-- The heading of the page says it already. -->
							<xsl:when test="count($sections) = 1"><x:for-each select="*"><x:call-template name="section-{position()}"/></x:for-each></xsl:when>
							<xsl:otherwise>
								<fieldset class="govuk-fieldset app-row">
									<legend class="govuk-fieldset__legend govuk-fieldset__legend--m"><xsl:apply-templates select="." mode="label"/></legend>
									<x:for-each select="*"><x:call-template name="section-{position()}"/></x:for-each>
								</fieldset>
							</xsl:otherwise>
						</xsl:choose>
					</xsl:for-each>
				</x:when>
			</x:choose>
			<x:apply-templates select="../warnings/warning" mode="form"/>
			<x:if test="string(@signs)"><p class="govuk-body">You sign <a class="govuk-link" href="{{@signs-href}}"><x:value-of select="@signs"/></a>, word for word as it stands. Read it first.</p></x:if>
			<x:if test="string(@tests)"><p class="govuk-body">This is about <a class="govuk-link" href="{{@tests-href}}">the page as the public will see it</a>, word for word. Read it first; when it is made again, this is recorded again.</p></x:if>
			<x:if test="string(@consequence)"><p class="govuk-body"><x:value-of select="@consequence"/></p></x:if>
			<div class="govuk-button-group app-form__buttons">
				<x:choose>
					<x:when test="@blank = 'yes'"><a class="govuk-link" href="{{@back}}">Go back to the list of forms</a></x:when>
					<x:when test="@section = '*'">
						<button type="submit" class="govuk-button" data-module="govuk-button" data-prevent-double-click="true" name="do" value="act"><x:value-of select="@button"/></button>
						<x:if test="string(@back)"><a class="govuk-link" href="{{@back}}">Cancel</a></x:if>
					</x:when>
					<x:otherwise>
						<button type="submit" class="govuk-button" data-module="govuk-button" data-prevent-double-click="true" name="do" value="save">Save and continue</button>
						<button type="submit" class="govuk-button govuk-button--secondary" data-module="govuk-button" data-prevent-double-click="true" name="do" value="later">Save and return to the list of sections</button>
					</x:otherwise>
				</x:choose>
			</div>
		</form>
	</x:template>
</xsl:template>

<!-- What a viewer may read but not change, or not even read. -->
<xsl:template name="kept-sheet">
	<x:template name="kept">
		<x:param name="label"/>
		<div class="govuk-form-group app-kept" id="{{@n:name}}" tabindex="-1">
			<p class="govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-1"><x:value-of select="$label"/></p>
			<x:choose>
				<x:when test="@n:withheld = 'yes'"><p class="govuk-body">You cannot see this answer. It is kept as it is.</p></x:when>
				<x:when test="string(@n:href)"><p class="govuk-body"><x:call-template name="file"/></p></x:when>
				<x:when test="string(@n:words)"><p class="govuk-body app-text"><x:value-of select="@n:words"/></p></x:when>
				<x:when test="string(@n:plain)"><p class="govuk-body app-text"><x:value-of select="@n:plain"/></p></x:when>
				<x:when test="string(.)"><p class="govuk-body app-text"><x:value-of select="."/></p></x:when>
				<x:otherwise><p class="govuk-body">Not answered</p></x:otherwise>
			</x:choose>
			<x:if test="@n:message"><p class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span><xsl:text> </xsl:text><x:value-of select="@n:message"/></p></x:if>
		</div>
	</x:template>
	<xsl:call-template name="file-sheet"/>
	<x:template name="how-to-write">
		<details class="govuk-details">
			<summary class="govuk-details__summary"><span class="govuk-details__summary-text">How to write in the large boxes</span></summary>
			<div class="govuk-details__text">
				<p>Leave an empty line between paragraphs. You can also use these signs:</p>
				<ul class="govuk-list govuk-list--bullet">
					<li>“## ” at the start of a line makes a heading</li>
					<li>“- ” makes a list, “1. ” a numbered list</li>
					<li>“&gt; ” marks words that somebody said or wrote</li>
					<li>“[[P3]]” names entry P3 of the case’s register, “[[P3|her aunt]]” does so in your own words</li>
					<li>“[[2026-03-26|that Thursday]]” gives a date in your own words</li>
				</ul>
				<p>Everything else stays as you type it.</p>
			</div>
		</details>
	</x:template>
</xsl:template>

<!-- One section; the context is the root of the instance. -->
<xsl:template match="xf:group" mode="section">
	<xsl:variable name="id"><xsl:call-template name="avt"><xsl:with-param name="text" select="@id"/></xsl:call-template></xsl:variable>
	<x:if test="$all">
		<input type="hidden" name="in" value="{$id}"/>
		<xsl:apply-templates select="." mode="unasked"/>
		<xsl:if test="xf:hint"><p class="govuk-body"><xsl:value-of select="normalize-space(xf:hint)"/></p></xsl:if>
	</x:if>
	<xsl:if test=".//xf:textarea[@d:type = 'd:prose']"><x:call-template name="how-to-write"/></xsl:if>
	<xsl:apply-templates select="*" mode="body"/>
	<xsl:variable name="some"><xsl:apply-templates select="." mode="relevant"/></xsl:variable>
	<xsl:if test="string($some)">
		<x:if test="not({$some})"><p class="govuk-body">There is nothing to answer here. Your other answers show that it does not apply.</p></x:if>
	</xsl:if>
</xsl:template>

<!-- An expression: the fields of a group that are asked, and the places of its repeats. Empty when it has neither. -->
<xsl:template match="*" mode="relevant">
	<xsl:variable name="row" select="generate-id(ancestor-or-self::xf:repeat[1])"/>
	<xsl:for-each select=".//*[string(@d:name)][translate(@d:name, $name-letters, '') = ''][generate-id(ancestor::xf:repeat[1]) = $row]">
		<xsl:variable name="path"><xsl:apply-templates select="." mode="path"/></xsl:variable>
		<xsl:if test="position() &gt; 1"> | </xsl:if>
		<xsl:choose>
			<xsl:when test="self::xf:repeat"><xsl:call-template name="parent-path"><xsl:with-param name="path" select="$path"/></xsl:call-template></xsl:when>
			<xsl:otherwise><xsl:value-of select="$path"/></xsl:otherwise>
		</xsl:choose>
		<xsl:text>[not(@n:relevant = 'no')]</xsl:text>
	</xsl:for-each>
</xsl:template>

<xsl:template match="*" mode="body"/>
<xsl:template match="xf:group" mode="body">
	<xsl:variable name="some"><xsl:apply-templates select="." mode="relevant"/></xsl:variable>
	<xsl:choose>
		<xsl:when test="xf:label and string($some)">
			<xsl:variable name="outside" select="not(ancestor::xf:repeat)"/>
			<x:if test="{substring('$all and ', 1, 9 * ($outside and not(.//xf:repeat)))}({$some})">
					<fieldset class="govuk-fieldset govuk-!-margin-bottom-6">
						<legend class="govuk-fieldset__legend govuk-fieldset__legend--{substring('ms', 1 + boolean(ancestor::xf:repeat), 1)}"><xsl:apply-templates select="." mode="label"/></legend>
						<xsl:if test="xf:hint"><p class="govuk-hint"><xsl:value-of select="normalize-space(xf:hint)"/></p></xsl:if>
						<xsl:apply-templates select="*" mode="body"/>
					</fieldset>
			</x:if>
		</xsl:when>
		<xsl:otherwise><xsl:apply-templates select="*" mode="body"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<!-- Rows. Each says by a hidden "in" that it was on the page, so that an unticked box differs from a box that was not there. -->
<xsl:template match="xf:repeat" mode="body">
	<xsl:variable name="named"><xsl:apply-templates select="." mode="is-named"/></xsl:variable>
	<xsl:if test="$named = 'true'"><xsl:call-template name="repeat-sheet"/></xsl:if>
</xsl:template>
<xsl:template name="repeat-sheet">
	<!-- Rows of more than eight answers are edited a row a page from the third on; others from the 21st (page_section.c counts alike). -->
	<xsl:variable name="in-place"><xsl:choose><xsl:when test="count(.//xf:input | .//xf:textarea | .//xf:select | .//xf:select1 | .//xf:upload) &gt; 8">2</xsl:when><xsl:otherwise>20</xsl:otherwise></xsl:choose></xsl:variable>
	<xsl:variable name="path"><xsl:apply-templates select="." mode="path"/></xsl:variable>
	<xsl:variable name="parent"><xsl:call-template name="parent-path"><xsl:with-param name="path" select="$path"/></xsl:call-template></xsl:variable>
	<xsl:variable name="outer" select="ancestor::xf:repeat[1]"/>
	<xsl:variable name="deep" select="count(ancestor::xf:repeat)"/><!-- no variable may hide another of the same template: XSLT 1.0 §11.5 -->
	<xsl:variable name="noun"><xsl:call-template name="lowered"><xsl:with-param name="text" select="normalize-space(xf:label)"/></xsl:call-template></xsl:variable>
	<xsl:variable name="rows" select="concat($path, &quot;[not(@n:relevant = 'no')]&quot;)"/>
	<x:if test="not({$parent}/@n:relevant = 'no')">
		<!-- the repeat's own name: fixed at the top, inside a row it begins with that row's name -->
		<x:variable name="repeat-{$deep}" select="'{@d:name}'">
			<xsl:if test="$outer"><xsl:attribute name="select">concat(@n:name, '<xsl:value-of select="substring-after(@d:name, $outer/@d:name)"/>')</xsl:attribute></xsl:if>
		</x:variable>
		<x:variable name="problem-{$deep}" select="/page/problems/problem[@where = $repeat-{$deep}]"/>
		<x:variable name="count-{$deep}" select="count({$path})"/>
		<div class="app-repeat" id="{{$repeat-{$deep}}}" tabindex="-1">
			<xsl:choose>
				<xsl:when test="$outer"><xsl:apply-templates select="." mode="rows"><xsl:with-param name="rows" select="$rows"/><xsl:with-param name="noun" select="$noun"/></xsl:apply-templates></xsl:when>
				<xsl:otherwise>
					<x:choose>
						<x:when test="$all and $count-0 &gt; {$in-place}"><xsl:apply-templates select="." mode="row-list"><xsl:with-param name="rows" select="$rows"/><xsl:with-param name="noun" select="$noun"/></xsl:apply-templates></x:when>
						<x:otherwise>
							<xsl:apply-templates select="." mode="rows">
								<xsl:with-param name="rows" select="concat($rows, &quot;[$all or starts-with(concat($row, '.'), concat(@n:name, '.'))]&quot;)"/>
								<xsl:with-param name="noun" select="$noun"/>
							</xsl:apply-templates>
						</x:otherwise>
					</x:choose>
				</xsl:otherwise>
			</xsl:choose>
			<x:if test="$problem-{$deep}"><p class="govuk-error-message" id="{{$repeat-{$deep}}}-error"><span class="govuk-visually-hidden">Error:</span><xsl:text> </xsl:text><x:value-of select="$problem-{$deep}/@say"/></p></x:if>
			<xsl:if test="not(@d:rows)"><x:if test="not(/page/form/@blank = 'yes') and {substring('$all', 1, 4 * not($outer))}{substring('true()', 1, 6 * boolean($outer))}{substring(concat(' and $count-', $deep, ' &lt; ', @d:max), 1, 999 * (number(@d:max) &gt; 0))}">
				<button type="submit" class="govuk-button govuk-button--secondary" data-module="govuk-button" name="do" value="add:{{$repeat-{$deep}}}">
					<x:if test="$problem-{$deep}"><x:attribute name="aria-describedby"><x:value-of select="$repeat-{$deep}"/>-error</x:attribute></x:if>
					<xsl:text>Add </xsl:text><x:if test="$count-{$deep} &gt; 0">another </x:if><xsl:value-of select="$noun"/>
				</button>
			</x:if></xsl:if>
			<xsl:if test="@d:rows"><x:if test="$count-{$deep} = 0"><p class="govuk-body">There is nobody and nothing to answer for yet.</p></x:if></xsl:if>
		</div>
	</x:if>
</xsl:template>
<!-- A given row is called what its node is called; others by label and number. -->
<xsl:template match="xf:repeat" mode="row-name">
	<xsl:choose>
		<xsl:when test="@d:rows"><x:value-of select="@n:label"/></xsl:when>
		<xsl:otherwise><xsl:apply-templates select="." mode="label"/><xsl:text> </xsl:text><x:value-of select="@n:index"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>
<xsl:template match="xf:repeat" mode="rows">
	<xsl:param name="rows"/>
	<xsl:param name="noun"/>
	<x:for-each select="{$rows}">
		<fieldset class="govuk-fieldset app-row" id="{{@n:name}}" tabindex="-1">
			<legend class="govuk-fieldset__legend govuk-fieldset__legend--{substring('ms', 1 + boolean(ancestor::xf:repeat), 1)}"><xsl:apply-templates select="." mode="row-name"/></legend>
			<xsl:if test="@d:rows and translate(@d:key, $name-letters, '') = ''">
				<input type="hidden" name="{{@n:name}}.{@d:key}" value="{{{@d:key}}}"/>
				<x:if test="@n:given = 'no'"><p class="govuk-body">This is no longer in the list. What was typed is kept until you remove it.</p></x:if>
			</xsl:if>
			<input type="hidden" name="in" value="{{@n:name}}"/>
			<xsl:apply-templates select="." mode="unasked"/>
			<xsl:if test="xf:hint"><p class="govuk-hint"><xsl:value-of select="normalize-space(xf:hint)"/></p></xsl:if>
			<xsl:apply-templates select="*" mode="body"/>
			<x:if test="not(/page/form/@blank = 'yes') and $count-{count(ancestor::xf:repeat)} &gt; {number(concat('0', @d:min))}{substring(&quot; and @n:given&quot;, 1, 99 * boolean(@d:rows))}">
				<button type="submit" class="govuk-button govuk-button--secondary govuk-!-margin-bottom-2" data-module="govuk-button" name="do" value="remove:{{@n:name}}">Remove <xsl:choose><xsl:when test="@d:rows"><x:value-of select="@n:label"/></xsl:when><xsl:otherwise><xsl:value-of select="$noun"/><xsl:text> </xsl:text><x:value-of select="@n:index"/></xsl:otherwise></xsl:choose></button>
			</x:if>
		</fieldset>
	</x:for-each>
</xsl:template>

<!-- Many rows: a list of links, a row a page. The first four short answers that everybody must give tell rows apart, and how the first long one begins. -->
<xsl:template match="xf:repeat" mode="row-list">
	<xsl:param name="rows"/>
	<xsl:param name="noun"/>
	<xsl:variable name="own" select="@d:name"/>
	<xsl:variable name="told" select="(.//*[self::xf:input or self::xf:select1][ancestor::xf:repeat[1]/@d:name = $own][translate(@d:name, $name-letters, '') = ''][@d:required = 'always'])[position() &lt; 5]"/>
	<xsl:variable name="long" select="(.//xf:textarea[ancestor::xf:repeat[1]/@d:name = $own][translate(@d:name, $name-letters, '') = ''][@d:required = 'always'])[1]"/>
	<div class="app-scroll app-rows" role="region" tabindex="0" aria-labelledby="{{$repeat-0}}-rows">
		<table class="govuk-table govuk-table--small-text-until-tablet">
			<caption class="govuk-table__caption govuk-table__caption--m" id="{{$repeat-0}}-rows"><x:value-of select="$count-0"/> entries. Each is on a page of its own.</caption>
			<thead class="govuk-table__head">
				<tr class="govuk-table__row">
					<th scope="col" class="govuk-table__header"><xsl:apply-templates select="." mode="label"/></th>
					<xsl:for-each select="$told|$long"><th scope="col" class="govuk-table__header"><xsl:apply-templates select="." mode="label"/></th></xsl:for-each>
				</tr>
			</thead>
			<tbody class="govuk-table__body">
				<x:for-each select="{$rows}">
					<tr class="govuk-table__row" id="{{@n:name}}">
						<th scope="row" class="govuk-table__header"><a class="govuk-link" href="?row={{@n:name}}">Change <xsl:choose><xsl:when test="@d:rows"><x:value-of select="@n:label"/></xsl:when><xsl:otherwise><xsl:value-of select="$noun"/><xsl:text> </xsl:text><x:value-of select="@n:index"/></xsl:otherwise></xsl:choose></a>
							<!-- The error summary leads here, and from here to the control. -->
							<x:variable name="this" select="@n:name"/>
							<x:for-each select="descendant::*[@n:message]"><p class="govuk-error-message govuk-!-margin-bottom-0"><a class="govuk-link app-error-link" id="{{@n:name}}" href="?row={{$this}}#{{@n:name}}"><x:value-of select="@n:message"/></a></p></x:for-each>
						</th>
						<xsl:for-each select="$told|$long">
							<xsl:variable name="path"><xsl:apply-templates select="." mode="path"/></xsl:variable>
							<td class="govuk-table__cell"><x:attribute name="data-label"><xsl:apply-templates select="." mode="label"/></x:attribute><x:for-each select="{$path}"><x:choose><x:when test="@n:words"><x:value-of select="@n:words"/></x:when><xsl:if test="self::xf:textarea"><x:when test="string-length(.) &gt; 100"><x:value-of select="substring(., 1, 97)"/>…</x:when></xsl:if><x:otherwise><x:value-of select="."/></x:otherwise></x:choose></x:for-each></td>
						</xsl:for-each>
					</tr>
				</x:for-each>
			</tbody>
		</table>
	</div>
</xsl:template>
</xsl:stylesheet>
