// Hostile XML, made anew each time into a directory and never kept:
//   xml.mjs DOCUMENT DIRECTORY      a file for each row, and DIRECTORY/table: "file status code" a line
// DOCUMENT is a right one, so that most attacks hide in bytes that would be accepted without them. `4xx` in place of a code: nginx refuses.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const [document, directory] = process.argv.slice(2);
const right = readFileSync(document, 'utf8'), root = right.match(/<return [^>]*>/)[0];
const MB = 1 << 20;
const before = (text) => right.replace(root, () => text + root);                      // in front of the root element
const inside = (text) => right.replace('<author>', () => `<author>${text}`);         // in a field
const tag = (text) => right.replace('<head>', () => `<head ${text}>`);               // in a start tag
const after = (text) => right + text;
const declared = (text) => right.replace(/^<\?xml[^>]*\?>/, () => text);              // another XML declaration
const times = (n, make) => Array.from({ length: n }, (_, i) => make(i)).join('');
const bytes = (...parts) => Buffer.concat(parts.map((part) => typeof part === 'string' ? Buffer.from(part) : Buffer.from(part)));
const split = (text, ...middle) => { const [a, b] = text.split('@@'); return bytes(a, ...middle, b); };
const utf16 = (text, little) => { const b = Buffer.from(text, 'utf16le'); return little ? b : b.swap16(); };
const utf32 = (text) => { const b = Buffer.alloc(4 * text.length); [...text].forEach((c, i) => b.writeUInt32LE(c.codePointAt(0), 4 * i)); return b; };
const laughs = (n) => `<!ENTITY a0 "lol">` + times(n, (i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`);
const doctype = (subset) => before(`<!DOCTYPE return [${subset}]>`);
// The two Latin letters of EBCDIC and what marks mean there (code page 037): enough for <return/>.
const ebcdic = [0x4C, 0x6F, 0xA7, 0x94, 0x93, 0x40, 0xA5, 0x6E, 0x4C, 0x99, 0x85, 0xA3, 0xA4, 0x99, 0x95, 0x61, 0x6E];

const D = 'xml.doctype', I = 'xml.instruction', E = 'xml.encoding', C = 'xml.character', N = 'xml.namespace', S = 'xml.syntax';
const table = [
	// entities and document types
	['laughs', 400, D, () => doctype(laughs(9)).replace('<author>', '<author>&a9;')],
	['laughs-few', 400, D, () => doctype(laughs(3)).replace('<author>', '<author>&a3;')],
	['laughs-attribute', 400, D, () => doctype(laughs(9)).replace('<head>', '<head b="&a9;">')],
	['laughs-default', 400, D, () => doctype(`${laughs(9)}<!ATTLIST head b CDATA "&a9;">`)],
	['laughs-parameter', 400, D, () => doctype('<!ENTITY % p0 "<!--x-->">' + times(9, (i) => `<!ENTITY % p${i + 1} "${`&#37;p${i};`.repeat(10)}">`) + '%p9;')],
	['quadratic', 400, D, () => doctype(`<!ENTITY a "${'A'.repeat(100000)}">`).replace('<author>', '<author>' + '&a;'.repeat(20000))],
	['quadratic-small', 400, D, () => doctype(`<!ENTITY a "${'A'.repeat(5000)}">`).replace('<author>', '<author>' + '&a;'.repeat(2000))],
	['entity-loop', 400, D, () => doctype('<!ENTITY x "&y;"><!ENTITY y "&x;">').replace('<author>', '<author>&x;')],
	['entity-amp', 400, D, () => doctype('<!ENTITY amp "x"><!ENTITY lt "y">')],
	['entity-unknown', 400, 'xml.entity', () => inside('&nbsp;')],
	['entity-unknown-bare', 400, 'xml.entity', () => '<a>&nbsp;</a>'],
	['file', 400, D, () => doctype(`<!ENTITY x SYSTEM "file://${directory}/secret">`).replace('<author>', '<author>&x;')],
	['file-relative', 400, D, () => doctype('<!ENTITY x SYSTEM "secret">').replace('<author>', '<author>&x;')],
	['file-device', 400, D, () => doctype('<!ENTITY x SYSTEM "/dev/zero">').replace('<author>', '<author>&x;')],
	['file-environment', 400, D, () => doctype('<!ENTITY x SYSTEM "file:///proc/self/environ">').replace('<author>', '<author>&x;')],
	['file-parameter', 400, D, () => doctype(`<!ENTITY % p SYSTEM "file://${directory}/secret"> %p;`)],
	['http', 400, D, () => doctype('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">').replace('<author>', '<author>&x;')],
	['dtd-external', 400, D, () => before(`<!DOCTYPE return SYSTEM "file://${directory}/secret">`)],
	['dtd-public', 400, D, () => before('<!DOCTYPE return PUBLIC "-//Nobody//Nothing" "http://127.0.0.1:9/x.dtd">')],
	['dtd-bare', 400, D, () => before('<!DOCTYPE return>')],
	['dtd-lower-case', 400, D, () => before('<!doctype return>')],
	['dtd-default-attribute', 400, D, () => doctype('<!ATTLIST head role CDATA "admin">')],
	['dtd-notation', 400, D, () => doctype('<!NOTATION n SYSTEM "n"><!ENTITY x SYSTEM "x" NDATA n>')],
	['dtd-elements', 400, D, () => doctype(times(50000, (i) => `<!ELEMENT e${i} ANY>`))],
	['dtd-model', 400, D, () => doctype(`<!ELEMENT a ${'('.repeat(5000)}b${')'.repeat(5000)}>`)],
	['dtd-conditional', 400, D, () => inside('<![INCLUDE[x]]>')],
	['dtd-late', 400, D, () => after('<!DOCTYPE return>')],
	['dtd-in-attribute', 400, D, () => right.replace('<head>', '<head b="<!DOCTYPE x>">').replace(root, () => `<!DOCTYPE return>${root}`)],
	// instructions and versions
	['stylesheet', 400, I, () => before('<?xml-stylesheet type="text/xsl" href="http://127.0.0.1:9/x.xsl"?>')],
	['instruction-inside', 400, I, () => inside('<?php echo 1 ?>')],
	['instruction-after', 400, I, () => after('<?x?>')],
	['instruction-large', 400, I, () => inside(`<?p ${'x'.repeat(3 * MB)}?>`)],
	['declaration-late', 400, I, () => ` ${right}`],
	['declaration-twice', 400, I, () => before('<?xml version="1.0"?>')],
	['version-11', 400, 'xml.version', () => declared('<?xml version="1.1"?>')],
	['version-11-control', 400, 'xml.version', () => declared('<?xml version="1.1"?>').replace('<author>', '<author>&#1;')],
	['version-99', 400, 'xml.version', () => declared('<?xml version="9.9"?>')],
	// depth, width, size
	['deep-65', 400, 'xml.depth', () => inside('<a>'.repeat(65) + '</a>'.repeat(65))],
	['deep-255', 400, 'xml.depth', () => '<a>'.repeat(255) + '</a>'.repeat(255)],
	['deep-million', 400, 'xml.depth', () => '<a>'.repeat(1000000)],
	['deep-allowed', 422, 'form.root', () => '<a>'.repeat(64) + '</a>'.repeat(64)],
	['wide-million', 400, 'xml.nodes', () => `<r>${'<a/>'.repeat(1000000)}</r>`],
	['wide-inside', 400, 'xml.nodes', () => inside('<a/>'.repeat(200000))],
	['wide-allowed', 422, 'form.root', () => `<r>${'<a/>'.repeat(99999)}</r>`],
	['wide-unknown', 422, 'form.unknown-element', () => right.replace('<events>', '<events>' + '<x/>'.repeat(90000))],
	['attributes-65', 400, 'xml.attributes', () => tag(times(65, (i) => `a${i}="1" `))],
	['attributes-1000', 400, 'xml.attributes', () => tag(times(1000, (i) => `a${i}="1" `))],
	['attributes-100000', 400, 'xml.attributes', () => tag(times(100000, (i) => `a${i}="1" `))],
	['attributes-spread', 400, 'xml.nodes', () => inside(times(3000, () => `<a ${times(60, (i) => `b${i}="" `)}/>`))],
	['attribute-3mb', 400, 'xml.tag', () => tag(`b="${'x'.repeat(3 * MB)}"`)],
	['attribute-9mb', 413, '-', () => tag(`b="${'x'.repeat(9 * MB)}"`)],
	['attribute-open', 400, 'xml.tag', () => `<return b="${'x'.repeat(3 * MB)}`],
	['name-129', 400, 'xml.name', () => inside(`<${'n'.repeat(129)}/>`)],
	['name-60000', 400, 'xml.name', () => inside(`<${'n'.repeat(60000)}/>`)],
	['name-attribute', 400, 'xml.name', () => tag(`${'n'.repeat(60000)}=""`)],
	['names-many', 422, 'form.unknown-element', () => right.replace('<events>', '<events>' + times(80000, (i) => `<n${i}/>`))],
	['text-2mb', 400, 'xml.text', () => inside('x'.repeat(2 * MB))],
	['text-11mb', 413, '-', () => inside('x'.repeat(11 * MB))],
	['text-cdata', 400, 'xml.text', () => inside(`<![CDATA[${'x'.repeat(2 * MB)}]]>`)],
	['text-pieces', 400, 'xml.text', () => inside('0123456789<!-- -->&lt;'.repeat(120000))],
	['text-entities', 422, 'length', () => inside('&lt;'.repeat(1000000))],
	['comment-3mb', 400, 'xml.comment', () => inside(`<!--${'x'.repeat(3 * MB)}-->`)],
	['comment-open', 400, 'xml.comment', () => inside(`<!--${'x'.repeat(100000)}`).split('</return>')[0].replace(/-->/g, '')],
	['comments-many', 422, 'form.unknown-element', () => inside('<!--x-->'.repeat(400000)).replace('<events>', '<events><x/>')],
	['angles', 400, 'xml.tag', () => '<'.repeat(1000000)],
	['blanks-in-tag', 400, 'xml.tag', () => tag(' '.repeat(100000))],
	['one-byte-over', 413, 'request.too-large', () => right + ' '.repeat(4 * MB + 1 - Buffer.byteLength(right))],
	['largest-right', 422, 'form.unknown-element', () => { const x = right.replace('<events>', '<events><x/>'); return x + '\n'.repeat(4 * MB - Buffer.byteLength(x)); }],
	// namespaces and reserved attributes
	['ns-default', 400, N, () => right.replace(root, root.replace('>', ' xmlns="urn:x">'))],
	['ns-empty', 400, N, () => right.replace(root, root.replace('>', ' xmlns="">'))],
	['ns-prefix', 400, N, () => inside('<p:a xmlns:p="urn:x"/>')],
	['ns-prefix-empty', 400, N, () => inside('<p:a xmlns:p=""/>')],
	['ns-unbound', 400, N, () => inside('<p:a/>')],
	['ns-xml-redefined', 400, N, () => tag('xmlns:xml="http://evil/"')],
	['ns-many', 400, 'xml.attributes', () => tag(times(20000, (i) => `xmlns:a${i}="u${i}" `))],
	['ns-nested', 400, N, () => inside(times(60, (i) => `<a xmlns:n${i}="u${i}">`) + '</a>'.repeat(60))],
	['ns-same-twice', 400, N, () => inside('<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>')],
	['xinclude', 400, N, () => inside(`<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://${directory}/secret" parse="text"/>`)],
	['svg', 400, N, () => inside('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
	['soap', 400, N, () => '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>'],
	['ids', 400, N, () => inside(times(100000, (i) => `<a xml:id="i${i}"/>`))],
	['base', 400, N, () => tag('xml:base="http://127.0.0.1:9/"')],
	['space', 400, N, () => tag('xml:space="preserve"')],
	['attribute-twice', 400, S, () => tag('b="1" b="2"')],
	// encodings
	['utf16-le', 400, E, () => bytes([0xFF, 0xFE], utf16(right.replace('UTF-8', 'UTF-16'), true))],
	['utf16-be', 400, E, () => bytes([0xFE, 0xFF], utf16(right.replace('UTF-8', 'UTF-16'), false))],
	['utf16-no-mark', 400, E, () => utf16(right, false)],
	['utf16-doctype', 400, E, () => bytes([0xFF, 0xFE], utf16(doctype(laughs(9)), true))],
	['utf32', 400, E, () => bytes([0xFF, 0xFE, 0, 0], utf32(right))],
	['utf7', 400, E, () => declared('<?xml version="1.0" encoding="UTF-7"?>').replace('<author>', '<author>+ADw-script+AD4-')],
	['utf7-all', 400, E, () => '<?xml version="1.0" encoding="UTF-7"?>+ADw-return+AD4-+ADw-/return+AD4-'],
	['ebcdic', 400, E, () => bytes(ebcdic)],
	['latin1-declared', 400, E, () => declared('<?xml version="1.0" encoding="ISO-8859-1"?>')],
	['latin1-bytes', 400, E, () => split(inside('@@'), [0xE9])],
	['utf16-declared', 400, E, () => declared('<?xml version="1.0" encoding="UTF-16"?>')],
	['overlong', 400, E, () => split(inside('@@'), [0xC0, 0xBC], 'script', [0xC0, 0xBE])],
	['overlong-3', 400, E, () => split(inside('@@'), [0xE0, 0x80, 0xBC])],
	['surrogate', 400, E, () => split(inside('@@'), [0xED, 0xA0, 0x80])],
	['surrogates', 400, E, () => split(inside('@@'), [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80])],
	['not-utf8', 400, E, () => split(inside('@@'), [0xFF, 0xFE, 0xFD])],
	['non-character', 400, E, () => split(inside('@@'), [0xEF, 0xBF, 0xBF])],
	['beyond-unicode', 400, E, () => split(inside('@@'), [0xF4, 0x90, 0x80, 0x80])],
	['half-character', 400, E, () => split(inside('@@'), [0xE2, 0x82])],
	['mark-twice', 400, S, () => bytes([0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF], right)],
	['nul-inside', 400, E, () => split(inside('@@'), [0])],
	['nul-after', 400, E, () => bytes(right, [0], '<evil/>')],
	['nul-first', 400, E, () => bytes([0], right)],
	['control', 400, C, () => split(inside('@@'), [1, 8])],
	['escape', 400, C, () => split(inside('@@'), [0x1B], '[2J')],
	['reference-0', 400, C, () => inside('&#0;')],
	['reference-1', 400, C, () => inside('&#x1;')],
	['reference-surrogate', 400, C, () => inside('&#xD800;')],
	['reference-ffff', 400, C, () => inside('&#xFFFF;')],
	['reference-beyond', 400, C, () => inside('&#x110000;')],
	['reference-huge', 400, C, () => inside('&#99999999999999999999;')],
	// not a document, or not to its end
	['empty', 400, 'xml.empty', () => ''],
	['mark-only', 400, 'xml.empty', () => bytes([0xEF, 0xBB, 0xBF])],
	['words', 400, S, () => 'hello'],
	['json', 400, S, () => '{"return": {"id": "rapid/return"}}'],
	['html', 400, D, () => '<!DOCTYPE html><html><script>alert(1)</script></html>'],
	['csv', 400, S, () => '=HYPERLINK("http://127.0.0.1:9/","x"),1\n'],
	['trailing-text', 400, S, () => after('more')],
	['two-roots', 400, S, () => after('<return/>')],
	['cut', 400, S, () => right.slice(0, -10)],
	['crossed', 400, S, () => inside('<a><b></a></b>')],
	['cdata-end', 400, S, () => inside(']]>')],
	['comment-dashes', 400, S, () => inside('<!-- -- -->')],
	['gzip', 400, C, () => gzipSync(right)],
	['gzip-bomb', 400, C, () => gzipSync('<a>' + 'x'.repeat(50 * MB) + '</a>')],
	['zip', 400, C, () => bytes('PK', [3, 4, 20, 0, 0, 0], right)],
	// well-formed, and still not what was asked for
	['root-other', 422, 'form.root', () => '<html><body onload="x()"/></html>'],
	['root-case', 422, 'form.root', () => right.replace('<return ', '<RETURN ').replace('</return>', '</RETURN>')],
	['root-homoglyph', 422, 'form.root', () => right.replace('<return ', '<r\u0435turn ').replace('</return>', '</r\u0435turn>')],
	['form-traversal', 422, 'form.id', () => right.replace('rapid/return', '../../etc/passwd')],
	['form-version', 422, 'form.version', () => right.replace(root, root.replace(/version="\d+"/, 'version="99999999999999999999"'))],
	['element-unknown', 422, 'form.unknown-element', () => inside('<script>alert(1)</script>')],
	['element-homoglyph', 422, 'form.unknown-element', () => right.replace(/author>/g, '\u0430uthor>')],
	['attribute-unknown', 422, 'form.attribute', () => tag('onclick="alert(1)"')],
	['text-loose', 422, 'form.text', () => right.replace('<subjects>', '<subjects>loose')],
	['repeated', 422, 'form.repeated', () => right.replace(/<head>[^]*<\/head>/, (head) => head + head)],
	['rows-thousands', 422, 'form.rows', () => right.replace(/<subject>[^]*?<\/subject>/, (row) => row.repeat(2000))],
	['code-injection', 422, 'option', () => right.replace('<kind>full', "<kind>full' or '1'='1")],
	['xpath-injection', 422, 'reference', () => right.replace('<who>P1 P2', "<who>P1'] | //* | a['")],
];

// An attack that changes nothing would be the right document.
for (const [name, , , make] of table) if (Buffer.from(make()).equals(Buffer.from(right))) throw new Error(`${name} is the right document`);
mkdirSync(directory, { recursive: true });
writeFileSync(join(directory, 'secret'), 'TOPSECRET');
for (const [name, , , make] of table) writeFileSync(join(directory, name), make());
writeFileSync(join(directory, 'table'), table.map(([name, status, code]) => `${name} ${status} ${code}\n`).join(''));
