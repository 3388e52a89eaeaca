// What the public gets, looked at as words. Used by demo.test:
//   published.mjs text FILE                          the article line by line, as in tests/data/learning-expected.txt; a heading begins its paragraph's line
//   published.mjs absent LIST EXPECTED FILE…         what of the list stands in the files (LIST: tests/data/must-not-appear.txt), one a line; nothing is good
import { readFileSync } from 'node:fs';

const [what, ...rest] = process.argv.slice(2);
const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decode = (s) => s.replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (all, n) => n[0] !== '#' ? entities[n] ?? all : String.fromCodePoint(n[1] === 'x' ? parseInt(n.slice(2), 16) : parseInt(n.slice(1), 10)));
const plain = (s) => decode(s.replace(/<[^>]*>/g, '')).replace(/\s+/g, ' ').trim();

function lines(html) {
	const article = (html.match(/<article>([\s\S]*)<\/article>/) ?? ['', ''])[1], out = [];
	let heading = '';
	for (const [, tag, inner] of article.matchAll(/<(h1|h2|p|li)\b[^>]*>([\s\S]*?)<\/\1>/g)) {
		if (tag === 'h2') { if (heading) out.push(heading); heading = plain(inner); continue; }
		if (heading && tag === 'li') { out.push(heading); heading = ''; }
		out.push(heading ? `${heading} ${plain(inner)}` : plain(inner));
		heading = '';
	}
	return out;
}

const escape = (s) => s.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const asWord = (s) => new RegExp(`(?<![\\p{L}\\p{N}])${escape(s)}(?![\\p{L}\\p{N}])`, 'giu');
const count = (text, pattern) => [...text.matchAll(pattern)].length;

function absent(list, expected, files) {
	const fixture = readFileSync(expected, 'utf8'), found = [];
	for (const file of files) {
		const source = readFileSync(file, 'utf8'), isPage = /<article>/.test(source), line = isPage ? lines(source)[1] : '';
		// The source with its entities, and without: either may hide a name. Dates of publication are facts of their own lines.
		const texts = [source, decode(source), plain(source)];
		const dated = decode(source).replace(/<time[^>]*>[^<]*<\/time>|<updated>[^<]*<\/updated>|was withdrawn on [^<.]*\./g, '').replace(line, '');
		for (const [, kind, form] of readFileSync(list, 'utf8').matchAll(/^(word|anywhere|ordinary|months) (.+)$/gm)) {
			const pattern = kind === 'anywhere' ? new RegExp(escape(form), 'giu') : asWord(form);
			const bad = kind === 'months' ? count(dated, pattern) > 0 : kind === 'ordinary' ? texts.some((t) => count(t, pattern) > (isPage ? count(fixture, pattern) : 0)) : texts.some((t) => count(t, pattern) > 0);
			if (bad) found.push(`${form} in ${file.replace(/.*\//, '')}`);
		}
	}
	return found;
}

if (what === 'text') console.log(lines(readFileSync(rest[0], 'utf8')).join('\n'));
else console.log(absent(rest[0], rest[1], rest.slice(2)).join('\n'));
