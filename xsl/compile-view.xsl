<?xml version="1.0" encoding="UTF-8"?>
<!-- A form definition → the stylesheet of its read-only view: /page[@is='view'] of README.md. Sections with summary lists, rows as cards.
     What is not relevant or empty is left out; of the empty ones only what must be answered is said to be missing. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:x="urn:dossier:xslt"
  xmlns:h="http://www.w3.org/1999/xhtml" xmlns:xf="http://www.w3.org/2002/xforms" xmlns:d="urn:dossier:form" xmlns:n="urn:dossier:note"
  exclude-result-prefixes="h xf d x">
<xsl:include href="compile-common.xsl"/>
<xsl:output method="xml" encoding="UTF-8"/>
<xsl:variable name="shown" select="&quot;[not(@n:relevant = 'no')][@n:withheld = 'yes' or @n:required = 'yes' or string()]&quot;"/>

<xsl:template match="/*" mode="sheet">
	<xsl:variable name="sections" select="h:body/xf:group"/>
	<x:stylesheet version="1.0" exclude-result-prefixes="n">
		<x:include href="page.xsl"/>
		<x:output method="xml" omit-xml-declaration="yes" encoding="UTF-8"/>
		<x:template match="/"><x:call-template name="page-frame"/></x:template>
		<x:template match="/page" mode="main">
			<x:apply-templates select="document" mode="view"/>
			<x:for-each select="form/*">
				<xsl:if test="count($sections) &gt; 3">
					<nav aria-label="Contents">
						<h2 class="govuk-heading-s">Contents</h2>
						<ul class="govuk-list">
							<xsl:for-each select="$sections"><li><a class="govuk-link" href="#section-{position()}"><xsl:apply-templates select="." mode="label"/></a></li></xsl:for-each>
						</ul>
					</nav>
				</xsl:if>
				<xsl:for-each select="$sections">
					<section aria-labelledby="section-{position()}">
						<x:if test="string(/page/document/@copy)"><x:attribute name="class">app-copy</x:attribute></x:if>
						<h2 class="govuk-heading-m govuk-!-margin-top-6" id="section-{position()}"><xsl:apply-templates select="." mode="label"/></h2>
						<xsl:variable name="id"><xsl:call-template name="avt"><xsl:with-param name="text" select="@id"/></xsl:call-template></xsl:variable>
						<x:if test="/page/submit"><p class="govuk-body"><a class="govuk-link" href="{{/page/submit/@back}}/edit/{$id}?from=check">Change this section<span class="govuk-visually-hidden">: <xsl:apply-templates select="." mode="label"/></span></a></p></x:if>
						<xsl:apply-templates select="*[1]" mode="view"/>
						<xsl:variable name="any"><xsl:apply-templates select="." mode="any"/></xsl:variable>
						<xsl:if test="string($any)"><x:if test="not({$any})"><p class="govuk-body">Nothing has been entered.</p></x:if></xsl:if>
					</section>
				</xsl:for-each>
			</x:for-each>
			<x:apply-templates select="submit" mode="view"/>
			<x:if test="document/links/link">
				<nav aria-label="More about this document">
					<h2 class="govuk-heading-s">More</h2>
					<ul class="govuk-list"><x:for-each select="document/links/link"><li><a class="govuk-link" href="{{@href}}"><x:value-of select="@text"/></a></li></x:for-each></ul>
				</nav>
			</x:if>
		</x:template>
		<xsl:call-template name="view-sheet"/>
		<xsl:call-template name="submit-sheet"/>
		<xsl:call-template name="warning-sheet"/>
	</x:stylesheet>
</xsl:template>

