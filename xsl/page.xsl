<?xml version="1.0" encoding="UTF-8"?>
<!-- The frame round every page (xsl/README.md "Every page").

     HOW TO USE
     Include this file and write a template for the page:
         <xsl:template match="/page[@is='message']">
           <xsl:call-template name="page-frame"/>
         </xsl:template>
         <xsl:template match="page[@is='message']" mode="main">… what stands in main, from the h1 on …</xsl:template>
     The frame writes html, head, header, service navigation, viewer bar, moved clock, breadcrumbs, then in main: notice, problems, and
     then applies /page in mode="main" (nothing is copied, so this is the fast way), footer and scripts.
     Or hand over a result tree: <xsl:call-template name="page-frame"><xsl:with-param name="main">…</xsl:with-param></xsl:call-template>
     The frame adds no column: write govuk-grid-row and -column- yourself where lines would get too long.
     Modes to override, all with the page as context and empty here: "head" (more in head), "before" (above main, below the breadcrumbs), "main".

     Public pages (no script, no viewer, nothing private):
         <xsl:call-template name="public-frame">
           <xsl:with-param name="title">…</xsl:with-param>  <xsl:with-param name="site">name of the partnership</xsl:with-param>
           <xsl:with-param name="main">…</xsl:with-param>   <xsl:with-param name="area">public (class app-public on body)</xsl:with-param>
         </xsl:call-template>
     Small helpers: name="csrf" (the hidden field for a POST form).
     Classes of app.css: app-scroll (a box round what is wide: <div class="app-scroll" role="region" tabindex="0" aria-labelledby="…">; app-rows besides: a table whose rows are lists on a telephone, its td with data-label),
     app-stats/app-stat/app-stat__n, app-bar (<progress class="app-bar">), app-filter, app-sort, app-sort__mark, app-mention, app-overdue, app-link-button, app-print-only, app-actions. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template name="page-frame">
	<xsl:param name="main" select="false()"/>
	<xsl:for-each select="/page">
		<html lang="en-GB" class="govuk-template">
			<head>
				<xsl:call-template name="page-head">
					<xsl:with-param name="title"><xsl:if test="problems/problem and not(starts-with(@title, 'Error: '))">Error: </xsl:if><xsl:value-of select="@title"/><xsl:call-template name="page-place"/></xsl:with-param>
					<xsl:with-param name="site" select="site/@name"/>
				</xsl:call-template>
				<meta name="robots" content="noindex, nofollow"/>
				<xsl:apply-templates select="." mode="head"/>
			</head>
			<body class="govuk-template__body app-staff">
				<!-- how long a session lives without a request; app.mjs warns before it ends -->
				<xsl:if test="viewer">
					<xsl:attribute name="data-session-minutes"><xsl:value-of select="viewer/@minutes"/><xsl:if test="not(string(viewer/@minutes))">30</xsl:if></xsl:attribute>
					<xsl:attribute name="data-csrf"><xsl:value-of select="viewer/@csrf"/></xsl:attribute>
				</xsl:if>
				<script src="/assets/js-enabled.js"></script>
				<a href="#main-content" class="govuk-skip-link" data-module="govuk-skip-link">Skip to main content</a>
				<header class="govuk-template__header">
					<xsl:call-template name="page-name"><xsl:with-param name="site" select="site/@name"/><xsl:with-param name="href" select="'/work'"/></xsl:call-template>
					<xsl:apply-templates select="nav[link]" mode="page-nav"/>
					<xsl:apply-templates select="viewer" mode="page-viewer"/>
				</header>
				<xsl:if test="@moved = 'yes'">
					<div class="app-clock" role="region" aria-label="Test clock">
						<p class="govuk-width-container govuk-body-s app-clock__text"><strong>The clock of this test system is moved.</strong> For it, now is <xsl:value-of select="@clock"/>.</p>
					</div>
				</xsl:if>
				<div class="govuk-width-container">
					<xsl:apply-templates select="trail[link]" mode="page-trail"/>
					<xsl:apply-templates select="." mode="before"/>
					<main class="govuk-main-wrapper" id="main-content">
						<!-- never both: the design system forbids a banner beside an error summary -->
						<xsl:choose>
							<xsl:when test="problems/problem"><xsl:apply-templates select="problems" mode="page-problems"/></xsl:when>
							<xsl:otherwise><xsl:apply-templates select="notice" mode="page-notice"/></xsl:otherwise>
						</xsl:choose>
						<xsl:choose>
							<xsl:when test="$main"><xsl:copy-of select="$main"/></xsl:when>
							<xsl:otherwise><xsl:apply-templates select="." mode="main"/></xsl:otherwise>
						</xsl:choose>
					</main>
				</div>
				<xsl:call-template name="page-footer"><xsl:with-param name="contact" select="site/@contact"/></xsl:call-template>
				<script type="module" src="/assets/app.mjs"></script>
			</body>
		</html>
	</xsl:for-each>
