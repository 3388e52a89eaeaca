<?xml version="1.0" encoding="UTF-8"?>
<!-- The way in and the way round: sign-in, dashboard, list of forms, history, question before an act, message, error. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:exsl="http://exslt.org/common"
	xmlns:ui="urn:dossier:ui" exclude-result-prefixes="exsl ui">

<xsl:template match="page[@is='sign-in']" mode="main">
	<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
		<xsl:call-template name="h1"/>
		<p class="govuk-body">Use the account that your safeguarding partnership gave you.</p>
		<form method="post" action="/sign-in" novalidate="novalidate">
			<xsl:call-template name="csrf"/>
			<input type="hidden" name="next" value="{sign-in/@next}"/>
			<xsl:call-template name="line">
				<xsl:with-param name="name" select="'login'"/><xsl:with-param name="label" select="'User name'"/><xsl:with-param name="value" select="sign-in/@login"/>
				<xsl:with-param name="size" select="'govuk-input--width-20'"/><xsl:with-param name="autocomplete" select="'username'"/>
			</xsl:call-template>
			<xsl:call-template name="expand"><xsl:with-param name="of">
				<ui:password-input name="password" id="password" autocomplete="current-password" classes="govuk-input--width-20">
					<label text="Password" classes="govuk-label--s"/>
					<xsl:call-template name="problem"><xsl:with-param name="where" select="'password'"/></xsl:call-template>
				</ui:password-input>
			</xsl:with-param></xsl:call-template>
			<xsl:call-template name="button"><xsl:with-param name="text" select="'Sign in'"/></xsl:call-template>
		</form>
		<h2 class="govuk-heading-m">If you cannot sign in</h2>
		<p class="govuk-body">Ask your partnership’s co-ordinator to set a new password. <a class="govuk-link" href="/about/contact">Contact the partnership</a></p>
	</div></div>
</xsl:template>

<xsl:template match="page[@is='dashboard']" mode="main">
	<xsl:call-template name="h1"/>
	<p class="govuk-body">Deadlines are worked out in working days for England. Correct at <xsl:value-of select="@clock"/>.</p>
	<xsl:apply-templates select="counts" mode="part"/>
	<xsl:apply-templates select="tasks" mode="part"/>
	<xsl:if test="string(viewer/@agency)"><p class="govuk-body"><a class="govuk-link" href="/work/owed">Everything that your agency is asked for</a></p></xsl:if>
	<xsl:if test="cases/case or filter[string(@text) or string(@type) or (string(@due) and @due != 'all')]"><xsl:apply-templates select="filter" mode="part"/></xsl:if>
	<xsl:apply-templates select="cases" mode="part"/>
	<xsl:apply-templates select="open" mode="part"/>
</xsl:template>
<xsl:template match="counts" mode="part">
	<h2 class="govuk-visually-hidden">How your cases stand</h2>
	<ul class="app-stats">
		<li class="app-stat app-stat--late"><a class="app-stat__link" href="/work?due=overdue"><span class="app-stat__n"><xsl:value-of select="@overdue"/></span><xsl:text> </xsl:text><span class="app-stat__t">overdue</span></a></li>
		<li class="app-stat app-stat--soon"><a class="app-stat__link" href="/work?due=soon"><span class="app-stat__n"><xsl:value-of select="@soon"/></span><xsl:text> </xsl:text><span class="app-stat__t">due soon</span></a></li>
		<li class="app-stat app-stat--wait"><span class="app-stat__n"><xsl:value-of select="@waiting"/></span><xsl:text> </xsl:text><span class="app-stat__t">waiting for others</span></li>
		<li class="app-stat app-stat--ok"><span class="app-stat__n"><xsl:value-of select="@ready"/></span><xsl:text> </xsl:text><span class="app-stat__t">ready to publish</span></li>
	</ul>
</xsl:template>
<xsl:template match="tasks" mode="part">
	<xsl:if test="task">
		<xsl:call-template name="table">
			<xsl:with-param name="id" select="'tasks'"/><xsl:with-param name="caption" select="'What waits for you'"/><xsl:with-param name="head" select="'Task|Case|When'"/>
			<xsl:with-param name="rows"><xsl:for-each select="task"><tr class="govuk-table__row">
				<th scope="row" class="govuk-table__header"><xsl:call-template name="link"><xsl:with-param name="text" select="@title"/><xsl:with-param name="hidden" select="concat('for ', @case)"/></xsl:call-template></th>
				<td class="govuk-table__cell"><span class="app-nowrap"><xsl:value-of select="@case"/></span></td>
				<td class="govuk-table__cell"><xsl:call-template name="due"><xsl:with-param name="words" select="@due-words"/><xsl:with-param name="late" select="@overdue"/></xsl:call-template></td>
			</tr></xsl:for-each></xsl:with-param>
		</xsl:call-template>
		<xsl:if test="@more"><p class="govuk-body"><a class="govuk-link" href="{@more}">All <xsl:value-of select="@total"/> tasks</a></p></xsl:if>
	</xsl:if>
