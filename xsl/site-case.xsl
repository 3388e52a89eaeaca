<?xml version="1.0" encoding="UTF-8"?>
<!-- One case: where it is, what the viewer may do, its time limits, documents, people and publications. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="page[@is='case']" mode="main"><xsl:apply-templates select="case" mode="main"/></xsl:template>
<xsl:template match="case" mode="main">
	<xsl:call-template name="h1"><xsl:with-param name="caption"><xsl:if test="not(contains(/page/@title, @type))"><xsl:value-of select="@type"/></xsl:if></xsl:with-param></xsl:call-template>
	<p class="govuk-body">
		<strong><xsl:value-of select="@state-title"/></strong>.
		<xsl:if test="string(@track)"><xsl:text> </xsl:text><xsl:value-of select="@track"/>.</xsl:if>
		<xsl:if test="string(@opened)"> Opened on <xsl:value-of select="@opened"/>.</xsl:if>
		<xsl:choose>
			<xsl:when test="@closed='yes'"> This case is closed.</xsl:when>
			<xsl:when test="string(@closed) and @closed != 'no'"> Closed on <xsl:value-of select="@closed"/>.</xsl:when>
		</xsl:choose>
		<xsl:if test="string(@waiting)"> Waiting for: <xsl:value-of select="@waiting"/>.</xsl:if>
		<xsl:if test="@round &gt; 0"> It is decided again: round <xsl:value-of select="@round + 1"/>.</xsl:if>
		<xsl:if test="editions/edition"> It runs under: <xsl:for-each select="editions/edition"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:value-of select="@title"/></xsl:for-each>.</xsl:if>
	</p>
	<xsl:call-template name="part-of-nobody"/>
	<xsl:apply-templates select="flags" mode="part"/>
	<xsl:for-each select="risks/risk"><div class="govuk-inset-text"><strong>At risk.</strong><xsl:text> </xsl:text><xsl:value-of select="@say"/></div></xsl:for-each>
	<div class="govuk-grid-row">
		<div class="govuk-grid-column-two-thirds"><xsl:apply-templates select="actions" mode="part"><xsl:with-param name="write" select="documents/document[@write='yes'][@version='0' or @draft='yes']"/></xsl:apply-templates></div>
		<div class="govuk-grid-column-one-third"><xsl:call-template name="case-steps"/><xsl:apply-templates select="links" mode="part"/></div>
	</div>
	<xsl:apply-templates select="documents" mode="part"/>
	<xsl:apply-templates select="new" mode="part"/>
	<xsl:apply-templates select="publications" mode="part"/>
	<xsl:apply-templates select="clocks" mode="part"/>
	<xsl:apply-templates select="people" mode="part"/>
	<xsl:apply-templates select="add-person" mode="part"/>
	<xsl:apply-templates select="acts" mode="part"/>
</xsl:template>

<!-- A case that waits for parts which nobody has would wait for ever: said to whoever can give them. -->
<xsl:template name="part-of-nobody">
	<xsl:variable name="waiting" select="concat(', ', @waiting, ',')"/>
	<xsl:variable name="wanted" select="add-person/role[contains($waiting, concat(', ', @title, ','))]"/>
	<xsl:if test="$wanted and not(people/person/@role = $wanted/@name)">
		<div class="govuk-inset-text"><strong>Nobody has this part yet: <xsl:for-each select="$wanted"><xsl:if test="position() &gt; 1"> or </xsl:if><xsl:value-of select="@title"/></xsl:for-each>.</strong> The case waits until somebody has it. <a class="govuk-link" href="#give-a-part">Give somebody this part</a></div>
	</xsl:if>
</xsl:template>

<!-- A case has some twenty steps: those around the present one are shown, all of them on demand. -->
<xsl:template name="case-steps">
	<xsl:variable name="now" select="count(steps/step[@at='now'][1]/preceding-sibling::step) + 1"/>
	<xsl:choose>
		<xsl:when test="count(steps/step) &gt; 8 and steps/step[@at='now']">
			<xsl:call-template name="step-list"><xsl:with-param name="heading" select="'Where this case is'"/><xsl:with-param name="steps" select="steps/step[position() &gt;= $now - 2 and position() &lt;= $now + 2]"/></xsl:call-template>
			<details class="govuk-details">
				<summary class="govuk-details__summary"><span class="govuk-details__summary-text">All <xsl:value-of select="count(steps/step)"/> steps</span></summary>
				<div class="govuk-details__text"><xsl:call-template name="step-list"><xsl:with-param name="steps" select="steps/step"/></xsl:call-template></div>
			</details>
		</xsl:when>
		<xsl:otherwise><xsl:apply-templates select="steps" mode="part"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="flags" mode="part">
	<xsl:for-each select="flag[string(@set) and @set != 'no']">
		<div class="govuk-inset-text">
			<strong><xsl:value-of select="@title"/></strong><xsl:if test="@set != 'yes'">, since <xsl:value-of select="@set"/></xsl:if>
			<xsl:if test="string(@by)">, by <xsl:value-of select="@by"/></xsl:if><xsl:if test="string(@until)">. To be looked at again by <xsl:value-of select="@until"/></xsl:if>
			<xsl:if test="string(@reason)"><br/><xsl:value-of select="@reason"/></xsl:if>
			<xsl:if test="string(@lift-href)"><br/><a class="govuk-link" href="{@lift-href}">End this<span class="govuk-visually-hidden">: <xsl:value-of select="@title"/></span></a></xsl:if>
		</div>
	</xsl:for-each>
