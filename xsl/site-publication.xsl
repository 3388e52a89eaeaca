<?xml version="1.0" encoding="UTF-8"?>
<!-- What will be public: the page that was made, what the checks say of it, who has agreed. The redaction itself is in site-redaction.xsl. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:exsl="http://exslt.org/common"
	xmlns:ui="urn:dossier:ui" exclude-result-prefixes="exsl ui">

<xsl:template match="page[@is='publication']" mode="main"><xsl:apply-templates select="publication" mode="main"/></xsl:template>
<xsl:template match="publication" mode="main">
	<xsl:call-template name="h1"><xsl:with-param name="caption" select="'Publication'"/></xsl:call-template>
	<p class="govuk-body"><strong><xsl:value-of select="@state-words"/></strong>.<xsl:if test="@state='released' and string(@address)"> The page stands at <a class="govuk-link" href="{@address}"><xsl:value-of select="@address"/></a>.</xsl:if></p>
	<xsl:if test="@withdrawn-by='system'"><xsl:call-template name="expand"><xsl:with-param name="of"><ui:warning-text text="The service withdrew this page by itself: something that the case has learned since it was published stands in it. The checks below say where. Before it can be made again, its author takes the document back and looks at its text, and the checks of the document are recorded anew." iconFallbackText="Warning"/></xsl:with-param></xsl:call-template></xsl:if>
	<xsl:for-each select="marks[string(@href)]/mark[@stale='yes']"><xsl:call-template name="expand"><xsl:with-param name="of"><ui:warning-text iconFallbackText="Warning">
		<xsl:attribute name="text">Change <xsl:value-of select="@n"/> of “<xsl:value-of select="@text"/>” changes nothing: these words do not stand there. Undo it in the list of your changes, and say the words exactly as they are written.</xsl:attribute>
	</ui:warning-text></xsl:with-param></xsl:call-template></xsl:for-each>
	<xsl:if test="blocks/block"><xsl:call-template name="expand"><xsl:with-param name="of"><ui:warning-text text="This page shows personal information. Do not copy, print or share it." iconFallbackText="Warning"/></xsl:with-param></xsl:call-template></xsl:if>
	<div class="govuk-grid-row">
		<div class="govuk-grid-column-two-thirds">
			<xsl:apply-templates select="actions" mode="part"/>
			<xsl:apply-templates select="candidate" mode="part"/>
			<xsl:apply-templates select="approvals" mode="part"/>
		</div>
		<div class="govuk-grid-column-one-third">
			<xsl:apply-templates select="steps" mode="part"><xsl:with-param name="heading" select="'Steps'"/></xsl:apply-templates>
			<xsl:if test="string(@document-href) or string(@preview-href)">
				<h2 class="govuk-heading-s">Related</h2>
				<ul class="govuk-list">
					<xsl:if test="string(@preview-href)"><li><a class="govuk-link" href="{@preview-href}">See the page as the public will see it</a></li></xsl:if>
					<xsl:if test="string(@document-href)"><li><a class="govuk-link" href="{@document-href}">The document it is made from</a></li></xsl:if>
				</ul>
			</xsl:if>
		</div>
	</div>
	<xsl:apply-templates select="gate" mode="part"/>
	<xsl:apply-templates select="residue" mode="part"/>
	<xsl:apply-templates select="sentences" mode="part"/>
	<xsl:apply-templates select="blocks" mode="part"/>
	<xsl:apply-templates select="marks" mode="part"/>
	<xsl:apply-templates select="panel" mode="part"/>
	<xsl:apply-templates select="prepare" mode="part"/>
</xsl:template>

