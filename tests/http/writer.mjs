// People and systems that will not be put off: each does one thing after the other, and each thing until it is acknowledged. Used by kill.test and others:
//   writer.mjs send URL TOKEN-FILE PATH DOCUMENT STOP RECEIPTS   contributions until the file STOP is there; each receipt a line "document version sha256-of-what-was-sent"
//   writer.mjs check URL TOKEN-FILE PATH RECEIPTS                what of the receipts is not there, or is not what was sent; nothing is good
//   writer.mjs draft URL TOKEN-FILE PATH FIELD STOP RECEIPTS     saves a field of a section again and again; each answer a line "revision text"
//   writer.mjs release URL DIR PATH SLUG STOP RECEIPTS           prepares, approves, releases and withdraws a publication (tokens DIR/token.<login>); "released" or "withdrawn"
//                                                                for each answer, "unsure" for each release or withdrawal whose answer was lost
//   writer.mjs watch URL - PATH - STOP SEEN                      what the public reads there: "status sha256", once for each that differs from the last
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createHash, randomBytes } from 'node:crypto';

const [what, url, tokenFile, path, ...rest] = process.argv.slice(2);
const bearer = (file) => `Bearer ${readFileSync(file, 'utf8').trim()}`;
const authorization = what === 'release' || what === 'watch' ? '' : bearer(tokenFile);
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const counts = {};
const count = (what) => { counts[what] = (counts[what] ?? 0) + 1; };

async function send(body) {
	const answer = await fetch(url + path, { method: 'POST', body, signal: AbortSignal.timeout(20000),
		headers: { accept: 'application/xml', authorization, 'content-type': 'application/xml' } });
	const said = await answer.text();
	count(answer.status);
	if (answer.status !== 200 && answer.status !== 201) return [answer.status, null];
	return [answer.status, said.match(/<receipt document="([^"]*)" version="(\d+)" sha256="([^"]*)"/)];
}

async function sending(document, stop, receipts) {
	const text = readFileSync(document, 'utf8');
	for (let n = 1; !existsSync(stop); n++) {
		const body = `${text}<!-- ${process.pid} ${n} -->\n`, sha256 = hash(body);
		for (let receipt = null; !receipt;) {
			let status = 0;
			try { [status, receipt] = await send(body); } catch { count('cut off'); }
			if (status >= 400 && status < 500 && status !== 409) { console.log(`refused with ${status}`); process.exit(1); }
			if (receipt && receipt[3] !== sha256) { console.log('a receipt for other bytes'); process.exit(1); }
			if (receipt) appendFileSync(receipts, `${receipt[1]} ${receipt[2]} ${sha256}\n`);
			await pause(receipt ? 10 : 50);
		}
	}
	console.log(Object.entries(counts).map(([what, n]) => `${what}: ${n}`).join(', '));
}

async function check(receipts) {
	for (const line of readFileSync(receipts, 'utf8').split('\n').filter(Boolean)) {
		const [, version, sha256] = line.split(' ');
		const answer = await fetch(`${url}${path}/versions/${version}.xml`, { headers: { accept: 'application/xml', authorization } });
		const bytes = Buffer.from(await answer.arrayBuffer());
		if (answer.status !== 200 || hash(bytes) !== sha256) console.log(`version ${version}: ${answer.status}`);
	}
}

// One request until it is answered by the service itself; null when it was cut off or nobody was there.
async function ask(method, at, fields, as = authorization) {
	try {
		const answer = await fetch(url + at, { method, redirect: 'manual', signal: AbortSignal.timeout(20000), body: fields && (typeof fields === 'string' ? fields : new URLSearchParams(fields)),
			headers: { accept: 'application/xml', authorization: as, ...typeof fields === 'string' && { 'content-type': 'application/xml' } } });
		const text = await answer.text();
		count(answer.status);
		return answer.status >= 500 ? null : { status: answer.status, text };
	} catch { count('cut off'); return null; }
}
const insist = async (...args) => { for (;;) { const answer = await ask(...args); if (answer) return answer; await pause(50); } };
const told = () => console.log(Object.entries(counts).map(([what, n]) => `${what}: ${n}`).join(', '));

async function drafting(field, stop, receipts) {
	const rev = (page) => page.text.match(/ rev="(v?\d+)"/)[1];
	for (let n = 1, page = await insist('GET', path); !existsSync(stop); n++) {
		const once = randomBytes(10).toString('hex').replace(/[^0-9]/g, '7').slice(0, 16), text = `Text ${n}`;
		const saved = await insist('POST', path, { rev: rev(page), once, do: 'save', [field]: text });
		if (saved.status !== 200) { console.log(`refused with ${saved.status}`); process.exit(1); }
		page = await insist('GET', path);
		appendFileSync(receipts, `${rev(page)} ${text}\n`);
		await pause(20);
	}
	told();
}

const recognition = '<do-test-recognition id="rapid/do-test-recognition" version="1"><facts/><readers><reader><who>journalist</who><recognise>unlikely</recognise><why>It says nothing of a place.</why></reader></readers><siblings/><child-view/><attempt/></do-test-recognition>';

// What stands decides what is done next, so an answer that was lost is nothing to go wrong on.
async function releasing(slug, stop, receipts) {
	const as = (login) => bearer(`${tokenFile}/token.${login}`);
	const next = { draft: ['redactor', 'prepare'], withdrawn: ['redactor', 'prepare'], candidate: ['clearance', 'approve'], cleared: ['executive', 'approve'],
		approved: ['publisher', 'release'], released: ['duty', 'withdraw'] };
	for (let n = 1; !existsSync(stop) || n % 2; n++) {
		const page = await insist('GET', path, null, as('redactor')), [login, deed] = next[page.text.match(/<publication [^>]*state="([^"]*)"/)[1]];
		const test = page.text.match(/<action name="test"[^>]* href="([^"]*)"/);      // whether the child can be recognised: of each page that is made
		if (deed === 'approve' && test) await ask('POST', test[1], recognition, as('redactor'));
		const answer = await ask('POST', path, { do: deed, slug, published: page.text.match(/ day="([^"]*)"/)[1] }, as(login));
		if (answer && answer.status >= 400 && answer.status !== 409) { console.log(`${deed} refused with ${answer.status}`); process.exit(1); }
		const said = { release: 'released', withdraw: 'withdrawn' }[deed];
		if (said && answer?.status !== 409) appendFileSync(receipts, `${answer ? said : 'unsure'}\n`);
	}
	told();
}

async function watching(ignored, stop, seen) {
	for (let last = ''; !existsSync(stop); await pause(50)) {
		const answer = await fetch(url + path).catch(() => null), line = answer && `${answer.status} ${hash(Buffer.from(await answer.arrayBuffer()))}\n`;
		if (line && line !== last) appendFileSync(seen, last = line);
	}
}

await { send: sending, check, draft: drafting, release: releasing, watch: watching }[what](...rest);