</xsl:template>

<xsl:template match="clocks" mode="part">
	<xsl:choose>
		<xsl:when test="clock[not(string(@stopped))]"><xsl:call-template name="table">
			<xsl:with-param name="id" select="'clocks'"/><xsl:with-param name="caption" select="'Time limits'"/><xsl:with-param name="head"><xsl:text>What|Due|Time used|</xsl:text><xsl:if test="clock[string(@waits)]">Waiting for|</xsl:if>Where the limit comes from</xsl:with-param>
			<xsl:with-param name="rows"><xsl:apply-templates select="clock[not(string(@stopped))]" mode="row"/></xsl:with-param>
		</xsl:call-template></xsl:when>
		<xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="heading" select="'Time limits'"/><xsl:with-param name="say" select="'No time limit is running in this case.'"/></xsl:call-template></xsl:otherwise>
	</xsl:choose>
	<xsl:if test="clock[string(@stopped)]">
		<details class="govuk-details">
			<summary class="govuk-details__summary"><span class="govuk-details__summary-text">Time limits that have ended (<xsl:value-of select="count(clock[string(@stopped)])"/>)</span></summary>
			<div class="govuk-details__text"><xsl:call-template name="table">
				<xsl:with-param name="id" select="'clocks-ended'"/><xsl:with-param name="caption" select="'Ended time limits'"/><xsl:with-param name="head"><xsl:text>What|Due|Time used|</xsl:text><xsl:if test="clock[string(@waits)]">Waiting for|</xsl:if>Where the limit comes from</xsl:with-param>
				<xsl:with-param name="rows"><xsl:apply-templates select="clock[string(@stopped)]" mode="row"/></xsl:with-param>
			</xsl:call-template></div>
		</details>
	</xsl:if>
</xsl:template>
<xsl:template match="clock" mode="row">
	<tr class="govuk-table__row">
		<th scope="row" class="govuk-table__header"><xsl:value-of select="@title"/><xsl:if test="string(@row)"><br/><span class="govuk-!-font-weight-regular"><xsl:value-of select="@row"/></span></xsl:if></th>
		<td class="govuk-table__cell">
			<xsl:call-template name="due"><xsl:with-param name="date" select="@due-words"/><xsl:with-param name="words" select="@words"/><xsl:with-param name="late" select="@overdue"/></xsl:call-template>
			<xsl:if test="string(@varied)"><br/><xsl:choose>
				<xsl:when test="@varied-href"><a class="govuk-link" href="{@varied-href}"><xsl:value-of select="@varied"/><span class="govuk-visually-hidden">: <xsl:value-of select="@title"/></span></a></xsl:when>
				<xsl:otherwise><xsl:value-of select="@varied"/></xsl:otherwise>
			</xsl:choose></xsl:if>
			<xsl:if test="@vary-href"><br/><a class="govuk-link" href="{@vary-href}">Move this day<span class="govuk-visually-hidden">: <xsl:value-of select="@title"/></span></a></xsl:if>
		</td>
		<td class="govuk-table__cell"><xsl:call-template name="used"><xsl:with-param name="used" select="@day"/></xsl:call-template></td>
		<xsl:if test="../clock[string(@waits)]"><td class="govuk-table__cell"><xsl:choose><xsl:when test="string(@waits)"><xsl:value-of select="@waits"/></xsl:when><xsl:when test="string(@stopped)">Nobody: this is done</xsl:when><xsl:otherwise>Nobody</xsl:otherwise></xsl:choose></td></xsl:if>
		<td class="govuk-table__cell"><xsl:value-of select="@source"/><xsl:if test="@statutory='yes'"><br/><strong>Set by law or national guidance</strong></xsl:if></td>
	</tr>
</xsl:template>