</xsl:template>

<xsl:template match="filter" mode="part">
	<form class="app-filter" method="get" action="/work" novalidate="novalidate">
		<h2 class="govuk-heading-m">Find a case</h2>
		<div class="govuk-grid-row">
			<div class="govuk-grid-column-one-third"><xsl:call-template name="line"><xsl:with-param name="name" select="'text'"/><xsl:with-param name="label" select="'Case reference'"/><xsl:with-param name="value" select="@text"/></xsl:call-template></div>
			<xsl:if test="../types/type"><div class="govuk-grid-column-one-third">
				<xsl:call-template name="choose">
					<xsl:with-param name="name" select="'type'"/><xsl:with-param name="label" select="'Type of review'"/><xsl:with-param name="value" select="@type"/>
					<xsl:with-param name="items"><item value="" text="All types"/><xsl:for-each select="../types/type"><item value="{@name}" text="{@title}"/></xsl:for-each></xsl:with-param>
				</xsl:call-template>
			</div></xsl:if>
			<div class="govuk-grid-column-one-third">
				<xsl:call-template name="choose">
					<xsl:with-param name="name" select="'due'"/><xsl:with-param name="label" select="'Next deadline'"/><xsl:with-param name="value" select="@due"/>
					<xsl:with-param name="items"><item value="all" text="Any"/><item value="overdue" text="Overdue"/><item value="soon" text="Due soon"/><item value="track" text="On track"/><item value="paused" text="On hold"/><item value="done" text="Closed cases"/></xsl:with-param>
				</xsl:call-template>
			</div>
		</div>
		<div class="govuk-button-group">
			<xsl:call-template name="button"><xsl:with-param name="text" select="'Apply filters'"/><xsl:with-param name="kind" select="'secondary'"/></xsl:call-template>
			<xsl:if test="string(@text) or string(@type) or (string(@due) and @due != 'all')"><a class="govuk-link govuk-link--no-visited-state" href="/work">Clear filters</a></xsl:if>
		</div>
	</form>
</xsl:template>

<xsl:template match="cases" mode="part">
	<xsl:choose>
		<xsl:when test="case">
			<p class="govuk-body">Showing <xsl:value-of select="@shown"/> of <xsl:value-of select="@total"/> cases</p>
			<xsl:call-template name="table">
				<xsl:with-param name="id" select="'cases'"/><xsl:with-param name="caption" select="'Cases, soonest deadline first'"/><xsl:with-param name="head" select="'Case|Next deadline|Waiting for|Time used|Status'"/>
				<xsl:with-param name="rows"><xsl:apply-templates select="case" mode="row"/></xsl:with-param>
			</xsl:call-template>
			<xsl:call-template name="pages"><xsl:with-param name="previous" select="@previous"/><xsl:with-param name="next" select="@next"/><xsl:with-param name="what" select="'Pages of cases'"/></xsl:call-template>
		</xsl:when>
		<xsl:when test="string(../filter/@text) or string(../filter/@type) or ../filter[string(@due) and @due != 'all']">
			<xsl:call-template name="empty"><xsl:with-param name="heading" select="'No case matches'"/><xsl:with-param name="say" select="'None of your cases fits what you looked for. Check the reference, or clear the filters to see all your cases.'"/></xsl:call-template>
		</xsl:when>
		<xsl:otherwise>
			<xsl:call-template name="empty"><xsl:with-param name="heading" select="'Cases'"/><xsl:with-param name="say" select="'You have no cases yet. A case appears here as soon as somebody gives you a part in it.'"/></xsl:call-template>
		</xsl:otherwise>
	</xsl:choose>
