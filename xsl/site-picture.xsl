<?xml version="1.0" encoding="UTF-8"?>
<!-- The chronology as a picture: a lane for each agency, time from left to right. Up to 60 events each has a mark with the number of its row in the
     table; above that a mark holds how many events fell in a month (or a year, where months would touch). Colours are presentation attributes, for
     the content security policy knows no inline style; what matters is also said by shape and number. Nothing in it can be selected: what stands
     inside role=img is not reached by a screen reader, and the table says everything. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:date="http://exslt.org/dates-and-times" xmlns:s="http://www.w3.org/2000/svg"
	xmlns="http://www.w3.org/2000/svg" exclude-result-prefixes="date s">
<xsl:key name="of-agency" match="chronology/event" use="@agency"/>
<xsl:key name="in-month" match="chronology/event[string(@sort)]" use="concat(@agency, '|', substring(@sort, 1, 7))"/>
<xsl:key name="in-year" match="chronology/event[string(@sort)]" use="concat(@agency, '|', substring(@sort, 1, 4))"/>

<!-- Left edge of time, its width, top of the first lane, height of a lane. -->
<xsl:variable name="left" select="290"/>
<xsl:variable name="width" select="760"/>
<xsl:variable name="top" select="40"/>
<xsl:variable name="lane" select="72"/>