</xsl:template>
<!-- A title says of which document and case the page is: two tabs are told apart. -->
<xsl:template name="page-place">
	<xsl:variable name="title" select="@title"/>
	<xsl:if test="publication"> – Publication</xsl:if>
	<xsl:for-each select="trail/link[position() &gt; 1][not(contains($title, @text))]">
		<xsl:sort select="position()" data-type="number" order="descending"/>
		<xsl:value-of select="concat(' – ', @text)"/>
	</xsl:for-each>
</xsl:template>
<xsl:template match="page" mode="head"/>
<xsl:template match="page" mode="before"/>
<xsl:template match="page" mode="main"/>

<xsl:template name="public-frame">
	<xsl:param name="title"/>
	<xsl:param name="site"/>
	<xsl:param name="main"/>
	<xsl:param name="area" select="'public'"/>
	<html lang="en-GB" class="govuk-template">
		<head><xsl:call-template name="page-head"><xsl:with-param name="title" select="$title"/><xsl:with-param name="site" select="$site"/></xsl:call-template></head>
		<body class="govuk-template__body app-{$area}">
			<a href="#main-content" class="govuk-skip-link">Skip to main content</a>
			<header class="govuk-template__header">
				<xsl:call-template name="page-name"><xsl:with-param name="site" select="$site"/><xsl:with-param name="href" select="'/'"/></xsl:call-template>
			</header>
			<div class="govuk-width-container">
				<main class="govuk-main-wrapper" id="main-content"><xsl:copy-of select="$main"/></main>
			</div>
			<xsl:call-template name="page-footer"/>
		</body>
	</html>
</xsl:template>

<xsl:template name="page-head">
	<xsl:param name="title"/>
	<xsl:param name="site"/>
	<meta charset="utf-8"/>
	<title><xsl:value-of select="concat($title, ' – ', $site)"/></title>
	<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
	<meta name="theme-color" content="#0b5c63"/>
	<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml"/>
	<link rel="stylesheet" href="/assets/built/dossier.css"/>
</xsl:template>

<xsl:template name="page-name">
	<xsl:param name="site"/>
	<xsl:param name="href"/>
	<div class="govuk-generic-header app-header">
		<div class="govuk-generic-header__container govuk-width-container">
			<div class="govuk-generic-header__logo">
				<a href="{$href}" class="govuk-generic-header__homepage-link app-header__link"><xsl:value-of select="$site"/></a>
			</div>
		</div>
	</div>
</xsl:template>

<xsl:template match="nav" mode="page-nav">
	<div class="govuk-service-navigation" data-module="govuk-service-navigation">
		<div class="govuk-width-container">
			<div class="govuk-service-navigation__container">
				<nav aria-label="Menu" class="govuk-service-navigation__wrapper">
					<button type="button" class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle" aria-controls="navigation" hidden="hidden">Menu</button>
					<ul class="govuk-service-navigation__list" id="navigation">
						<xsl:for-each select="link">
							<li class="govuk-service-navigation__item{substring(' govuk-service-navigation__item--active', 1, 99 * (@current = 'yes'))}">
								<a class="govuk-service-navigation__link" href="{@href}">
									<xsl:choose>
										<xsl:when test="@current = 'yes'">
											<xsl:attribute name="aria-current">true</xsl:attribute>
											<strong class="govuk-service-navigation__active-fallback"><xsl:value-of select="@text"/></strong>
										</xsl:when>
										<xsl:otherwise><xsl:value-of select="@text"/></xsl:otherwise>
									</xsl:choose>
								</a>
							</li>
						</xsl:for-each>
					</ul>
				</nav>
			</div>
		</div>
	</div>
</xsl:template>

