// A contributor's system that will not be put off: sends one document after the other, each until it is answered with a receipt. Used by kill.test:
//   writer.mjs send URL TOKEN-FILE PATH DOCUMENT STOP RECEIPTS   until the file STOP is there; each receipt a line "document version sha256-of-what-was-sent"
//   writer.mjs check URL TOKEN-FILE PATH RECEIPTS                what of the receipts is not there, or is not what was sent; nothing is good
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';

const [what, url, tokenFile, path, ...rest] = process.argv.slice(2);
const token = readFileSync(tokenFile, 'utf8').trim(), authorization = `Bearer ${token}`;
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
			if (receipt) appendFileSync(receipts, `${receipt[1]} ${receipt[2]} ${sha256}\n`); else await pause(50);
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

await (what === 'send' ? sending(...rest) : check(...rest));