<!-- Each is one button on this page: what is agreed to stands on it. -->
<xsl:template match="publication/actions" mode="part">
	<xsl:if test="action or ../prepare">
		<h2 class="govuk-heading-m">What you can do now</h2>
		<xsl:if test="../prepare"><p class="govuk-body">Decide about each word and number below, then <a class="govuk-link" href="#prepare"><xsl:choose><xsl:when test="../candidate">make the page again</xsl:when><xsl:otherwise>make the page</xsl:otherwise></xsl:choose></a>.</p></xsl:if>
		<xsl:if test="not(../prepare) and not(action[@allowed='yes'])"><p class="govuk-body">There is nothing for you to do here at the moment.</p></xsl:if>
		<xsl:for-each select="action[@allowed='yes']">
			<xsl:if test="lack"><p class="govuk-body"><xsl:call-template name="lacks"/></p></xsl:if>
			<xsl:choose>
			<xsl:when test="@name='test'"><p class="govuk-body">Read the page as the public will. Nobody can approve it before this is recorded of it, word for word as it stands.</p><a class="govuk-button" role="button" draggable="false" data-module="govuk-button" href="{@href}"><xsl:value-of select="@title"/></a></xsl:when>
			<xsl:when test="@name='release'"><a class="govuk-button" role="button" draggable="false" data-module="govuk-button" href="{@href}/release"><xsl:value-of select="@title"/></a></xsl:when>
			<xsl:otherwise><form method="post" action="{@href}" novalidate="novalidate">
				<xsl:call-template name="csrf"/>
				<xsl:if test="../../candidate"><input type="hidden" name="sha256" value="{../../candidate/@sha256}"/></xsl:if>
				<xsl:if test="@name='withdraw'">
					<xsl:call-template name="line"><xsl:with-param name="name" select="'reason'"/><xsl:with-param name="id" select="'withdraw-reason'"/><xsl:with-param name="label" select="'What the public will read in its place'"/><xsl:with-param name="hint" select="'Say nothing about the case. Leave it empty for “This page has been withdrawn.”'"/></xsl:call-template>
				</xsl:if>
				<xsl:choose>
					<xsl:when test="@name='approve'"><p class="govuk-body">You approve this very page, word for word, under your name. See it first as the public will.</p></xsl:when>
					<xsl:when test="@name='release'"><p class="govuk-body">The page is public within a second. A duty officer can withdraw it at any time.</p></xsl:when>
					<xsl:when test="@name='withdraw'"><p class="govuk-body">The page is gone within a second, and a notice stands in its place. The redactor can make it again.</p></xsl:when>
				</xsl:choose>
				<button type="submit" name="do" value="{@name}" data-module="govuk-button" data-prevent-double-click="true"><xsl:attribute name="class">govuk-button<xsl:if test="@name='withdraw'"> govuk-button--warning</xsl:if></xsl:attribute><xsl:value-of select="@title"/></button>
			</form></xsl:otherwise>
			</xsl:choose>
		</xsl:for-each>
		<xsl:call-template name="actions-of-others"/>
	</xsl:if>
</xsl:template>

<xsl:template match="candidate" mode="part">
	<h2 class="govuk-heading-m">The page that was made</h2>
	<p class="govuk-body">Approvals are given for exactly this page. If anything in it changes, everybody has to approve again.</p>
	<dl class="govuk-summary-list">
		<xsl:call-template name="fact"><xsl:with-param name="key" select="'Title'"/><xsl:with-param name="value" select="@title"/></xsl:call-template>
		<xsl:call-template name="fact"><xsl:with-param name="key" select="'Web address'"/><xsl:with-param name="value"><xsl:choose><xsl:when test="string(../@address)"><xsl:value-of select="../@address"/></xsl:when><xsl:otherwise><xsl:value-of select="@slug"/></xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template>
		<xsl:call-template name="fact"><xsl:with-param name="key" select="'Day of publication'"/><xsl:with-param name="value" select="@published-words"/></xsl:call-template>
		<xsl:call-template name="fact"><xsl:with-param name="key" select="'Made from'"/><xsl:with-param name="value" select="concat('version ', @version, ' of the document and version ', @register-version, ' of the register')"/></xsl:call-template>
		<xsl:call-template name="fact"><xsl:with-param name="key" select="'Made by'"/><xsl:with-param name="value" select="concat(@by, ', ', @at)"/></xsl:call-template>
		<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">Fingerprint</dt><dd class="govuk-summary-list__value"><code><xsl:value-of select="substring(@sha256, 1, 16)"/></code></dd></div>
	</dl>
