<?xml version="1.0" encoding="UTF-8"?>
<!-- The least that shows what a list and a tombstone were given. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:template match="/page[@is='public-index']">
	<html><body><h1><xsl:value-of select="@title"/></h1><xsl:if test="not(edition)"><p>Nothing yet</p></xsl:if>
	<xsl:for-each select="edition"><p><xsl:choose><xsl:when test="@href"><a href="{@href}"><xsl:value-of select="@title"/></a></xsl:when><xsl:otherwise><xsl:value-of select="@title"/></xsl:otherwise></xsl:choose><xsl:value-of select="@published-words"/></p></xsl:for-each></body></html>
</xsl:template>
<xsl:template match="/page[@is='public-tombstone']"><html><body><p><xsl:value-of select="tombstone/@reason"/></p></body></html></xsl:template>
</xsl:stylesheet>
