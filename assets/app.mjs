// Only adds: every page works without this file. Nothing is made from mark-up in strings (Trusted Types).
import { initAll } from '/assets/built/govuk-frontend.min.js'

initAll()

const minute = 60000
const make = (name, text, properties = {}) => Object.assign(document.createElement(name), { textContent: text }, properties)
const post = (address, body, headers = {}) => fetch(address, { method: 'POST', body, headers, credentials: 'same-origin', redirect: 'manual' })
let alive = Date.now() // when the server last heard from this session

// Saves what is typed as a draft, five seconds after the last key. It never checks anything and never moves the focus.
function autosave(form) {
	const rev = form.querySelector('input[name=rev]')
	const shown = make('p', '', { className: 'govuk-body-s app-saved' })
	const said = make('p', '', { className: 'govuk-body app-saved' }) // only failures and the first save are announced
	said.setAttribute('role', 'status')
	form.append(shown, said)
	let timer = 0, changed = 0, saved = 0, busy = false, stopped = false, leaving = false

	const say = (text, aloud) => { (aloud ? said : shown).textContent = text; if (!aloud) said.textContent = '' }
	const stop = text => { stopped = true; say(text, true) }
	const later = wait => { clearTimeout(timer); if (!stopped && !leaving) timer = setTimeout(save, wait) }
	async function save() {
		if (busy || stopped || leaving || saved === changed) return
		busy = true
		const at = changed
		const body = new URLSearchParams([...new FormData(form)].filter(([name, value]) => name !== 'once' && typeof value === 'string'))
		body.append('do', 'save') // without "once": that belongs to the person's own save
		try {
			const answer = await post(form.getAttribute('action') || location.href, body, { 'X-Autosave': '1' })
			if (answer.status === 204) {
				const first = saved === 0
				rev.value = answer.headers.get('X-Rev') || rev.value
				saved = at
				alive = Date.now()
				say(`Draft saved at ${new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`, first)
			} else if (answer.status === 409) stop('Someone else has changed this section. What you typed is still on this page. Select “Save and continue” to see both.')
			else if (answer.status === 401 || answer.type === 'opaqueredirect') stop('You have been signed out. Your answers are still on this page. Select “Save and continue” to sign in and save them.')
			else if (answer.status === 413) stop('This page is too long to be saved by itself. Select “Save and continue”.')
			else throw new Error(answer.status)
		} catch {
			say('Your last changes are not saved yet. We will keep trying.', true)
			later(30000)
		} finally {
			busy = false
			if (saved && saved !== changed) later(5000)
		}
	}
	form.addEventListener('input', () => { changed++; later(5000) })
	form.addEventListener('submit', () => { leaving = true; clearTimeout(timer) })
	document.addEventListener('visibilitychange', () => { if (document.hidden) save() })
	window.addEventListener('beforeunload', event => { if (changed !== saved && !leaving) event.preventDefault() })
	window.addEventListener('pageshow', () => { leaving = false })
}

// Warns five minutes before a session ends (WCAG 2.2.1) and lets it go on.
function warn(minutes, csrf) {
	const dialog = make('dialog', '', { className: 'app-dialog' })
	const heading = make('h2', 'You will soon be signed out', { className: 'govuk-heading-m', id: 'session-heading' })
	const text = make('p', '', { className: 'govuk-body', id: 'session-text' })
	const stay = make('button', 'Stay signed in', { type: 'button', className: 'govuk-button' })
	dialog.setAttribute('aria-labelledby', heading.id)
	dialog.setAttribute('aria-describedby', text.id)
	text.setAttribute('role', 'status')
	dialog.append(heading, text, stay)
	document.body.append(dialog)
	let over = false

	async function extend() {
		if (over) return dialog.close()
		try {
			const answer = await post('/session/extend', new URLSearchParams({ csrf }))
			if (!answer.ok) throw new Error(answer.status)
			alive = Date.now()
			dialog.close()
		} catch {
			text.textContent = 'You could not be kept signed in. What you typed is still on this page. Copy it or save it now.'
		}
	}
	stay.addEventListener('click', extend)
	dialog.addEventListener('cancel', event => { event.preventDefault(); extend() })
	setInterval(() => {
		const left = Math.ceil((alive + minutes * minute - Date.now()) / 1000)
		if (over || left > 300) return
		if (left <= 0) {
			over = true
			heading.textContent = 'You have been signed out'
			stay.textContent = 'Close this message'
		}
		const words = left <= 0 ? 'Your answers are still on this page. When you save, you are asked to sign in and then they are saved.'
			: left > 60 ? `For your security you will be signed out in ${Math.ceil(left / 60)} minutes.`
				: `For your security you will be signed out in ${Math.ceil(left / 15) * 15} seconds.`
		if (text.textContent !== words) text.textContent = words
		if (!dialog.open) dialog.showModal()
	}, 1000)
}

const form = document.querySelector('form[data-autosave]')
if (form) autosave(form)
const { sessionMinutes, csrf } = document.body.dataset
if (Number(sessionMinutes) > 0) warn(Number(sessionMinutes), csrf)