</xsl:template>
<xsl:template name="fact">
	<xsl:param name="key"/>
	<xsl:param name="value"/>
	<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key"><xsl:value-of select="$key"/></dt><dd class="govuk-summary-list__value"><xsl:value-of select="$value"/></dd></div>
</xsl:template>

<xsl:template match="approvals" mode="part">
	<xsl:choose>
		<xsl:when test="approval"><xsl:call-template name="table">
			<xsl:with-param name="id" select="'approvals'"/><xsl:with-param name="caption" select="'Who has agreed'"/><xsl:with-param name="head" select="'Step|Who|When'"/>
			<xsl:with-param name="rows"><xsl:for-each select="approval"><tr class="govuk-table__row">
				<th scope="row" class="govuk-table__header"><xsl:value-of select="@role"/></th><td class="govuk-table__cell"><xsl:value-of select="@name"/></td><td class="govuk-table__cell"><xsl:value-of select="@at"/></td>
			</tr></xsl:for-each></xsl:with-param>
		</xsl:call-template></xsl:when>
		<xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="heading" select="'Who has agreed'"/><xsl:with-param name="say" select="'Nobody has approved this page yet. The redactor, the person who approves and the author must be different people.'"/></xsl:call-template></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<!-- Forms are shown to whoever has something to decide here; the server refuses everybody else anyway. -->
<xsl:template name="may-accept"><xsl:if test="string(../marks/@href) or ../prepare">yes</xsl:if></xsl:template>

<xsl:template match="gate" mode="part">
	<xsl:variable name="may"><xsl:call-template name="may-accept"/></xsl:variable>
	<xsl:choose>
		<xsl:when test="@refused='yes'"><xsl:call-template name="empty"><xsl:with-param name="heading" select="'Automatic check: refused'"/><xsl:with-param name="say" select="concat('The page is not written as it must be: ', @why, '. Nothing can be published until this is put right.')"/></xsl:call-template></xsl:when>
		<xsl:when test="hit">
			<xsl:call-template name="decide">
				<xsl:with-param name="id" select="'gate'"/><xsl:with-param name="some" select="$may='yes' and hit[@ordinary='yes']"/><xsl:with-param name="open" select="hit"/>
				<xsl:with-param name="table"><xsl:call-template name="table">
					<xsl:with-param name="id" select="'gate'"/><xsl:with-param name="caption" select="'Automatic check: the page still holds these'"/><xsl:with-param name="head" select="'No.|Found|Where|Belongs to|What to do'"/>
					<xsl:with-param name="rows"><xsl:apply-templates select="hit" mode="row"><xsl:with-param name="may" select="$may"/></xsl:apply-templates></xsl:with-param>
				</xsl:call-template></xsl:with-param>
			</xsl:call-template>
		</xsl:when>
		<xsl:when test="@passed='yes'"><xsl:call-template name="empty"><xsl:with-param name="heading" select="'Automatic check: passed'"/><xsl:with-param name="say" select="concat('No name, number, date or address of the register is in the page, its web address or its headers. ', format-number(@variants, '#,##0'), ' spellings were searched for in ', @streams, ' ways.')"/></xsl:call-template></xsl:when>
		<xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="heading" select="'Automatic check'"/><xsl:with-param name="say" select="'The check runs when the page is made. It searches the finished page for everything in the register.'"/></xsl:call-template></xsl:otherwise>
	</xsl:choose>