</xsl:template>
<xsl:template match="case" mode="row">
	<tr class="govuk-table__row">
		<th scope="row" class="govuk-table__header"><a class="govuk-link app-nowrap" href="{@href}"><xsl:value-of select="@reference"/></a><br/><span class="govuk-!-font-weight-regular"><xsl:value-of select="@type"/></span></th>
		<td class="govuk-table__cell"><xsl:choose>
			<xsl:when test="string(@next-due)"><xsl:call-template name="due"><xsl:with-param name="date" select="@next-due"/><xsl:with-param name="words" select="@next-words"/><xsl:with-param name="late" select="@overdue"/></xsl:call-template><xsl:if test="string(@next-title)"><br/><xsl:value-of select="@next-title"/></xsl:if></xsl:when>
			<xsl:otherwise>No deadline is running</xsl:otherwise>
		</xsl:choose></td>
		<td class="govuk-table__cell"><xsl:choose><xsl:when test="string(@waiting)"><xsl:value-of select="@waiting"/></xsl:when><xsl:otherwise>Nobody</xsl:otherwise></xsl:choose></td>
		<td class="govuk-table__cell"><xsl:call-template name="used"/></td>
		<td class="govuk-table__cell"><xsl:call-template name="status-tag"/><xsl:if test="@state != @status-words"><br/><xsl:value-of select="@state"/></xsl:if></td>
	</tr>
</xsl:template>
<!-- The bar only repeats the figures beside it, so it is hidden from screen readers. -->
<xsl:template name="used">
	<xsl:param name="used" select="@used"/>
	<xsl:if test="@length &gt; 0">
		<progress class="app-bar" value="{$used}" max="{@length}" aria-hidden="true"><xsl:if test="$used &gt; @length"><xsl:attribute name="value"><xsl:value-of select="@length"/></xsl:attribute><xsl:attribute name="class">app-bar app-bar--late</xsl:attribute></xsl:if></progress>
		<xsl:text> </xsl:text><span class="app-nowrap"><xsl:value-of select="concat($used, ' of ', @length, ' ')"/><xsl:choose><xsl:when test="@length = 1 and substring(@unit, string-length(@unit)) = 's'"><xsl:value-of select="substring(@unit, 1, string-length(@unit) - 1)"/></xsl:when><xsl:otherwise><xsl:value-of select="@unit"/></xsl:otherwise></xsl:choose></span>
	</xsl:if>
</xsl:template>
<xsl:template name="status-tag">
	<strong class="govuk-tag"><xsl:attribute name="class">govuk-tag govuk-tag--<xsl:choose>
		<xsl:when test="@status='overdue'">red</xsl:when><xsl:when test="@status='soon'">yellow</xsl:when><xsl:when test="@status='track'">green</xsl:when><xsl:otherwise>grey</xsl:otherwise>
	</xsl:choose></xsl:attribute><xsl:value-of select="@status-words"/></strong>
</xsl:template>
<xsl:template match="open" mode="part">
	<xsl:if test="type">
		<h2 class="govuk-heading-m">Open a case</h2>
		<xsl:for-each select="type"><xsl:call-template name="post"><xsl:with-param name="text" select="concat('Open a case: ', @title)"/><xsl:with-param name="hidden"><input type="hidden" name="plugin" value="{@plugin}"/><xsl:apply-templates select="edition" mode="part"/></xsl:with-param></xsl:call-template></xsl:for-each>
	</xsl:if>
</xsl:template>
<xsl:template match="edition" mode="part">
	<xsl:variable name="default" select="value[@default='yes'][1]/@value"/>
	<xsl:call-template name="choose">
		<xsl:with-param name="name" select="concat('edition.', @name)"/><xsl:with-param name="id" select="concat(../@plugin, '-edition-', @name)"/><xsl:with-param name="value" select="$default"/>
		<xsl:with-param name="label"><xsl:text>Edition it runs under</xsl:text><xsl:if test="../edition[2]"><xsl:value-of select="concat(' (', translate(@name, '-', ' '), ')')"/></xsl:if></xsl:with-param>
		<xsl:with-param name="hint" select="'Leave it as it is unless the case began under older guidance.'"/>
		<xsl:with-param name="items"><xsl:for-each select="value"><item value="{@value}" text="{@title}"/></xsl:for-each></xsl:with-param>
	</xsl:call-template>
</xsl:template>