<xsl:template match="documents" mode="part">
	<xsl:choose>
		<xsl:when test="document"><xsl:call-template name="table">
			<xsl:with-param name="id" select="'documents'"/><xsl:with-param name="caption" select="'Documents'"/><xsl:with-param name="head"><xsl:text>Document|From|Where it is|Version</xsl:text><xsl:if test="document[string(@due-words)]">|Due</xsl:if></xsl:with-param>
			<xsl:with-param name="rows"><xsl:apply-templates select="document" mode="row"/></xsl:with-param>
		</xsl:call-template></xsl:when>
		<xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="heading" select="'Documents'"/><xsl:with-param name="say" select="'There are no documents here that you may read yet.'"/></xsl:call-template></xsl:otherwise>
	</xsl:choose>
</xsl:template>
<xsl:template match="document" mode="row">
	<tr class="govuk-table__row">
		<th scope="row" class="govuk-table__header"><a class="govuk-link" href="{@href}"><xsl:value-of select="@title"/><xsl:if test="string(@agency-name) and not(contains(@title, @agency-name))"><span class="govuk-visually-hidden"><xsl:value-of select="concat(' from ', @agency-name)"/></span></xsl:if></a><xsl:if test="string(@begun)"><br/><span class="govuk-!-font-weight-regular">Begun on <xsl:value-of select="@begun"/></span></xsl:if></th>
		<td class="govuk-table__cell"><xsl:choose><xsl:when test="string(@agency-name)"><xsl:value-of select="@agency-name"/></xsl:when><xsl:otherwise>The partnership</xsl:otherwise></xsl:choose></td>
		<td class="govuk-table__cell"><xsl:value-of select="@state-title"/><xsl:for-each select="beside"><br/><xsl:value-of select="@title"/></xsl:for-each><xsl:if test="@draft='yes'"><br/><strong class="govuk-tag govuk-tag--teal">Draft</strong></xsl:if><xsl:if test="@write='yes'"><br/><span class="app-nowrap">You can <xsl:choose><xsl:when test="@version &gt; 0">correct</xsl:when><xsl:otherwise>write</xsl:otherwise></xsl:choose> this</span></xsl:if></td>
		<td class="govuk-table__cell"><xsl:choose><xsl:when test="string(@version) and @version != '0'"><xsl:value-of select="@version"/></xsl:when><xsl:otherwise><span class="app-nowrap">None yet</span></xsl:otherwise></xsl:choose></td>
		<xsl:if test="../document[string(@due-words)]"><td class="govuk-table__cell"><xsl:call-template name="due"><xsl:with-param name="words" select="@due-words"/><xsl:with-param name="late" select="@overdue"/></xsl:call-template></td></xsl:if>
	</tr>
</xsl:template>
<xsl:template match="new" mode="part">
	<xsl:if test="document">
		<h2 class="govuk-heading-m">Start a document</h2>
		<p class="govuk-body">It begins with what is known already, and you can leave it unfinished. Nobody is asked to act on it before it is submitted.</p>
		<div class="app-actions govuk-!-margin-bottom-6"><xsl:for-each select="document"><xsl:call-template name="post">
			<xsl:with-param name="text"><xsl:text>Start: </xsl:text><xsl:value-of select="@title"/><xsl:if test="string(@agency)"><xsl:value-of select="concat(' (', @agency, ')')"/></xsl:if></xsl:with-param>
		</xsl:call-template></xsl:for-each></div>
	</xsl:if>
</xsl:template>

<xsl:template match="publications" mode="part">
	<xsl:if test="publication">
		<xsl:call-template name="table">
			<xsl:with-param name="id" select="'publications'"/><xsl:with-param name="caption" select="'What will be public'"/><xsl:with-param name="head" select="'Page|Where it is'"/>
			<xsl:with-param name="rows"><xsl:for-each select="publication"><tr class="govuk-table__row">
				<th scope="row" class="govuk-table__header"><xsl:call-template name="link"><xsl:with-param name="text" select="@title"/></xsl:call-template></th>
				<td class="govuk-table__cell"><xsl:value-of select="@state-words"/><xsl:if test="@withdrawn-by='system'">. The service found in it something that the case has learned since</xsl:if></td>
			</tr></xsl:for-each></xsl:with-param>
		</xsl:call-template>
	</xsl:if>
</xsl:template>

<xsl:template match="people" mode="part">
	<xsl:choose>
		<xsl:when test="person"><xsl:call-template name="table">
			<xsl:with-param name="note"><xsl:if test="person[string(@remove-href)]">Whoever is removed can no longer open this case by that part. What they did stays on record, and the part can be given again.</xsl:if></xsl:with-param>
			<xsl:with-param name="id" select="'people'"/><xsl:with-param name="caption" select="'People with a part in this case'"/>
			<xsl:with-param name="head"><xsl:text>Name|Part|Agency</xsl:text><xsl:if test="person[string(@remove-href)]">|Remove</xsl:if></xsl:with-param>
			<xsl:with-param name="rows"><xsl:apply-templates select="person" mode="row"/></xsl:with-param>
		</xsl:call-template></xsl:when>
		<xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="heading" select="'People with a part in this case'"/><xsl:with-param name="say" select="'Nobody has been given a part in this case yet.'"/></xsl:call-template></xsl:otherwise>
	</xsl:choose>