<xsl:template name="view-sheet">
	<x:template match="document[@check = 'yes']" mode="view" priority="1">
		<span class="govuk-caption-l"><x:value-of select="@title"/></span>
		<h1 class="govuk-heading-l">Check your answers</h1>
	</x:template>
	<!-- To be copied into somebody else's form by hand: a click on an answer marks all of it (app.css). -->
	<x:template match="document[string(@copy)]" mode="view" priority="1">
		<span class="govuk-caption-l"><x:value-of select="@title"/>, version <x:value-of select="@version"/></span>
		<h1 class="govuk-heading-l">Copy into <x:value-of select="@copy"/></h1>
		<x:choose>
			<x:when test="string(sent/@day)">
				<div class="govuk-inset-text">Already sent on <x:value-of select="sent/@words"/><x:if test="string(sent/@reference)">, reference <strong class="app-break"><x:value-of select="sent/@reference"/></strong></x:if>.</div>
			</x:when>
			<x:when test="sent">
				<div class="govuk-inset-text">Not yet sent. When it has gone, record the day and the reference you were given: <x:choose><x:when test="string(sent/@href)"><a class="govuk-link" href="{{sent/@href}}"><x:value-of select="sent/@title"/></a></x:when><x:otherwise><x:value-of select="sent/@title"/></x:otherwise></x:choose>.</div>
			</x:when>
		</x:choose>
		<p class="govuk-body">The answers stand in the order of the form. A click on an answer marks all of it, ready to copy. That you opened this page is kept in the history of the case, with your name.</p>
	</x:template>
	<x:template match="document" mode="view">
		<x:if test="string(@version)"><span class="govuk-caption-l">Version <x:value-of select="@version"/></span></x:if>
		<h1 class="govuk-heading-l"><x:value-of select="@title"/></h1>
		<x:choose>
			<x:when test="@draft = 'yes'"><p class="govuk-body">This is a draft. It has not been sent.</p></x:when>
			<x:when test="string(@form-version)">
				<dl class="govuk-summary-list app-facts">
					<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">Case</dt><dd class="govuk-summary-list__value"><x:value-of select="@case-reference"/></dd></div>
					<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">Version</dt><dd class="govuk-summary-list__value"><x:value-of select="@version"/></dd></div>
					<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">Submitted</dt><dd class="govuk-summary-list__value"><x:value-of select="@words"/></dd></div>
					<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">Submitted by</dt><dd class="govuk-summary-list__value"><x:value-of select="@author"/><x:if test="string(@author-agency)">, <x:value-of select="@author-agency"/></x:if></dd></div>
					<x:if test="string(@sha256)"><div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">Fingerprint (SHA-256)</dt><dd class="govuk-summary-list__value"><code class="app-break"><x:value-of select="@sha256"/></code></dd></div></x:if>
					<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">Form</dt><dd class="govuk-summary-list__value"><x:value-of select="@form"/>, version <x:value-of select="@form-version"/></dd></div>
				</dl>
				<x:if test="@all = 'no'"><p class="govuk-body">Some answers are not shown, because they are not for you.</p></x:if>
			</x:when>
			<x:when test="string(@words) and string(@author)"><p class="govuk-body"><x:value-of select="@words"/>, by <x:value-of select="@author"/></p></x:when>
			<x:when test="string(@words)"><p class="govuk-body"><x:value-of select="@words"/></p></x:when>
		</x:choose>
		<x:if test="passed">
			<h2 class="govuk-heading-s">Warnings that were passed, and why</h2>
			<dl class="govuk-summary-list"><x:for-each select="passed"><div class="govuk-summary-list__row">
				<dt class="govuk-summary-list__key"><x:choose><x:when test="string(@say)"><x:value-of select="@say"/></x:when><x:otherwise>Rule <x:value-of select="@code"/></x:otherwise></x:choose></dt>
				<dd class="govuk-summary-list__value"><x:value-of select="@reason"/></dd>
			</div></x:for-each></dl>
		</x:if>
	</x:template>
	<!-- The value of a field: in words where the server put them, else as it stands. -->
	<x:template name="value">
		<x:choose>
			<x:when test="@n:withheld = 'yes'">You cannot see this answer.</x:when>
			<x:when test="string(@n:href)"><x:call-template name="file"/></x:when>
			<x:when test="string(@n:words)"><x:value-of select="@n:words"/></x:when>
			<x:when test="string()"><x:value-of select="."/></x:when>
			<x:otherwise><span class="app-required">Not answered</span></x:otherwise>
		</x:choose>
	</x:template>
	<xsl:call-template name="file-sheet"/>
	<x:template name="prose">
		<x:choose>
			<x:when test="@n:withheld = 'yes'">You cannot see this answer.</x:when>
			<x:when test="string(@n:words)"><p class="govuk-body govuk-!-margin-bottom-0"><x:value-of select="@n:words"/></p></x:when>
			<x:when test="*"><div class="app-prose"><x:apply-templates select="*" mode="block"/></div></x:when>
			<x:when test="string()"><p class="govuk-body app-text govuk-!-margin-bottom-0"><x:value-of select="."/></p></x:when>
			<x:otherwise><span class="app-required">Not answered</span></x:otherwise>
		</x:choose>
	</x:template>
	<x:template match="p" mode="block"><p class="govuk-body"><x:apply-templates mode="block"/></p></x:template>
	<x:template match="h" mode="block"><p class="govuk-body govuk-!-font-weight-bold"><x:apply-templates mode="block"/></p></x:template>
	<x:template match="note" mode="block"><p class="govuk-hint"><x:apply-templates mode="block"/></p></x:template>
	<x:template match="quote" mode="block"><blockquote class="govuk-body"><x:apply-templates mode="block"/></blockquote></x:template>
	<x:template match="list" mode="block"><ul class="govuk-list govuk-list--bullet"><x:apply-templates select="item" mode="block"/></ul></x:template>
	<x:template match="list[@numbered = 'yes']" mode="block"><ol class="govuk-list govuk-list--number"><x:apply-templates select="item" mode="block"/></ol></x:template>
	<x:template match="item" mode="block"><li><x:apply-templates mode="block"/></li></x:template>
	<x:template match="table" mode="block">
		<div class="app-scroll" role="group" tabindex="0" aria-label="Table"><table class="govuk-table"><caption class="govuk-visually-hidden">Table</caption><tbody class="govuk-table__body"><x:apply-templates select="row" mode="block"/></tbody></table></div>
	</x:template>
	<x:template match="row" mode="block"><tr class="govuk-table__row"><th scope="row" class="govuk-table__header"><x:apply-templates select="cell[1]/node()" mode="block"/></th><x:for-each select="cell[position() &gt; 1]"><td class="govuk-table__cell"><x:apply-templates mode="block"/></td></x:for-each></tr></x:template>
	<x:template match="person|place|org|number|date" mode="block"><span class="app-mention"><x:apply-templates mode="block"/></span></x:template>