<xsl:template match="page[@is='forms']" mode="main">
	<xsl:call-template name="h1"/>
	<p class="govuk-body">These are the forms in use. A sample is an empty XML document that another system can fill in.</p>
	<xsl:choose>
		<xsl:when test="forms/form">
			<xsl:call-template name="table">
				<xsl:with-param name="id" select="'forms'"/><xsl:with-param name="caption" select="'All forms'"/><xsl:with-param name="head" select="'Form|Name in XML|Version|Sample'"/>
				<xsl:with-param name="rows"><xsl:for-each select="forms/form"><tr class="govuk-table__row">
					<th scope="row" class="govuk-table__header"><xsl:call-template name="link"><xsl:with-param name="text" select="@title"/><xsl:with-param name="hidden" select="concat('version ', @version)"/></xsl:call-template></th>
					<td class="govuk-table__cell"><code><xsl:value-of select="@id"/></code></td>
					<td class="govuk-table__cell"><xsl:value-of select="@version"/></td>
					<td class="govuk-table__cell"><xsl:if test="string(@sample-href)"><a class="govuk-link" href="{@sample-href}">Sample (XML)<span class="govuk-visually-hidden"><xsl:value-of select="concat(' of ', @title, ', version ', @version)"/></span></a></xsl:if></td>
				</tr></xsl:for-each></xsl:with-param>
			</xsl:call-template>
		</xsl:when>
		<xsl:otherwise><p class="govuk-body">There are no forms yet. They come with the review types that are installed.</p></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="page[@is='history']" mode="main">
	<xsl:call-template name="h1"/>
	<p class="govuk-body">Everything that was done, by whom and when. Nothing can be changed or removed here.</p>
	<xsl:choose>
		<xsl:when test="history/entry">
			<xsl:call-template name="table">
				<xsl:with-param name="id" select="'entries'"/><xsl:with-param name="caption" select="'Newest first'"/><xsl:with-param name="head" select="'When|Who|What|Result'"/>
				<xsl:with-param name="rows"><xsl:for-each select="history/entry"><tr class="govuk-table__row">
					<th scope="row" class="govuk-table__header govuk-!-font-weight-regular"><xsl:value-of select="@at"/></th>
					<td class="govuk-table__cell"><xsl:value-of select="@actor"/></td>
					<td class="govuk-table__cell"><xsl:call-template name="verb"/><xsl:call-template name="about"/><xsl:if test="string(@compare)"><br/><a class="govuk-link" href="{@compare}">What was changed<span class="govuk-visually-hidden"> at <xsl:value-of select="@at"/></span></a></xsl:if></td>
					<td class="govuk-table__cell"><xsl:call-template name="came-of-it"/></td>
				</tr></xsl:for-each></xsl:with-param>
			</xsl:call-template>
			<xsl:call-template name="pages"><xsl:with-param name="next" select="history/@next"/><xsl:with-param name="what" select="'Pages of the history'"/></xsl:call-template>
		</xsl:when>
		<xsl:otherwise><p class="govuk-body">Nothing has happened yet.</p></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<!-- Of what: a time limit or flag, and the document. A code is shown where nothing has words for it. -->
<xsl:template name="about">
	<xsl:variable name="named" select="string(@object-words) and not(starts-with(@verb, 'act.'))"/>
	<xsl:if test="$named">: <xsl:value-of select="@object-words"/></xsl:if>
	<xsl:if test="string(@document)"><br/><xsl:value-of select="@document"/></xsl:if>
	<xsl:if test="not($named) and not(string(@document)) and string(@object) and not(starts-with(@verb, 'act.')) and not(@verb = 'case.open')"><br/><code class="app-break"><xsl:value-of select="@object"/></code></xsl:if>
</xsl:template>
<xsl:template name="came-of-it">
	<xsl:variable name="detail"><xsl:choose>
		<xsl:when test="string(@detail-words)"><xsl:value-of select="@detail-words"/></xsl:when>
		<xsl:when test="@detail = 'stopped'">It has ended</xsl:when>
		<xsl:when test="@outcome = 'done' and (@verb = 'document.add' or starts-with(@verb, 'act.'))"/>
		<xsl:otherwise><xsl:value-of select="@detail"/></xsl:otherwise>
	</xsl:choose></xsl:variable>
	<xsl:choose>
		<xsl:when test="@outcome = 'done' and string($detail)"><xsl:value-of select="$detail"/></xsl:when>
		<xsl:when test="@outcome = 'done'">Done</xsl:when>
		<xsl:otherwise><strong><xsl:value-of select="@outcome"/></strong><xsl:if test="string($detail)">: <code class="app-break"><xsl:value-of select="$detail"/></code></xsl:if></xsl:otherwise>
	</xsl:choose>