<xsl:template name="picture">
	<xsl:param name="summary"/>
	<xsl:variable name="first"><xsl:for-each select="event[string(@sort)]"><xsl:sort select="@sort"/><xsl:if test="position() = 1"><xsl:value-of select="substring(@sort, 1, 7)"/></xsl:if></xsl:for-each></xsl:variable>
	<xsl:variable name="last"><xsl:for-each select="event[string(@sort)]"><xsl:sort select="@sort" order="descending"/><xsl:if test="position() = 1"><xsl:value-of select="substring(@sort, 1, 7)"/></xsl:if></xsl:for-each></xsl:variable>
	<!-- Months since the year 0; the picture ends with the last event's month. -->
	<xsl:variable name="from" select="12 * substring($first, 1, 4) + substring($first, 6, 2) - 1"/>
	<xsl:variable name="to" select="12 * substring($last, 1, 4) + substring($last, 6, 2)"/>
	<xsl:variable name="start"><xsl:call-template name="month-seconds"><xsl:with-param name="month" select="$from"/></xsl:call-template></xsl:variable>
	<xsl:variable name="end"><xsl:call-template name="month-seconds"><xsl:with-param name="month" select="$to"/></xsl:call-template></xsl:variable>
	<xsl:variable name="scale" select="$width div ($end - $start)"/>
	<!-- A lane for each agency, in the order in which they first appear. -->
	<xsl:variable name="lanes" select="event[count(. | key('of-agency', @agency)[1]) = 1]"/>
	<xsl:variable name="bottom" select="$top + $lane * count($lanes)"/>
	<div class="app-scroll" role="region" tabindex="0" aria-label="Timeline picture" xmlns="">
		<svg class="app-timeline" viewBox="0 0 1070 {$bottom + 8}" width="1070" height="{$bottom + 8}" role="img" aria-labelledby="picture-title picture-text" focusable="false" font-family="Helvetica Neue, Helvetica, Arial, sans-serif" font-size="14" fill="#0b0c0c" xmlns="http://www.w3.org/2000/svg">
			<title id="picture-title">Timeline of events by agency</title>
			<desc id="picture-text"><xsl:value-of select="$summary"/> The table below holds the same events with the same numbers.</desc>
			<xsl:for-each select="event[@gap-days &gt; 0 and string(@sort)]">
				<xsl:variable name="w" select="@gap-days * 86400 * $scale"/>
				<rect x="{format-number($left + (date:seconds(concat(substring(@sort, 1, 10), 'T00:00:00Z')) - $start) * $scale - $w, '0.0')}" y="{$top}" width="{format-number($w, '0.0')}" height="{$bottom - $top}" fill="#eeefef"/>
			</xsl:for-each>
			<xsl:call-template name="ticks"><xsl:with-param name="month" select="$from"/><xsl:with-param name="to" select="$to"/><xsl:with-param name="start" select="$start"/><xsl:with-param name="scale" select="$scale"/><xsl:with-param name="bottom" select="$bottom"/>
				<xsl:with-param name="step" select="1 + 2 * ($to - $from &gt; 18) + 9 * ($to - $from &gt; 54)"/></xsl:call-template>
			<xsl:for-each select="$lanes">
				<xsl:variable name="y" select="$top + $lane * (position() - 0.5)"/>
				<line x1="{$left}" x2="{$left + $width}" y1="{$y}" y2="{$y}" stroke="#0b0c0c"/>
				<text x="0" y="{$y + 5}" font-weight="bold"><xsl:value-of select="substring(@agency-name, 1, 33)"/><xsl:if test="string-length(@agency-name) &gt; 33">…</xsl:if></text>
				<xsl:choose>
					<xsl:when test="count(../event) &lt;= 60"><xsl:call-template name="each"><xsl:with-param name="y" select="$y"/><xsl:with-param name="start" select="$start"/><xsl:with-param name="scale" select="$scale"/></xsl:call-template></xsl:when>
					<xsl:when test="$to - $from &lt;= 30"><xsl:for-each select="key('of-agency', @agency)[string(@sort) and count(. | key('in-month', concat(@agency, '|', substring(@sort, 1, 7)))[1]) = 1]">
						<xsl:call-template name="many"><xsl:with-param name="day" select="concat(substring(@sort, 1, 7), '-15')"/><xsl:with-param name="n" select="count(key('in-month', concat(@agency, '|', substring(@sort, 1, 7))))"/><xsl:with-param name="y" select="$y"/><xsl:with-param name="start" select="$start"/><xsl:with-param name="scale" select="$scale"/></xsl:call-template>
					</xsl:for-each></xsl:when>
					<xsl:otherwise><xsl:for-each select="key('of-agency', @agency)[string(@sort) and count(. | key('in-year', concat(@agency, '|', substring(@sort, 1, 4)))[1]) = 1]">
						<xsl:call-template name="many"><xsl:with-param name="day" select="concat(substring(@sort, 1, 4), '-07-01')"/><xsl:with-param name="n" select="count(key('in-year', concat(@agency, '|', substring(@sort, 1, 4))))"/><xsl:with-param name="y" select="$y"/><xsl:with-param name="start" select="$start"/><xsl:with-param name="scale" select="$scale"/></xsl:call-template>
					</xsl:for-each></xsl:otherwise>
				</xsl:choose>
			</xsl:for-each>
		</svg>
	</div>
	<p class="govuk-body-s" xmlns=""><xsl:choose>
		<xsl:when test="count(event) &lt;= 60">The number in a mark is the number of the event in the table. A diamond is a key event, a circle any other. Grey: no contact recorded by any agency.</xsl:when>
		<xsl:otherwise>The number in a circle says how many events an agency recorded in that <xsl:choose><xsl:when test="$to - $from &lt;= 30">month</xsl:when><xsl:otherwise>year</xsl:otherwise></xsl:choose>. Grey: no contact recorded by any agency.</xsl:otherwise>
	</xsl:choose></p>
</xsl:template>

<xsl:template name="month-seconds">
	<xsl:param name="month"/>
	<xsl:value-of select="date:seconds(concat(format-number(floor($month div 12), '0000'), '-', format-number($month mod 12 + 1, '00'), '-01T00:00:00Z'))"/>
</xsl:template>