<xsl:template match="viewer" mode="page-viewer">
	<div class="app-viewer">
		<div class="govuk-width-container app-viewer__line">
			<span>Signed in as <strong><xsl:value-of select="@name"/></strong><xsl:if test="string(@roles-words)">, <xsl:value-of select="@roles-words"/></xsl:if><xsl:if test="string(@agency-name)">, <xsl:value-of select="@agency-name"/></xsl:if></span>
			<xsl:if test="string(../site/@marking)"><span class="app-viewer__marking"><xsl:value-of select="../site/@marking"/></span></xsl:if>
			<form class="app-viewer__out" method="post" action="/sign-out" novalidate="novalidate">
				<input type="hidden" name="csrf" value="{@csrf}"/>
				<button type="submit" class="app-link-button">Sign out</button>
			</form>
		</div>
	</div>
</xsl:template>

<xsl:template match="trail" mode="page-trail">
	<nav class="govuk-breadcrumbs" aria-label="Breadcrumb">
		<ol class="govuk-breadcrumbs__list">
			<xsl:for-each select="link">
				<li class="govuk-breadcrumbs__list-item">
					<xsl:choose>
						<xsl:when test="string(@href)"><a class="govuk-breadcrumbs__link" href="{@href}"><xsl:value-of select="@text"/></a></xsl:when>
						<xsl:otherwise><xsl:attribute name="aria-current">page</xsl:attribute><xsl:value-of select="@text"/></xsl:otherwise>
					</xsl:choose>
				</li>
			</xsl:for-each>
		</ol>
	</nav>
</xsl:template>

<xsl:template match="notice" mode="page-notice">
	<xsl:variable name="id" select="concat('notice', substring(concat('-', position()), 1, 9 * (position() &gt; 1)))"/>
	<div class="govuk-notification-banner{substring(' govuk-notification-banner--success', 1, 99 * (@kind = 'success'))}" role="region" aria-labelledby="{$id}" data-module="govuk-notification-banner">
		<xsl:if test="@kind = 'success'"><xsl:attribute name="role">alert</xsl:attribute></xsl:if>
		<div class="govuk-notification-banner__header">
			<h2 class="govuk-notification-banner__title" id="{$id}">
				<xsl:choose>
					<xsl:when test="string(@title)"><xsl:value-of select="@title"/></xsl:when>
					<xsl:when test="@kind = 'success'">Success</xsl:when>
					<xsl:otherwise>Important</xsl:otherwise>
				</xsl:choose>
			</h2>
		</div>
		<xsl:if test="string(.)"><div class="govuk-notification-banner__content"><p class="govuk-notification-banner__heading"><xsl:value-of select="."/></p></div></xsl:if>
	</div>
</xsl:template>

<xsl:template match="problems" mode="page-problems">
	<div class="govuk-error-summary" data-module="govuk-error-summary">
		<div role="alert">
			<h2 class="govuk-error-summary__title">There is a problem</h2>
			<div class="govuk-error-summary__body">
				<ul class="govuk-list govuk-error-summary__list">
					<xsl:for-each select="problem">
						<li>
							<xsl:choose>
								<xsl:when test="string(@href)"><a href="{@href}"><xsl:value-of select="@say"/></a></xsl:when>
								<xsl:otherwise><xsl:value-of select="@say"/></xsl:otherwise>
							</xsl:choose>
						</li>
					</xsl:for-each>
				</ul>
				<xsl:if test="@rest &gt; 0"><p>There are <xsl:value-of select="@rest"/> more. They are shown when these are put right.</p></xsl:if>
			</div>
		</div>
	</div>
</xsl:template>

<xsl:template name="page-footer">
	<xsl:param name="contact"/>
	<footer class="govuk-template__footer">
		<div class="govuk-footer app-footer">
			<div class="govuk-width-container">
				<div class="govuk-footer__meta">
					<div class="govuk-footer__meta-item govuk-footer__meta-item--grow">
						<h2 class="govuk-visually-hidden">Support links</h2>
						<ul class="govuk-footer__inline-list">
							<li class="govuk-footer__inline-list-item"><a class="govuk-footer__link" href="/about/accessibility">Accessibility statement</a></li>
							<li class="govuk-footer__inline-list-item"><a class="govuk-footer__link" href="/about/privacy">Privacy</a></li>
							<li class="govuk-footer__inline-list-item"><a class="govuk-footer__link" href="/about/contact">Contact</a></li>
						</ul>
						<xsl:if test="string($contact)"><p class="govuk-body-s app-footer__note">For help write to <xsl:value-of select="$contact"/>.</p></xsl:if>
					</div>
				</div>
			</div>
		</div>
	</footer>
</xsl:template>

<!-- For every POST form. -->
<xsl:template name="csrf"><input type="hidden" name="csrf" value="{/page/viewer/@csrf}"/></xsl:template>

</xsl:stylesheet>