</xsl:template>

<!-- Below the answers that are checked: what is passed with a reason, and the button. With something to put right there is none. -->
<xsl:template name="submit-sheet">
	<x:template match="submit" mode="view">
		<h2 class="govuk-heading-m govuk-!-margin-top-6">Submit</h2>
		<x:choose>
			<x:when test="@ready = 'yes'">
				<form method="post" action="{{@action}}" novalidate="novalidate">
					<x:call-template name="csrf"/>
					<x:apply-templates select="../warnings/warning" mode="form"/>
					<p class="govuk-body">What you submit is kept and can never be changed. If something has to be corrected later, you submit again: that becomes the next version.</p>
					<div class="govuk-button-group">
						<button type="submit" class="govuk-button" data-module="govuk-button" data-prevent-double-click="true">Submit</button>
						<a class="govuk-link" href="{{@back}}">Go back without submitting</a>
					</div>
				</form>
			</x:when>
			<x:otherwise>
				<p class="govuk-body">You cannot submit yet. The list at the top of this page says what has to be put right first.</p>
				<p class="govuk-body"><a class="govuk-link" href="{{@back}}">Go back to the list of sections</a></p>
			</x:otherwise>
		</x:choose>
	</x:template>
</xsl:template>

<!-- An expression: what of a section, group or row would be shown. Empty when it holds no field. -->
<xsl:template match="*" mode="any">
	<xsl:variable name="row" select="generate-id(ancestor-or-self::xf:repeat[1])"/>
	<xsl:for-each select=".//*[string(@d:name)][translate(@d:name, $name-letters, '') = ''][generate-id(ancestor::xf:repeat[1]) = $row]">
		<xsl:if test="position() &gt; 1"> | </xsl:if>
		<xsl:apply-templates select="." mode="path"/>
		<xsl:choose>
			<xsl:when test="self::xf:repeat">[not(@n:relevant = 'no')]</xsl:when>
			<xsl:otherwise><xsl:value-of select="$shown"/></xsl:otherwise>
		</xsl:choose>
	</xsl:for-each>