<xsl:template name="ticks">
	<xsl:param name="month"/><xsl:param name="to"/><xsl:param name="step"/><xsl:param name="start"/><xsl:param name="scale"/><xsl:param name="bottom"/>
	<xsl:param name="begin" select="true()"/>
	<xsl:if test="$month &lt;= $to">
		<xsl:if test="$month mod $step = 0">
			<xsl:variable name="seconds"><xsl:call-template name="month-seconds"><xsl:with-param name="month" select="$month"/></xsl:call-template></xsl:variable>
			<xsl:variable name="x" select="format-number($left + ($seconds - $start) * $scale, '0.0')"/>
			<line x1="{$x}" x2="{$x}" y1="32" y2="{$bottom}" stroke="#cecece"/>
			<xsl:if test="$step &lt; 12"><text x="{$x}" y="28" text-anchor="middle"><xsl:value-of select="substring('JanFebMarAprMayJunJulAugSepOctNovDec', 3 * ($month mod 12) + 1, 3)"/></text></xsl:if>
			<xsl:if test="$begin or $month mod 12 = 0"><text x="{$x}" y="13" text-anchor="middle" font-weight="bold"><xsl:value-of select="floor($month div 12)"/></text></xsl:if>
		</xsl:if>
		<xsl:call-template name="ticks"><xsl:with-param name="month" select="$month + 1"/><xsl:with-param name="to" select="$to"/><xsl:with-param name="step" select="$step"/><xsl:with-param name="start" select="$start"/><xsl:with-param name="scale" select="$scale"/><xsl:with-param name="bottom" select="$bottom"/><xsl:with-param name="begin" select="$begin and $month mod $step != 0"/></xsl:call-template>
	</xsl:if>
</xsl:template>

<!-- The events of one agency. Neighbours that would touch stand on three levels by turns. -->
<xsl:template name="each">
	<xsl:param name="y"/><xsl:param name="start"/><xsl:param name="scale"/>
	<xsl:variable name="events" select="key('of-agency', @agency)[string(@sort)]"/>
	<xsl:variable name="near" select="24 div $scale"/>
	<xsl:for-each select="$events">
		<xsl:variable name="i" select="position()"/>
		<xsl:variable name="here" select="date:seconds(concat(substring(@sort, 1, 10), 'T00:00:00Z'))"/>
		<xsl:variable name="touches" select="($i &gt; 1 and $here - date:seconds(concat(substring($events[$i - 1]/@sort, 1, 10), 'T00:00:00Z')) &lt; $near) or ($i &lt; count($events) and date:seconds(concat(substring($events[$i + 1]/@sort, 1, 10), 'T00:00:00Z')) - $here &lt; $near)"/>
		<xsl:call-template name="one"><xsl:with-param name="x" select="number(format-number($left + ($here - $start) * $scale, '0.0'))"/><xsl:with-param name="y" select="$y + $touches * (22 - 22 * ($i mod 3))"/></xsl:call-template>
	</xsl:for-each>
</xsl:template>
<xsl:template name="one">
	<xsl:param name="x"/><xsl:param name="y"/>
	<xsl:choose>
		<xsl:when test="@significance='key'"><path d="M{$x} {$y - 14}L{$x + 14} {$y}L{$x} {$y + 14}L{$x - 14} {$y}Z" fill="#ffdd00" stroke="#0b0c0c" stroke-width="1.5"/></xsl:when>
		<xsl:otherwise><circle cx="{$x}" cy="{$y}" r="11" fill="#ffffff" stroke="#0b0c0c" stroke-width="1.5"/></xsl:otherwise>
	</xsl:choose>
	<text x="{$x}" y="{$y + 4}" text-anchor="middle" font-size="12" font-weight="bold"><xsl:value-of select="count(preceding-sibling::event) + 1"/></text>
</xsl:template>

<xsl:template name="many">
	<xsl:param name="day"/><xsl:param name="n"/><xsl:param name="y"/><xsl:param name="start"/><xsl:param name="scale"/>
	<xsl:variable name="x" select="format-number($left + (date:seconds(concat($day, 'T00:00:00Z')) - $start) * $scale, '0.0')"/>
	<circle cx="{$x}" cy="{$y}" r="12" fill="#ffffff" stroke="#0b0c0c" stroke-width="1.5"/>
	<text x="{$x}" y="{$y + 4}" text-anchor="middle" font-size="12" font-weight="bold"><xsl:value-of select="$n"/></text>
</xsl:template>
</xsl:stylesheet>