</xsl:template>
<xsl:template match="gate/hit" mode="row">
	<xsl:param name="may"/>
	<tr class="govuk-table__row">
		<th scope="row" class="govuk-table__header"><xsl:value-of select="position()"/></th>
		<td class="govuk-table__cell"><strong><xsl:value-of select="@form"/></strong><br/>“<xsl:value-of select="@context"/>”</td>
		<td class="govuk-table__cell"><xsl:value-of select="@stream"/></td>
		<td class="govuk-table__cell"><xsl:value-of select="concat(@entry, ' (', @variant, ')')"/></td>
		<td class="govuk-table__cell"><xsl:choose>
			<xsl:when test="@ordinary='yes' and $may='yes'"><xsl:call-template name="may-stay"><xsl:with-param name="value" select="concat('ordinary|', @form, '|', @occurrence)"/><xsl:with-param name="word" select="@form"/><xsl:with-param name="id" select="concat('gate-', position())"/></xsl:call-template></xsl:when>
			<xsl:when test="@ordinary='yes'">It is also an ordinary word: the redactor decides</xsl:when>
			<xsl:otherwise>It cannot stay. Mark it below, or change the document. If it is only an ordinary word, the register must say so: “also an ordinary word” beside that form</xsl:otherwise>
		</xsl:choose></td>
	</tr>
</xsl:template>

<xsl:template match="residue" mode="part">
	<xsl:variable name="may"><xsl:call-template name="may-accept"/></xsl:variable>
	<xsl:choose>
		<xsl:when test="item">
			<xsl:call-template name="decide">
				<xsl:with-param name="id" select="'residue'"/><xsl:with-param name="some" select="$may='yes' and item[not(@forbidden='yes')]"/><xsl:with-param name="open" select="item[not(@accepted='yes') and not(@forbidden='yes')]"/>
				<xsl:with-param name="table"><xsl:call-template name="table">
				<xsl:with-param name="id" select="'residue'"/><xsl:with-param name="caption"><xsl:text>Words to look at: </xsl:text><xsl:choose><xsl:when test="@open &gt; 0"><xsl:value-of select="@open"/> left</xsl:when><xsl:otherwise>all decided</xsl:otherwise></xsl:choose></xsl:with-param><xsl:with-param name="head" select="'Word|Why it is shown|Where|How often|What to do'"/>
				<xsl:with-param name="rows"><xsl:apply-templates select="item" mode="row"><xsl:with-param name="may" select="$may"/></xsl:apply-templates></xsl:with-param>
				</xsl:call-template></xsl:with-param>
			</xsl:call-template>
		</xsl:when>
		<xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="heading" select="'Words to look at'"/><xsl:with-param name="say" select="'There are none: every word is an ordinary one or has been decided.'"/></xsl:call-template></xsl:otherwise>
	</xsl:choose>
</xsl:template>
<xsl:template match="residue/item" mode="row">
	<xsl:param name="may"/>
	<tr class="govuk-table__row">
		<th scope="row" class="govuk-table__header"><xsl:value-of select="@word"/></th>
		<td class="govuk-table__cell"><xsl:choose>
			<xsl:when test="@kind='word'">Not an ordinary word</xsl:when><xsl:when test="@kind='capital'">Written like a name</xsl:when><xsl:when test="@kind='number'">Long number</xsl:when>
			<xsl:when test="@kind='date'">Date</xsl:when><xsl:when test="@kind='age'">Age</xsl:when><xsl:when test="@kind='watch'">Could identify when put with other facts</xsl:when><xsl:otherwise><xsl:value-of select="@kind"/></xsl:otherwise>
		</xsl:choose></td>
		<td class="govuk-table__cell">“<xsl:value-of select="@context"/>”</td>
		<td class="govuk-table__cell"><xsl:value-of select="@occurrences"/></td>
		<td class="govuk-table__cell"><xsl:choose>
			<xsl:when test="@accepted='yes'">Accepted: <xsl:value-of select="@reason"/><xsl:if test="$may='yes' and string(@id)"><br/><button type="submit" class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0" name="do" value="unaccept:{@id}">Undo<span class="govuk-visually-hidden">: “<xsl:value-of select="@word"/>” may stay</span></button></xsl:if></xsl:when>
			<xsl:when test="@forbidden='yes'">It cannot stay. Mark it below, or change the document</xsl:when>
			<xsl:when test="$may='yes'"><xsl:call-template name="may-stay"><xsl:with-param name="value" select="concat(@kind, '|', @word, '|1')"/><xsl:with-param name="word" select="@word"/><xsl:with-param name="id" select="concat('residue-', position())"/></xsl:call-template></xsl:when>
			<xsl:otherwise>The redactor decides</xsl:otherwise>
		</xsl:choose></td>
	</tr>