</xsl:template>

<!-- Walks from child to next child; neighbouring controls share one list, which is left out when all of them are. -->
<xsl:template match="*" mode="view"><xsl:apply-templates select="following-sibling::*[1]" mode="view"/></xsl:template>
<xsl:template match="xf:input|xf:textarea|xf:select|xf:select1|xf:upload" mode="view">
	<xsl:variable name="list"><xsl:apply-templates select="." mode="run"/></xsl:variable>
	<xsl:variable name="paths"><xsl:apply-templates select="." mode="run-paths"/></xsl:variable>
	<xsl:if test="string($paths)"><x:if test="{substring($paths, 4)}"><dl class="govuk-summary-list"><xsl:copy-of select="$list"/></dl></x:if></xsl:if>
	<xsl:apply-templates select="following-sibling::*[not(self::xf:input or self::xf:textarea or self::xf:select or self::xf:select1 or self::xf:upload)][1]" mode="view"/>
</xsl:template>
<xsl:template match="*" mode="run"/>
<xsl:template match="xf:input|xf:textarea|xf:select|xf:select1|xf:upload" mode="run">
	<xsl:if test="string(@d:name) and translate(@d:name, $name-letters, '') = ''">
		<xsl:variable name="path"><xsl:apply-templates select="." mode="path"/></xsl:variable>
		<x:for-each select="{$path}{$shown}">
			<div class="govuk-summary-list__row" id="{{@n:name}}">
				<x:if test="/page/submit and (@n:readonly = 'yes' or @n:withheld = 'yes')"><x:attribute name="class">govuk-summary-list__row govuk-summary-list__row--no-actions</x:attribute></x:if>
				<dt class="govuk-summary-list__key"><xsl:apply-templates select="." mode="label"/></dt>
				<dd>
					<xsl:attribute name="class">govuk-summary-list__value<xsl:if test="self::xf:textarea"> app-text</xsl:if></xsl:attribute>
					<xsl:choose>
						<xsl:when test="@d:type = 'd:prose'"><xsl:attribute name="class">govuk-summary-list__value</xsl:attribute><x:call-template name="prose"/></xsl:when>
						<xsl:when test="@d:override = 'yes'"><x:call-template name="value"/><x:choose><x:when test="@n:corrected = 'yes'"> (corrected by hand; worked out: <x:value-of select="@n:calculated"/>)</x:when><x:otherwise> (worked out)</x:otherwise></x:choose></xsl:when>
						<xsl:otherwise><x:call-template name="value"/></xsl:otherwise>
					</xsl:choose>
				</dd>
				<xsl:variable name="section"><xsl:call-template name="avt"><xsl:with-param name="text" select="ancestor::xf:group[parent::h:body]/@id"/></xsl:call-template></xsl:variable>
				<x:if test="/page/submit and not(@n:readonly = 'yes' or @n:withheld = 'yes')">
					<dd class="govuk-summary-list__actions">
						<a class="govuk-link"><x:attribute name="href"><x:value-of select="/page/submit/@back"/>/edit/<xsl:value-of select="$section"/>?from=check<xsl:if test="ancestor::xf:repeat">&amp;row=<x:value-of select="ancestor::*[@n:index][last()]/@n:name"/></xsl:if>#<x:value-of select="@n:name"/></x:attribute>Change<span class="govuk-visually-hidden"><xsl:text> </xsl:text><xsl:apply-templates select="." mode="label"/><xsl:if test="ancestor::xf:repeat"> (<xsl:for-each select="ancestor::xf:repeat[last()]"><xsl:apply-templates select="." mode="label"/></xsl:for-each><xsl:text> </xsl:text><x:value-of select="ancestor::*[@n:index][last()]/@n:index"/>)</xsl:if></span></a>
					</dd>
				</x:if>
			</div>
		</x:for-each>
	</xsl:if>
	<xsl:apply-templates select="following-sibling::*[1]" mode="run"/>