</xsl:template>
<!-- The record's own words are for machines and stay as they are in the model; what is new here is shown as it stands. -->
<xsl:template name="verb">
	<xsl:choose>
		<xsl:when test="starts-with(@verb, 'act.') and string(@object-words)">Step “<xsl:value-of select="@object-words"/>”</xsl:when>
		<xsl:when test="starts-with(@verb, 'act.')">Step “<xsl:value-of select="translate(substring(@verb, 5), '-', ' ')"/>”</xsl:when>
		<xsl:when test="@verb='case.open'">Opened the case</xsl:when><xsl:when test="@verb='case.state'">The case moved to another state</xsl:when>
		<xsl:when test="@verb='case.person-add'">Gave somebody a part in the case</xsl:when><xsl:when test="@verb='case.person-end'">Ended somebody’s part in the case</xsl:when>
		<xsl:when test="@verb='document.add'">Began a document</xsl:when><xsl:when test="@verb='document.state'">A document moved to another state</xsl:when>
		<xsl:when test="@verb='draft.save'">Saved a draft</xsl:when><xsl:when test="@verb='draft.end'">Ended a draft by submitting it</xsl:when>
		<xsl:when test="@verb='version.add'">Submitted a version</xsl:when><xsl:when test="@verb='version.copy'">Opened a version to copy it out</xsl:when><xsl:when test="@verb='note.add'">Wrote a note</xsl:when>
		<xsl:when test="@verb='publication.add'">Began a publication</xsl:when><xsl:when test="@verb='candidate.add'">Made the page to be published</xsl:when>
		<xsl:when test="@verb='approval.add'">Approved the page</xsl:when><xsl:when test="@verb='edition.release'">Published the page</xsl:when><xsl:when test="@verb='edition.withdraw'">Withdrew the page</xsl:when>
		<xsl:when test="@verb='flag.set'">Set a flag</xsl:when><xsl:when test="@verb='flag.lift'">Lifted a flag</xsl:when>
		<xsl:when test="@verb='clock.start'">A time limit began</xsl:when><xsl:when test="@verb='clock.change'">A time limit changed</xsl:when>
		<xsl:when test="@verb='attachment.add'">Attached a file</xsl:when><xsl:when test="@verb='attachment.open'">Opened an attached file</xsl:when>
		<xsl:when test="@verb='request'">Asked for a page</xsl:when>
		<xsl:otherwise><xsl:value-of select="@verb"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="page[@is='confirm']" mode="main">
	<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
		<xsl:call-template name="h1"><xsl:with-param name="title" select="confirm/@title"/></xsl:call-template>
		<xsl:choose>
			<xsl:when test="confirm/@warning='yes'"><xsl:call-template name="expand"><xsl:with-param name="of"><ui:warning-text text="{confirm/@text}" iconFallbackText="Warning"/></xsl:with-param></xsl:call-template></xsl:when>
			<xsl:otherwise><p class="govuk-body"><xsl:value-of select="confirm/@text"/></p></xsl:otherwise>
		</xsl:choose>
		<xsl:if test="confirm/fact"><dl class="govuk-summary-list"><xsl:for-each select="confirm/fact"><xsl:call-template name="fact"><xsl:with-param name="key" select="@key"/><xsl:with-param name="value" select="@value"/></xsl:call-template></xsl:for-each></dl></xsl:if>
		<xsl:if test="string(confirm/@preview-href)"><p class="govuk-body"><a class="govuk-link" href="{confirm/@preview-href}">See the page as the public will see it</a></p></xsl:if>
		<form method="post" action="{confirm/@action}" novalidate="novalidate">
			<xsl:call-template name="csrf"/>
			<xsl:for-each select="confirm/hidden"><input type="hidden" name="{@name}" value="{@value}"/></xsl:for-each>
			<xsl:apply-templates select="warnings" mode="part"/>
			<div class="govuk-button-group">
				<xsl:call-template name="button"><xsl:with-param name="text" select="confirm/@button"/><xsl:with-param name="kind" select="substring('warning', 1, 7 * (confirm/@warning='yes'))"/></xsl:call-template>
				<xsl:if test="string(confirm/@cancel)"><a class="govuk-link" href="{confirm/@cancel}">Cancel and go back</a></xsl:if>
			</div>
		</form>
	</div></div>
</xsl:template>

<!-- A warning does not stop: whoever goes on says why, and the reason is kept. -->
<xsl:template match="warnings" mode="part">
	<xsl:if test="warning">
		<h2 class="govuk-heading-m">Check this before you go on</h2>
		<xsl:for-each select="warning"><xsl:call-template name="line">
			<xsl:with-param name="name" select="concat('reason.', position())"/><xsl:with-param name="label" select="@say"/><xsl:with-param name="hint" select="'If it is right as it is, say why. Your reason is kept.'"/>
		</xsl:call-template></xsl:for-each>
	</xsl:if>
