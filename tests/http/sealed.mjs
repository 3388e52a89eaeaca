// Does anything private stand in the clear in what a server keeps? Used by sealed.test:
//   sealed.mjs needles PUBLIC FILE…        from XML documents: names, forms, numbers, addresses and every sentence, one a line; without what PUBLIC (a file) says
//   sealed.mjs search NEEDLES ALLOWED PATH…   each needle, raw (as it stands, in small and in capital letters), in UTF-16LE and in base64 (three alignments, both
//                                          alphabets), in every file below the paths; what is found, one a line. ALLOWED: a file of strings that may stand there
//   sealed.mjs words NEEDLES ALLOWED FILE  the short needles too, as words of a text
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SHORTEST = 5;      // fewer bytes come up by chance in megabytes of ciphertext; those are searched in text only
const [what, ...rest] = process.argv.slice(2);
const decode = (s) => s.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, '&');
const named = /<(name|text|value|address|postcode|phone|email|informant-note|aliases)>([^<]+)</g;
const read = (file) => readFileSync(file, 'utf8').split('\n').filter(Boolean);

function needles(publicFile, files) {
	const open = readFileSync(publicFile, 'utf8').replace(/\s+/g, ' ').toLowerCase(), found = new Set();
	for (const file of files) {
		const source = readFileSync(file, 'utf8');
		for (const [, , text] of source.matchAll(named)) for (const part of decode(text).split(/;|\n/)) found.add(part.trim());
		for (const [, text] of source.matchAll(/>([^<]{12,})</g)) for (const part of decode(text).split('\n')) if (/\S \S/.test(part) && part.trim().length >= 12) found.add(part.trim());
	}
	return [...found].filter((s) => s.length >= 2 && !open.includes(s.toLowerCase()));
}

function base64(bytes) {
	const forms = [];
	for (let before = 0; before < 3; before++) {
		// The characters that are made of the needle's bits alone, whatever stands before and after it.
		const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64').replace(/=/g, '');
		const from = Math.ceil(before * 8 / 6), to = Math.floor((before + bytes.length) * 8 / 6);
		forms.push(text.slice(from, to));
	}
	return forms;
}
function formsOf(needle) {
	const list = [];
	for (const [how, text] of [['raw', needle], ['in small letters', needle.toLowerCase()], ['in capitals', needle.toUpperCase()]]) {
		list.push([how, Buffer.from(text)]);
		list.push([`UTF-16 ${how}`, Buffer.from(text, 'utf16le')]);
	}
	for (const form of base64(Buffer.from(needle))) for (const f of new Set([form, form.replace(/\+/g, '-').replace(/\//g, '_')])) list.push(['base64', Buffer.from(f)]);
	return list.filter(([, bytes]) => bytes.length >= SHORTEST);
}
const below = (path) => !statSync(path).isDirectory() ? [path] : readdirSync(path).flatMap((name) => below(join(path, name)));
function without(bytes, allowed) {
	for (const word of allowed)
		for (let at = bytes.indexOf(word); at >= 0; at = bytes.indexOf(word, at)) bytes.fill(0, at, at + Buffer.byteLength(word));
	return bytes;
}

function search(needleFile, allowedFile, paths) {
	const allowed = read(allowedFile), found = [];
	// A database cuts its rows over pages, so part of an allowed name ("marlbeck" of the agency's id) may stand alone: those forms prove nothing.
	const forms = read(needleFile).filter((n) => Buffer.byteLength(n) >= SHORTEST).flatMap((n) => formsOf(n).map(([how, bytes]) => [n, how, bytes]))
		.filter(([, , bytes]) => !allowed.some((a) => a.includes(bytes.toString())));
	let files = 0, size = 0;
	for (const file of paths.flatMap(below)) {
		if (!statSync(file).isFile()) continue;
		const bytes = without(readFileSync(file), allowed);
		files++;
		size += bytes.length;
		for (const [needle, how, form] of forms) if (bytes.includes(form)) found.push(`${needle} (${how}) in ${file}`);
	}
	console.error(`${forms.length} forms in ${files} files, ${size} bytes`);
	return found;
}

if (what === 'needles') console.log(needles(rest[0], rest.slice(1)).join('\n'));
else if (what === 'search') console.log(search(rest[0], rest[1], rest.slice(2)).join('\n'));
else {
	const text = without(readFileSync(rest[2]), read(rest[1])).toString();
	console.log(read(rest[0]).filter((n) => new RegExp(`(?<![\\p{L}\\p{N}])${n.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'u').test(text)).join('\n'));
}