</xsl:template>
<xsl:template match="person" mode="row">
	<tr class="govuk-table__row">
		<th scope="row" class="govuk-table__header"><xsl:value-of select="@name"/></th>
		<td class="govuk-table__cell"><xsl:value-of select="@role-title"/></td>
		<td class="govuk-table__cell"><xsl:value-of select="@agency-name"/></td>
		<xsl:if test="../person[string(@remove-href)]"><td class="govuk-table__cell">
			<xsl:choose>
				<xsl:when test="string(@remove-href)"><xsl:call-template name="post"><xsl:with-param name="href" select="@remove-href"/><xsl:with-param name="text" select="'Remove'"/><xsl:with-param name="about" select="concat(@name, ' as ', @role-title)"/><xsl:with-param name="class" select="'govuk-button govuk-button--secondary govuk-!-margin-bottom-0'"/><xsl:with-param name="hidden"><input type="hidden" name="account" value="{@pub}"/><input type="hidden" name="role" value="{@role}"/></xsl:with-param></xsl:call-template></xsl:when>
				<xsl:otherwise>Cannot be removed</xsl:otherwise>
			</xsl:choose>
		</td></xsl:if>
	</tr>
</xsl:template>
<xsl:template match="add-person" mode="part">
	<xsl:variable name="open" select="/page/problems/problem[@where='account' or @where='role']"/>
	<details class="govuk-details" id="give-a-part"><xsl:if test="$open"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
		<summary class="govuk-details__summary"><span class="govuk-details__summary-text">Give somebody a part in this case</span></summary>
		<div class="govuk-details__text"><form method="post" action="{@href}" novalidate="novalidate">
			<xsl:call-template name="csrf"/>
			<xsl:call-template name="choose">
				<xsl:with-param name="name" select="'account'"/><xsl:with-param name="label" select="'Person'"/>
				<xsl:with-param name="items"><item value="" text="Choose a person"/><xsl:for-each select="account"><item value="{@pub}"><xsl:attribute name="text"><xsl:value-of select="@name"/><xsl:if test="string(@agency-name)"><xsl:value-of select="concat(' (', @agency-name, ')')"/></xsl:if></xsl:attribute></item></xsl:for-each></xsl:with-param>
			</xsl:call-template>
			<xsl:call-template name="choose">
				<xsl:with-param name="name" select="'role'"/><xsl:with-param name="label" select="'Part'"/>
				<xsl:with-param name="items"><item value="" text="Choose a part"/><xsl:for-each select="role"><item value="{@name}" text="{@title}"/></xsl:for-each></xsl:with-param>
			</xsl:call-template>
			<xsl:call-template name="button"><xsl:with-param name="text" select="'Add this person'"/><xsl:with-param name="kind" select="'secondary'"/></xsl:call-template>
		</form></div>
	</details>
</xsl:template>

<xsl:template match="acts" mode="part">
	<xsl:choose>
		<xsl:when test="act"><xsl:call-template name="table">
			<xsl:with-param name="id" select="'acts'"/><xsl:with-param name="caption" select="'Last steps, newest first'"/><xsl:with-param name="head"><xsl:text>When|What|Who</xsl:text><xsl:if test="act[position() &lt;= 12][string(@state-title)]">|Where it is then</xsl:if></xsl:with-param>
			<xsl:with-param name="rows"><xsl:for-each select="act[position() &lt;= 12]"><tr class="govuk-table__row">
				<th scope="row" class="govuk-table__header govuk-!-font-weight-regular"><xsl:value-of select="@at"/></th>
				<td class="govuk-table__cell"><xsl:choose>
					<xsl:when test="@href"><a class="govuk-link" href="{@href}"><xsl:value-of select="@title"/></a></xsl:when>
					<xsl:otherwise><xsl:value-of select="@title"/></xsl:otherwise>
				</xsl:choose></td>
				<td class="govuk-table__cell"><xsl:value-of select="@who"/></td>
				<xsl:if test="../act[position() &lt;= 12][string(@state-title)]"><td class="govuk-table__cell"><xsl:value-of select="@state-title"/></td></xsl:if>
			</tr></xsl:for-each></xsl:with-param>
		</xsl:call-template></xsl:when>
		<xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="heading" select="'What has been done'"/><xsl:with-param name="say" select="'There is no step yet that you may see.'"/></xsl:call-template></xsl:otherwise>
	</xsl:choose>
</xsl:template>
</xsl:stylesheet>