</xsl:template>
<!-- What was left out may have broken these: nobody is shown none, they are rare. -->
<xsl:template match="sentences" mode="part">
	<xsl:variable name="may"><xsl:call-template name="may-accept"/></xsl:variable>
	<xsl:variable name="open" select="sentence[not(@accepted='yes')]"/>
	<xsl:if test="sentence"><xsl:call-template name="decide">
		<xsl:with-param name="id" select="'sentences'"/><xsl:with-param name="some" select="$may='yes'"/><xsl:with-param name="open" select="$open"/>
		<xsl:with-param name="ask" select="'Words were left out of these sentences. Read each aloud. Change its words below, or say beside it why it may stay.'"/><xsl:with-param name="button" select="'Let the sentences stay that have a reason'"/>
		<xsl:with-param name="table"><xsl:call-template name="table">
			<xsl:with-param name="id" select="'sentences'"/><xsl:with-param name="caption"><xsl:text>Sentences that may be broken: </xsl:text><xsl:choose><xsl:when test="$open"><xsl:value-of select="count($open)"/> left</xsl:when><xsl:otherwise>all read</xsl:otherwise></xsl:choose></xsl:with-param>
			<xsl:with-param name="head" select="'Sentence|What looks wrong|Where|What to do'"/>
			<xsl:with-param name="rows"><xsl:apply-templates select="sentence" mode="row"><xsl:with-param name="may" select="$may"/></xsl:apply-templates></xsl:with-param>
		</xsl:call-template></xsl:with-param>
	</xsl:call-template></xsl:if>
</xsl:template>
<xsl:template match="sentences/sentence" mode="row">
	<xsl:param name="may"/>
	<tr class="govuk-table__row">
		<th scope="row" class="govuk-table__header">“<xsl:value-of select="@text"/>”</th>
		<td class="govuk-table__cell"><xsl:value-of select="concat(translate(substring(@why, 1, 1), 'abimn', 'ABIMN'), substring(@why, 2))"/></td>
		<td class="govuk-table__cell"><xsl:for-each select="../../blocks/block[@field=current()/@field and @n=current()/@block]"><a class="govuk-link" href="#block-{count(preceding-sibling::block) + 1}"><xsl:call-template name="block-name"/></a></xsl:for-each></td>
		<td class="govuk-table__cell"><xsl:choose>
			<xsl:when test="@accepted='yes'">Read: <xsl:value-of select="@reason"/><xsl:if test="$may='yes' and string(@id)"><br/><button type="submit" class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0" name="do" value="unaccept:{@id}">Undo<span class="govuk-visually-hidden">: “<xsl:value-of select="@text"/>” may stay</span></button></xsl:if></xsl:when>
			<xsl:when test="$may='yes'"><xsl:call-template name="may-stay"><xsl:with-param name="value" select="concat(@kind, '|', @text, '|1')"/><xsl:with-param name="word" select="@text"/><xsl:with-param name="id" select="concat('sentence-', position())"/></xsl:call-template></xsl:when>
			<xsl:otherwise>The redactor decides</xsl:otherwise>
		</xsl:choose></td>
	</tr>