</xsl:template>

<!-- A step with which nothing was said, but warnings were passed. -->
<xsl:template match="page[@is='said']" mode="main">
	<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
		<xsl:call-template name="h1"><xsl:with-param name="title" select="document/@title"/></xsl:call-template>
		<p class="govuk-body"><xsl:value-of select="document/@words"/>, by <xsl:value-of select="document/@author"/></p>
		<xsl:choose>
			<xsl:when test="document/passed">
				<h2 class="govuk-heading-s">Warnings that were passed, and why</h2>
				<dl class="govuk-summary-list"><xsl:for-each select="document/passed"><div class="govuk-summary-list__row">
					<dt class="govuk-summary-list__key"><xsl:value-of select="@say"/></dt>
					<dd class="govuk-summary-list__value"><xsl:value-of select="@reason"/></dd>
				</div></xsl:for-each></dl>
			</xsl:when>
			<xsl:otherwise><p class="govuk-body">Nothing was said with this step.</p></xsl:otherwise>
		</xsl:choose>
	</div></div>
</xsl:template>

<xsl:template match="page[@is='message']" mode="main">
	<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
		<xsl:call-template name="h1"><xsl:with-param name="title" select="message/@title"/></xsl:call-template>
		<xsl:for-each select="message/p"><p class="govuk-body"><xsl:value-of select="."/></p></xsl:for-each>
		<p class="govuk-body"><a class="govuk-link" href="/work">Go to your cases</a></p>
	</div></div>
</xsl:template>

<xsl:template match="page[@is='error']" mode="main">
	<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
		<xsl:call-template name="h1"/>
		<p class="govuk-body"><xsl:value-of select="error/@say"/></p>
		<xsl:if test="error/@status='400' and string(error/@where)"><p class="govuk-body">It is about this field: <code class="app-break"><xsl:value-of select="error/@where"/></code></p></xsl:if>
		<xsl:choose>
			<xsl:when test="error/@status='413'"><p class="govuk-body">If you were writing a long text, go back in your browser: it is most likely still on the page. Copy it, then save it in smaller pieces.</p></xsl:when>
			<xsl:when test="error/@status='404'"><p class="govuk-body">If you typed the address, check it. If you followed a link, the page may have moved, or you may not have a part in that case.</p></xsl:when>
			<xsl:when test="error/@status='403' and error/@code='request.csrf'"/>
			<xsl:when test="error/@status='403'"><p class="govuk-body">If you think that you should be able to do this, ask the co-ordinator of the case.</p></xsl:when>
			<xsl:when test="error/@saved='all'"><p class="govuk-body"><strong>What you sent was saved.</strong> Only the page that says so could not be made. Do not send it again: go to your cases and look at it there.</p></xsl:when>
			<xsl:when test="error/@saved='unsure'"><p class="govuk-body"><strong>It is not certain whether what you sent was saved.</strong> Look at the document before you send it again. Sending the same page twice does no harm.</p></xsl:when>
			<xsl:when test="error/@status='507'">
				<p class="govuk-body"><strong>Nothing was saved or changed.</strong> Go back in your browser: what you typed is most likely still on the page. Copy it to a safe place.</p>
				<p class="govuk-body">Everything that was saved before is there and can be read. Tell the people who run this service, then send it again when they have made room.</p>
			</xsl:when>
			<xsl:when test="error/@saved='nothing'">
				<p class="govuk-body"><strong>Nothing was saved or changed.</strong> If you were sending answers, go back in your browser: they are most likely still on the page. Copy long answers to a safe place.</p>
				<p class="govuk-body">Wait a minute, then send them again. If the same happens, send less at a time.</p>
			</xsl:when>
			<xsl:when test="error/@status &gt;= 500"><p class="govuk-body">Wait a minute and try again. If you were sending answers, look at the page first to see what was saved.</p></xsl:when>
		</xsl:choose>
		<p class="govuk-body"><a class="govuk-link" href="/work">Go to your cases</a> or <a class="govuk-link" href="/about/contact">contact the partnership</a>.</p>
		<xsl:if test="string(@request)"><p class="govuk-body">If you ask for help, give this number: <code class="app-break"><xsl:value-of select="@request"/></code></p></xsl:if>
	</div></div>
</xsl:template>
</xsl:stylesheet>
