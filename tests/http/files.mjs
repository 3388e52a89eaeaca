// node files.mjs DIRECTORY: one small file of each kind that somebody may try to attach, made here byte by byte.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const dir = process.argv[2]
const table = Array.from({ length: 256 }, (_, n) => { for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1; return n >>> 0 })
const crc = bytes => (~bytes.reduce((c, b) => table[(c ^ b) & 255] ^ (c >>> 8), ~0)) >>> 0

// An archive whose members are not compressed.
function zip(members) {
	const parts = [], central = []
	let at = 0
	for (const [name, text] of Object.entries(members)) {
		const bytes = Buffer.from(text), shared = Buffer.alloc(26)
		shared.writeUInt16LE(20, 0); shared.writeUInt32LE(crc(bytes), 10); shared.writeUInt32LE(bytes.length, 14); shared.writeUInt32LE(bytes.length, 18); shared.writeUInt16LE(name.length, 22)
		const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, Buffer.from(name), bytes]), entry = Buffer.alloc(14)
		entry.writeUInt32LE(at, 10)
		central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), shared, entry, Buffer.from(name)]))
		parts.push(local)
		at += local.length
	}
	const end = Buffer.alloc(18), all = Buffer.concat(central)
	end.writeUInt16LE(parts.length, 4); end.writeUInt16LE(parts.length, 6); end.writeUInt32LE(all.length, 8); end.writeUInt32LE(at, 12)
	return Buffer.concat([...parts, all, Buffer.from('PK\x05\x06'), end])
}

const types = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
const rels = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
const word = { '[Content_Types].xml': types, '_rels/.rels': rels, 'word/document.xml': '<w/>' }
const pdf = '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'
const files = {
	'letter.pdf': pdf,
	'letter.docx': zip(word),
	'table.xlsx': zip({ '[Content_Types].xml': types, '_rels/.rels': rels, 'xl/workbook.xml': '<w/>' }),
	'letter.odt': zip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<o/>' }),
	'table.ods': zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<o/>' }),
	'picture.png': Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c6360000000020001e221bc330000000049454e44ae426082', 'hex'),
	'picture.jpg': Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb004300' + '08'.repeat(64) + 'ffd9', 'hex'),
	'scan.tif': Buffer.from('49492a00080000000000', 'hex'),
	'notes.txt': 'Notes of the visit.\nNobody was at home.\nÉ\n',
	'page.html': '<!DOCTYPE html><html><body><script>alert(1)</script></body></html>',
	'page.pdf': '<!DOCTYPE html><html><body><script>alert(1)</script></body></html>',
	'drawing.svg': '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
	'program.exe': Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200), Buffer.from('PE\0\0')]),
	'files.zip': zip({ 'a.txt': 'a' }),
	'old.doc': Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
	'macros.docx': zip({ ...word, 'word/vbaProject.bin': 'x' }),
	'script.sh': '#!/bin/sh\nrm -r /\n',
	'latin.txt': Buffer.concat([Buffer.from('Notes of a visit, caf'), Buffer.from([0xe9, 0x0a])]),
	'nul.txt': 'Notes of a visit\0\n',
	'empty.pdf': '',
	'note.eml': 'From: a@example.org\r\nTo: b@example.org\r\nSubject: Hello\r\nMIME-Version: 1.0\r\n\r\nHello\r\n',
}
for (const [name, bytes] of Object.entries(files)) writeFileSync(join(dir, name), bytes)