</xsl:template>
<!-- Each word that may stay has a reason of its own: a word that nobody gives one stays open. -->
<xsl:template name="decide">
	<xsl:param name="id"/><xsl:param name="some"/><xsl:param name="open"/><xsl:param name="table"/>
	<xsl:param name="ask" select="'Read each word where it stands. If it may stay, say why beside it: your reason is kept with it. What you leave empty stays open.'"/>
	<xsl:param name="button" select="'Accept the words that have a reason'"/>
	<xsl:choose>
		<xsl:when test="$some"><form method="post" action="{ancestor-or-self::publication/@href}" novalidate="novalidate">
			<xsl:call-template name="csrf"/>
			<xsl:if test="$open"><p class="govuk-body"><xsl:value-of select="$ask"/></p></xsl:if>
			<xsl:copy-of select="$table"/>
			<xsl:if test="$open"><button type="submit" class="govuk-button govuk-button--secondary" name="do" value="accept" data-module="govuk-button" data-prevent-double-click="true"><xsl:value-of select="$button"/></button></xsl:if>
		</form></xsl:when>
		<xsl:otherwise><xsl:copy-of select="$table"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>
<xsl:template name="may-stay">
	<xsl:param name="value"/><xsl:param name="word"/><xsl:param name="id"/>
	<div class="govuk-form-group govuk-!-margin-bottom-0">
		<input type="hidden" name="item" value="{$value}"/>
		<label class="govuk-label" for="{$id}-reason">Why it may stay<span class="govuk-visually-hidden">: “<xsl:value-of select="$word"/>”</span></label>
		<input class="govuk-input" type="text" name="reason" id="{$id}-reason" maxlength="500" autocomplete="off"/>
	</div>
</xsl:template>

<xsl:template match="panel" mode="part">
	<xsl:if test="fact">
		<h2 class="govuk-heading-m">Could somebody be recognised?</h2>
		<p class="govuk-body">Ask this of the page as the public will read it.</p>
		<ul class="govuk-list govuk-list--bullet"><xsl:for-each select="fact"><li><xsl:value-of select="@say"/></li></xsl:for-each></ul>
	</xsl:if>
</xsl:template>

<xsl:template match="prepare" mode="part">
	<h2 class="govuk-heading-m" id="prepare"><xsl:choose><xsl:when test="../candidate">Make the page again</xsl:when><xsl:otherwise>Make the page</xsl:otherwise></xsl:choose></h2>
	<xsl:if test="../candidate"><p class="govuk-body">The new page takes the place of the present one, and all approvals end.</p></xsl:if>
	<form method="post" action="{@href}" novalidate="novalidate">
		<xsl:call-template name="csrf"/>
		<xsl:call-template name="line"><xsl:with-param name="name" select="'slug'"/><xsl:with-param name="label" select="'Last part of the web address'"/><xsl:with-param name="hint" select="'Small letters and hyphens, nothing that points to the case. Leave it empty for a random one.'"/><xsl:with-param name="value" select="@slug"/></xsl:call-template>
		<xsl:variable name="year" select="substring(@published, 1, 4)"/>
		<xsl:call-template name="expand"><xsl:with-param name="of">
			<ui:date-input id="published">
				<fieldset><legend text="Day of publication" classes="govuk-fieldset__legend--s"/></fieldset>
				<hint text="The day is printed in the page and cannot be changed after approval. For example, 22 9 2026."/>
				<xsl:call-template name="problem"><xsl:with-param name="where" select="'published'"/></xsl:call-template>
				<items>
					<item name="published.day" id="published.day" label="Day" classes="govuk-input--width-2"><xsl:if test="@published != ''"><xsl:attribute name="value"><xsl:value-of select="number(substring(@published, 9, 2))"/></xsl:attribute></xsl:if></item>
					<item name="published.month" id="published.month" label="Month" classes="govuk-input--width-2"><xsl:if test="@published != ''"><xsl:attribute name="value"><xsl:value-of select="number(substring(@published, 6, 2))"/></xsl:attribute></xsl:if></item>
					<item name="published.year" id="published.year" label="Year" classes="govuk-input--width-4" value="{$year}"/>
				</items>
			</ui:date-input>
		</xsl:with-param></xsl:call-template>
		<button type="submit" class="govuk-button" name="do" value="prepare" data-module="govuk-button" data-prevent-double-click="true">Make the page and check it</button>
	</form>
</xsl:template>
</xsl:stylesheet>