</xsl:template>
<xsl:template match="*" mode="run-paths"/>
<xsl:template match="xf:input|xf:textarea|xf:select|xf:select1|xf:upload" mode="run-paths">
	<xsl:if test="string(@d:name) and translate(@d:name, $name-letters, '') = ''">
		<xsl:text> | </xsl:text><xsl:apply-templates select="." mode="path"/><xsl:value-of select="$shown"/>
	</xsl:if>
	<xsl:apply-templates select="following-sibling::*[1]" mode="run-paths"/>
</xsl:template>

<xsl:template match="xf:group" mode="view">
	<xsl:variable name="any"><xsl:apply-templates select="." mode="any"/></xsl:variable>
	<xsl:choose>
		<xsl:when test="xf:label and string($any)">
			<x:if test="{$any}">
				<xsl:call-template name="view-heading"><xsl:with-param name="class" select="'govuk-heading-s'"/></xsl:call-template>
				<xsl:apply-templates select="*[1]" mode="view"/>
			</x:if>
		</xsl:when>
		<xsl:otherwise><xsl:apply-templates select="*[1]" mode="view"/></xsl:otherwise>
	</xsl:choose>
	<xsl:apply-templates select="following-sibling::*[1]" mode="view"/>
</xsl:template>
<xsl:template match="xf:repeat" mode="view">
	<xsl:if test="string(@d:name) and translate(@d:name, $name-letters, '') = ''">
		<xsl:variable name="path"><xsl:apply-templates select="." mode="path"/></xsl:variable>
		<x:for-each select="{$path}[not(@n:relevant = 'no')]">
			<div class="govuk-summary-card" id="{{@n:name}}">
				<div class="govuk-summary-card__title-wrapper">
					<xsl:call-template name="view-heading">
						<xsl:with-param name="given" select="boolean(@d:rows)"/>
						<xsl:with-param name="class" select="'govuk-summary-card__title'"/>
						<xsl:with-param name="index"><xsl:text> </xsl:text><x:value-of select="@n:index"/></xsl:with-param>
					</xsl:call-template>
				</div>
				<div class="govuk-summary-card__content"><xsl:apply-templates select="*[1]" mode="view"/></div>
			</div>
		</x:for-each>
	</xsl:if>
	<xsl:apply-templates select="following-sibling::*[1]" mode="view"/>
</xsl:template>
<!-- h3 in a section, h4 one deeper, so that no level is skipped -->
<xsl:template name="view-heading">
	<xsl:param name="class"/>
	<xsl:param name="index" select="/.."/>
	<xsl:param name="given" select="false()"/>
	<xsl:variable name="level" select="2 + count(ancestor-or-self::*[self::xf:repeat or self::xf:group[xf:label]]) - 1"/>
	<xsl:element name="h{$level * ($level &lt; 7) + 6 * ($level &gt; 6)}">
		<xsl:attribute name="class"><xsl:value-of select="$class"/></xsl:attribute>
		<xsl:choose>
			<xsl:when test="$given"><x:value-of select="@n:label"/></xsl:when>
			<xsl:otherwise><xsl:apply-templates select="." mode="label"/><xsl:copy-of select="$index"/></xsl:otherwise>
		</xsl:choose>
	</xsl:element>
</xsl:template>
</xsl:stylesheet>
