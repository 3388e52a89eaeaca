// Hostile HTTP, byte by byte over a socket, because a client library would tidy it up. The table: name, bytes, right status, and what the answer must
// or must not hold. Environment (http.test): PORT, CASE, OWN and FOREIGN (two agencies' returns), SESSION, CSRF, OTHER_CSRF, TOKEN, ACCOUNT, SECRET.
// Prints a line "ok|not ok TAB name TAB detail" for each.
import { createConnection } from 'node:net';

const { PORT, CASE, OWN, FOREIGN, SESSION, CSRF, OTHER_CSRF, TOKEN, ACCOUNT, SECRET } = process.env;
const host = `localhost:${PORT}`, origin = `http://${host}`, absent = OWN.replace(/.{4}$/, (end) => (end === 'zzzz' ? 'yyyy' : 'zzzz'));
const latin = (...parts) => Buffer.concat(parts.map((part) => typeof part === 'string' ? Buffer.from(part, 'utf8') : Buffer.from(part)));

// --- making requests --------------------------------------------------------------------------------------------------------
const heads = (list) => list.map(([name, value]) => `${name}: ${value}\r\n`).join('');
const bare = (method, path, list = [], body = '') => latin(method, ' ', path, ' HTTP/1.1\r\nHost: ', host, '\r\nConnection: close\r\n', heads(list), '\r\n', body);
const asXml = [['Accept', 'application/xml']], cookie = (value = `dossier=${SESSION}`) => [['Cookie', value]];
const bearer = (token = TOKEN, scheme = 'Bearer') => [['Authorization', `${scheme} ${token}`]];
const get = (path, ...lists) => bare('GET', path, [...cookie(), ...lists.flat()]);
const asProgram = (method, path, ...lists) => bare(method, path, [...bearer(), ...asXml, ...lists.flat()]);
const FORM = 'application/x-www-form-urlencoded';
const post = (path, body, { type = FORM, headers = [], jar = cookie(), length } = {}) => {
	const bytes = Buffer.from(body);
	return latin(bare('POST', path, [...jar, ['Origin', origin], ['Sec-Fetch-Site', 'same-origin'], ['Content-Type', type], ['Content-Length', length ?? bytes.length], ...headers]), bytes);
};
const form = (path, fields, options) => post(path, `csrf=${CSRF}${fields && `&${fields}`}`, options);
const EDIT = `${OWN}/edit/head`;
const edit = (fields, options) => form(EDIT, fields, options);
const part = (head, text) => `--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${text}\r\n`;
const token = part('name="csrf"', CSRF);
const multi = (body, type = 'multipart/form-data; boundary=b', path = OWN) => post(path, body, { type });
const many = (n, make) => Array.from({ length: n }, (_, i) => make(i)).join('');

// --- the table --------------------------------------------------------------------------------------------------------------
const leak = /root:|BEGIN |sqlite|dossier\.db|\/tmp\/|\.c:\d|talloc|Segmentation/;
const script = /<script>alert|onerror=|javascript:/i;
const rows = [];
const group = (...list) => rows.push(...list);

// addresses: steps upwards, encodings, what is no text
group(
	['steps up, from the root', bare('GET', '/../../etc/passwd'), 400],
	['steps up, from the work', get('/work/../../etc/passwd'), 400],
	['steps up, encoded', get('/work/%2e%2e/%2e%2e/etc/passwd'), 400],
	['steps up, half encoded', get('/work/.%2e/.%2e/etc/passwd'), 400],
	['steps up, encoded twice', get('/work/%252e%252e/%252e%252e/etc/passwd'), 404],
	['steps up within the work', get('/work/cases/../../health'), 400],
	['steps up, encoded slash', get('/work/..%2f..%2fetc/passwd'), 400],
	['steps up, overlong', get('/work/%c0%ae%c0%ae/etc/passwd'), 400],
	['steps up, backslash', get('/work/..%5c..%5cetc%5cpasswd'), 400],
	['steps up, backslash as it is', get('/work/..\\..\\etc\\passwd'), 400],
	['steps up, full width dots', get('/work/%ef%bc%8e%ef%bc%8e/etc/passwd'), 404],
	['a single dot', get('/work/./cases'), 404],
	['two slashes', get('//work'), 400],
	['two slashes within', get('/work//cases'), 400],
	['a slash at the end', get(`${CASE}/`), [200, 404]],
	['an encoded slash for a slash', get(CASE.replace('/cases/', '/cases%2F')), 400],
	['a NUL, encoded', get('/work%00'), 400],
	['a NUL as it is', latin('GET /work\0x HTTP/1.1\r\nHost: ', host, '\r\nConnection: close\r\n\r\n'), 400],
	['a line end, encoded', get('/work%0d%0aSet-Cookie:%20a=b'), [400, 404], { unlike: /^Set-Cookie: a=b/mi }],
	['a line end, encoded, nobody signed in', bare('GET', '/work%0d%0aSet-Cookie:%20a=b'), [400, 404], { unlike: /^Set-Cookie: a=b/mi }],
	['a control character', get('/work/%07'), 400],
	['a delete character', get('/work/%7f'), 400],
	['bytes that are not UTF-8', get('/work/%ff%fe'), 400],
	['a surrogate', get('/work/%ed%a0%80'), 400],
	['bytes that are not UTF-8, as they are', latin('GET /work/', [0xff, 0xfe], ' HTTP/1.1\r\nHost: ', host, '\r\nConnection: close\r\n\r\n'), 400],
	['a percent sign alone', get('/work/%'), 400],
	['a percent sign with letters', get('/work/%zz'), 400],
	['an address of 9,000 bytes', get(`/work/${'a'.repeat(9000)}`), 414],
	['an address of 60 steps', get('/work' + '/a'.repeat(60)), 404],
	['mark-up in an address', get('/work/%3Cscript%3Ealert(1)%3C/script%3E'), 404, { unlike: script }],
	['mark-up in an address, nobody signed in', bare('GET', '/work/%22%3E%3Cscript%3Ealert(1)%3C%2fscript%3E'), 400, { unlike: script }],
	['a whole address of another host', bare('GET', 'http://evil.example/work'), 303, { unlike: /evil/ }],
	['a fragment', get('/work#x'), [200, 400]],
);
// the static trees
group(
	['the database', bare('GET', '/db/dossier.db'), 404],
	['the master key', bare('GET', '/keys/master'), 404],
	['the socket', bare('GET', '/run/dossier.sock'), 404],
	['the configuration', bare('GET', '/dossier.conf'), 404],
	['the published folder by name', bare('GET', '/published/index.html'), 404],
	['a tombstone by name', bare('GET', '/withdrawn/learning/x.html'), 404],
	['nginx’s own page by name', bare('GET', '/_503.html'), 404],
	['version control', bare('GET', '/.git/config'), 404],
	['a hidden file', bare('GET', '/.env'), 404],
	['assets: the folder', bare('GET', '/assets/'), 404],
	['assets: out of it', bare('GET', '/assets/../data/words.txt'), 404],
	['assets: out of it, encoded', bare('GET', '/assets/..%2f..%2f..%2fetc/passwd'), 400],
	['assets: out of the alias', bare('GET', '/assets../forms/shared/lists.xml'), 404],
	['assets: how they are built', bare('GET', '/assets/build.sh'), 404],
	['assets: the packages', bare('GET', '/assets/package.json'), 404],
	['assets: a package’s files', bare('GET', '/assets/node_modules/govuk-frontend/package.json'), 404],
	['assets: a NUL and another ending', bare('GET', '/assets/built/dossier.css%00.html'), 400],
	['published: a file with its ending', bare('GET', '/learning/index.html'), 404],
	['published: out of it', bare('GET', '/learning/..%2f..%2fdb/dossier.db'), [400, 404]],
	['published: capital letters', bare('GET', '/LEARNING/X'), 404],
	['published: a folder up', bare('GET', '/learning/../../db/dossier.db'), 400],
	['about: a file with its ending', bare('GET', '/about/privacy.html'), 404],
	['about: out of it', bare('GET', '/about/..%2f413'), 404],
	['a server’s status page', bare('GET', '/nginx_status'), 404],
	['a script of another system', bare('GET', '/wp-login.php'), 404],
);
// methods
group(
	['PUT', bare('PUT', CASE, cookie()), 405],
	['DELETE', bare('DELETE', OWN, cookie()), 405],
	['PATCH', bare('PATCH', OWN, cookie()), 405],
	['OPTIONS', bare('OPTIONS', '/work', cookie()), 405],
	['OPTIONS of everything', bare('OPTIONS', '*'), 400],
	['TRACE', bare('TRACE', '/work', [...cookie(), ['X-Planted', 'planted']]), 405, { unlike: /planted/ }],
	['CONNECT', latin('CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n'), [400, 405]],
	['a method nobody knows', bare('BREW', '/work', cookie()), 405],
	['a method in small letters', bare('get', '/work', cookie()), 400],
	['another method by header', get('/work', [['X-HTTP-Method-Override', 'DELETE']]), 200],
	['HEAD of an address that is posted to', bare('HEAD', '/sign-out', cookie()), 405],
	['GET of an address that is posted to', get('/sign-out'), 405],
	['POST to what is only read', form(`${CASE}/history`, ''), 405],
	['POST to a published page', bare('POST', '/learning/x', [['Content-Length', 0]]), [404, 405]],
	['DELETE of a style sheet', bare('DELETE', '/assets/built/dossier.css'), 405],
	['PUT of a published page', bare('PUT', '/learning/planted', [['Content-Length', 7]], 'planted'), [404, 405]],
);
// hosts, lines and lengths
group(
	['no host', latin('GET /work HTTP/1.1\r\nConnection: close\r\n\r\n'), 400],
	['two hosts', bare('GET', '/work', [['Host', 'evil.example']]), 400],
	['a host that is no host', latin('GET /work HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n'), 400],
	['a host with a path', latin('GET /work HTTP/1.1\r\nHost: x/../y\r\nConnection: close\r\n\r\n'), 400],
	['another host is not told on', latin('GET /work HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n'), 303, { unlike: /evil/ }],
	['nor a forwarded one', get('/work', [['X-Forwarded-Host', 'evil.example'], ['Forwarded', 'host=evil.example']]), 200, { unlike: /evil/ }],
	['another address of the client', get('/work', [['X-Forwarded-For', '127.0.0.1'], ['X-Real-IP', '127.0.0.1']]), 200],
	['another address by header', get('/work', [['X-Original-URL', '/sandbox/clock'], ['X-Rewrite-URL', '/sandbox/clock']]), 200],
	['parameters of the server by header', bare('GET', '/work', [['Remote-User', 'admin'], ['HTTP-AUTHORIZATION', `Bearer ${TOKEN}`], ['Request-Uri', '/health']]), 303],
	['a proxy by header', get('/work', [['Proxy', 'http://evil.example']]), 200],
	['a line that is folded', latin('GET /work HTTP/1.1\r\nHost: ', host, '\r\nX-A: a\r\n b\r\nConnection: close\r\n\r\n'), [303, 400]],
	['a blank before the colon', latin('GET /work HTTP/1.1\r\nHost: ', host, '\r\nCookie : dossier=', SESSION, '\r\nConnection: close\r\n\r\n'), [303, 400]],
	['a NUL in a header', latin('GET /work HTTP/1.1\r\nHost: ', host, '\r\nX-A: a\0b\r\nConnection: close\r\n\r\n'), 400],
	['a header without a colon', latin('GET /work HTTP/1.1\r\nHost: ', host, '\r\nnonsense\r\nConnection: close\r\n\r\n'), [303, 400]],
	['a header of 9,000 bytes', get('/work', [['X-A', 'a'.repeat(9000)]]), 400],
	['a thousand headers', get('/work', Array.from({ length: 1000 }, (_, i) => [`X-${i}`, 'a'.repeat(40)])), 400],
	['another version', latin('GET /work HTTP/9.9\r\nHost: ', host, '\r\n\r\n'), 505],
	['no version that can be read', latin('GET /work HTTX/1.1\r\nHost: ', host, '\r\n\r\n'), 400],
	['the next version’s first words', latin('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), [400, 405, 505]],
	['the first bytes of TLS', latin([0x16, 3, 1, 0, 0xa5, 1, 0, 0, 0xa1, 3, 3], 'x'.repeat(60), '\r\n\r\n'), 400],
	['a range of a page', get('/work', [['Range', 'bytes=0-9']]), 200],
	['many ranges of a style sheet', bare('GET', '/about/privacy', [['Range', `bytes=${many(200, (i) => `${i}-${i + 1},`)}5-`]]), 200],
	['a continuation is waited for', bare('POST', '/sign-in', [['Expect', '100-continue'], ['Content-Length', 7], ['Content-Type', FORM]], 'login=x'), [100, 422]],
	['an expectation that nobody knows', bare('GET', '/health', [['Expect', 'the-unexpected']]), [200, 417]],
	['an upgrade', get('/work', [['Upgrade', 'h2c'], ['HTTP2-Settings', 'AAMAAABkAARAAAAAAAIAAAAA']]), 200],
);
// one request in another
const hidden = `GET ${OWN}/versions/1.xml HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`;
group(
	['two lengths', latin('POST /sign-in HTTP/1.1\r\nHost: ', host, '\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\nlogin', hidden), 400, { answers: 1 }],
	['a length and chunks', latin('POST /sign-in HTTP/1.1\r\nHost: ', host, '\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', hidden), 400, { answers: 1 }],
	['chunks with a blank before the colon', latin('POST /sign-in HTTP/1.1\r\nHost: ', host, '\r\nTransfer-Encoding : chunked\r\nContent-Length: 5\r\nConnection: close\r\n\r\n0\r\n\r\n', hidden), [400, 401, 422], { answers: 1 }],
	['chunks by another name', latin('POST /sign-in HTTP/1.1\r\nHost: ', host, '\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n', hidden), 501, { answers: 1 }],
	['chunks and identity', latin('POST /sign-in HTTP/1.1\r\nHost: ', host, '\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n', hidden), [400, 501], { answers: 1 }],
	['chunks, said twice', latin('POST /sign-in HTTP/1.1\r\nHost: ', host, '\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', hidden), [400, 501], { answers: 1 }],
	['a chunk of a length that is none', latin('POST /sign-in HTTP/1.1\r\nHost: ', host, '\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n', hidden), 400, { answers: 1 }],
	['a chunk of 2^64 bytes', latin('POST /sign-in HTTP/1.1\r\nHost: ', host, '\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000000\r\n', hidden), [400, 413], { answers: 1 }],
	['a length below nothing', post('/sign-in', 'login=x', { length: -1 }), 400],
	['a length with a sign', post('/sign-in', 'login=x', { length: '+7' }), 400],
	['a length in another base', post('/sign-in', 'login=x', { length: '0x7' }), 400],
	['a length of 10^30', post('/sign-in', 'login=x', { length: '1' + '0'.repeat(30) }), [400, 413]],
	['a length with a list', post('/sign-in', 'login=x', { length: '7, 7' }), 400],
	['a request in the body of a GET', latin(bare('GET', '/health', [['Content-Length', hidden.length]]), hidden), 200, { answers: 1 }],
	['line ends without returns', latin('GET /health HTTP/1.1\nHost: ', host, '\nConnection: close\n\n'), [200, 400], { answers: 1 }],
);
// who is asking
const stranger = { unlike: new RegExp(ACCOUNT) };
group(
	['no cookie', bare('GET', CASE), 303, stranger],
	['an empty cookie', bare('GET', CASE, cookie('dossier=')), 303, stranger],
	['a cookie of nonsense', bare('GET', CASE, cookie('dossier=%00%ff"\';--')), 303, stranger],
	['a cookie of 7,000 bytes', bare('GET', CASE, cookie(`dossier=${'a'.repeat(7000)}`)), 303, stranger],
	['a session cut short', bare('GET', CASE, cookie(`dossier=${SESSION.slice(0, -1)}`)), 303, stranger],
	['a session with a letter more', bare('GET', CASE, cookie(`dossier=${SESSION}a`)), 303, stranger],
	['a session in other letters', bare('GET', CASE, cookie(`dossier=${SESSION.toUpperCase()}`)), 303, stranger],
	['a session under another name', bare('GET', CASE, cookie(`xdossier=${SESSION}; Dossier=${SESSION}; dossier2=${SESSION}`)), 303, stranger],
	['a session under the name that TLS needs', bare('GET', CASE, cookie(`__Host-dossier=${SESSION}`)), 303, stranger],
	['a thousand cookies', bare('GET', CASE, cookie(many(1000, (i) => `c${i}=1; `) + 'x=y')), [303, 400], stranger],
	['a token with a letter changed', bare('GET', CASE, [...bearer(TOKEN.replace(/.$/, (c) => (c === 'a' ? 'b' : 'a'))), ...asXml]), 401, stranger],
	['an empty token', bare('GET', CASE, [...bearer(''), ...asXml]), 401, stranger],
	['a token of 7,000 bytes', bare('GET', CASE, [...bearer('d1_' + 'a'.repeat(7000)), ...asXml]), 401, stranger],
	['a token that is SQL', bare('GET', CASE, [...bearer("' OR 1=1 --"), ...asXml]), 401, stranger],
	['a wrong token beside a right session', bare('GET', CASE, [...bearer('d1_wrong'), ...cookie(), ...asXml]), 401, stranger],
	['the token’s scheme in small letters', bare('GET', CASE, [...bearer(TOKEN, 'bearer'), ...asXml]), 200],
	['another scheme', bare('GET', CASE, [['Authorization', 'Basic YWRtaW46YWRtaW4='], ...asXml]), 401, stranger],
	['a token in the query', bare('GET', `${CASE}?token=${TOKEN}&access_token=${TOKEN}`), 303, stranger],
	['a session in the query', bare('GET', `${CASE}?dossier=${SESSION}`), 303, stranger],
);
// another site’s form
const alone = (fields, more = {}) => post(EDIT, fields, more);
group(
	['no token of the page', alone('rev=0&do=save&head.author=planted'), 403],
	['an empty one', alone('csrf=&do=save&head.author=planted'), 403],
	['another person’s', alone(`csrf=${OTHER_CSRF}&do=save&head.author=planted`), 403],
	['the beginning of the right one', alone(`csrf=${CSRF.slice(0, 8)}&do=save&head.author=planted`), 403],
	['the right one and more', alone(`csrf=${CSRF}x&do=save&head.author=planted`), 403],
	['a wrong one before the right one', alone(`csrf=x&csrf=${CSRF}&do=save&head.author=planted`), 403],
	['the right one in the query', post(`${EDIT}?csrf=${CSRF}`, 'do=save&head.author=planted'), 403],
	['the right one as plain text', alone(`csrf=${CSRF}&do=save&head.author=planted`, { type: 'text/plain' }), 403],
	['the right one as JSON', alone(`{"csrf":"${CSRF}"}`, { type: 'application/json' }), 403],
	['the right one in a mixed body', alone(`--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n${CSRF}\r\n--b--\r\n`, { type: 'multipart/mixed; boundary=b' }), 403],
	['a document sent with a session', alone('<return/>', { type: 'application/xml' }), 403],
	['from another origin', bare('POST', EDIT, [...cookie(), ['Origin', 'https://evil.example'], ['Content-Type', FORM], ['Content-Length', 5 + CSRF.length]], `csrf=${CSRF}`), 403],
	['from an origin that begins like ours', bare('POST', EDIT, [...cookie(), ['Origin', `${origin}.evil.example`], ['Content-Type', FORM], ['Content-Length', 5 + CSRF.length]], `csrf=${CSRF}`), 403],
	['from another site', bare('POST', EDIT, [...cookie(), ['Sec-Fetch-Site', 'cross-site'], ['Content-Type', FORM], ['Content-Length', 5 + CSRF.length]], `csrf=${CSRF}`), 403],
	['from a neighbour', bare('POST', EDIT, [...cookie(), ['Sec-Fetch-Site', 'same-site'], ['Content-Type', FORM], ['Content-Length', 5 + CSRF.length]], `csrf=${CSRF}`), 403],
	['signing out from another site', bare('POST', '/sign-out', [...cookie(), ['Origin', 'https://evil.example'], ['Content-Type', FORM], ['Content-Length', 0]]), 403],
	['signing in from another site', bare('POST', '/sign-in', [['Origin', 'https://evil.example'], ['Content-Type', FORM], ['Content-Length', 7]], 'login=x'), 403],
	['another site asks beforehand', bare('OPTIONS', OWN, [['Origin', 'https://evil.example'], ['Access-Control-Request-Method', 'POST']]), 405, { unlike: /^Access-Control-Allow/mi }],
);
// fields of forms
group(
	['more fields than a form has', edit(many(5000, (i) => `&a${i}=1`).slice(1)), 400],
	['a name of 600 bytes', edit(`${'a'.repeat(600)}=1`), 400],
	['a body of 3 MB', edit(`head.author=${'a'.repeat(3 << 20)}`), 413],
	['a percent sign alone, in a value', edit('head.author=%'), 400],
	['a NUL in a value', edit('head.author=a%00b'), 400],
	['a NUL in a name', edit('head.author%00x=a'), 400],
	['bytes that are not UTF-8, in a value', edit('head.author=%ff%fe'), 400],
	['a surrogate in a value', edit('head.author=%ed%a0%80'), 400],
	['a non-character in a value', edit('head.author=%ef%bf%bf'), 400],
	['a control character in a value', edit('head.author=%1b%5b2J'), 400],
	['a field that the form does not have', edit('do=save&rev=0&head.planted=1'), 422],
	['a name with steps up', edit('do=save&rev=0&..%2f..%2fhead=1'), 422],
	['a name of a prototype', edit('do=save&rev=0&__proto__.x=1'), 422],
	['a name that is XPath', edit("do=save&rev=0&head%5b1%3d1%5d%2f*=1"), 422],
	['a row far away', edit('do=save&rev=0&subjects.subject.999999999.who=P1'), 422],
	['a row below nothing', edit('do=save&rev=0&subjects.subject.-1.who=P1'), 422],
	['a row of no number', edit('do=save&rev=0&subjects.subject.0.who=P1'), 422],
	['a row of 2^64', edit('do=save&rev=0&subjects.subject.18446744073709551617.who=P1'), 422],
	['a button that adds rows elsewhere', edit('do=add:events.event&rev=0'), 422],
	['a button that removes rows elsewhere', edit('do=remove:events.event.1&rev=0'), 422],
	['a button that adds what is no row', edit('do=add:head&rev=0'), 422],
	['a button that removes what is no row', edit('do=remove:head&rev=0'), 422],
);
// bodies in parts
group(
	['parts: no boundary', multi(`${token}--b--\r\n`, 'multipart/form-data'), 400],
	['parts: an empty boundary', multi(`${token}--b--\r\n`, 'multipart/form-data; boundary='), 400],
	['parts: a boundary of 71 bytes', multi(`--${'b'.repeat(71)}--\r\n`, `multipart/form-data; boundary=${'b'.repeat(71)}`), 400],
	['parts: another boundary', multi(`${token}--b--\r\n`, 'multipart/form-data; boundary=c'), 400],
	['parts: no end', multi(token), 400],
	['parts: words before', multi(`words\r\n${token}--b--\r\n`), 400],
	['parts: line ends without returns', multi(`${token}--b--\r\n`.replace(/\r/g, '')), 400],
	['parts: no name', multi(`${token}${part('x="y"', '1')}--b--\r\n`), 400],
	['parts: not form data', multi(`${token}--b\r\nContent-Disposition: attachment; name="x"\r\n\r\n1\r\n--b--\r\n`), 400],
	['parts: a head without an end', multi(`${token}--b\r\nContent-Disposition: form-data; name="x"\r\n--b--\r\n`), 400],
	['parts: a head of 5,000 bytes', multi(`${token}--b\r\nContent-Disposition: form-data; name="x"\r\nX-A: ${'a'.repeat(5000)}\r\n\r\n1\r\n--b--\r\n`), 400],
	['parts: two dispositions', multi(`${token}--b\r\nContent-Disposition: form-data; name="x"\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n1\r\n--b--\r\n`), 400],
	['parts: encoded', multi(`${token}--b\r\nContent-Disposition: form-data; name="x"\r\nContent-Transfer-Encoding: base64\r\n\r\nMQ==\r\n--b--\r\n`), 400],
	['parts: a NUL in a head', multi(`${token}--b\r\nContent-Disposition: form-data; name="x\0y"\r\n\r\n1\r\n--b--\r\n`), 400],
	['parts: a NUL in a value', multi(`${token}${part('name="x"', 'a\0b')}--b--\r\n`), 400],
	['parts: 6,000 of them', multi(`${token}${many(6000, (i) => part(`name="a${i}"`, '1'))}--b--\r\n`), 400],
	['parts: a form that is not in parts', multi(`csrf=${CSRF}&do=save`), 400],
	['parts: a file with steps up in its name', multi(`${token}${part('name="xml"; filename="../../planted.xml"', '<planted/>')}--b--\r\n`), 422, { unlike: /\.\.\/\.\.\/planted/ }],
	['parts: a file with mark-up in its name', multi(`${token}${part('name="xml"; filename="<script>alert(1)</script>.xml"', '<x/>')}--b--\r\n`), 422, { unlike: script }],
	['parts: an empty file', multi(`${token}${part('name="xml"; filename="x.xml"', '')}--b--\r\n`), [400, 422]],
	['parts: a file that is no XML', multi(`${token}${part('name="xml"; filename="x.xml"', '\x7fELF\x02\x01\x01')}--b--\r\n`), 400],
);
// clients that others wrote: what they mean is understood, or they are told what to do; nobody's document is so short that it is one
const doc = (headers, bytes = '<return/>', line = `POST ${OWN} HTTP/1.1`) => latin(`${line}\r\nHost: ${host}\r\nConnection: close\r\n`,
	[...bearer(), ...asXml, ...headers].map(([name, value]) => `${name}: ${value}\r\n`).join(''), '\r\n', bytes);
const xmlType = (type = 'application/xml') => [['Content-Type', type], ['Content-Length', 9]];
const told = (code) => ({ like: new RegExp(` code="${code}"`) });
const chunks = (bytes) => [...bytes].map((c) => `1\r\n${c}\r\n`).join('') + '0\r\n';
const judged = told('form\\.id');
group(
	['a document in chunks', doc([['Content-Type', 'application/xml'], ['Transfer-Encoding', 'chunked']], chunks('<return/>') + '\r\n'), 422, judged],
	['a document in chunks, with a trailer', doc([['Content-Type', 'application/xml'], ['Transfer-Encoding', 'Chunked']], chunks('<return/>') + 'X-Sum: 1\r\n\r\n'), 422, judged],
	['a document by the old version', doc(xmlType(), '<return/>', `POST ${OWN} HTTP/1.0`), 422, judged],
	['a document after a continuation', doc([...xmlType(), ['Expect', '100-continue']]), 100, judged],
	['a document’s type in capitals', doc(xmlType('APPLICATION/XML')), 422, judged],
	['a document’s other type', doc(xmlType('text/xml;charset="UTF-8"')), 422, judged],
	['a document in Latin-1, as is said', doc(xmlType('application/xml; charset=iso-8859-1')), 400, told('request\\.charset')],
	['a document in UTF-16, as is said', doc(xmlType('application/xml;charset="utf-16"')), 400, told('request\\.charset')],
	['a document that is packed', doc([...xmlType(), ['Content-Encoding', 'gzip']]), 400, told('request\\.encoding')],
	['a document that is packed in no way', doc([...xmlType(), ['Content-Encoding', 'identity']]), 422, judged],
	['a document without a type', doc([['Content-Length', 9]]), 400, told('document\\.type')],
	['a document in another language', doc(xmlType('application/json'), '{"a":"b"}'), 400, told('document\\.type')],
	['a document of no length', doc([['Content-Type', 'application/xml']], ''), 400, told('xml\\.empty')],
	['only the head', bare('HEAD', OWN, [...bearer(), ...asXml]), 200, { like: /^Content-Length: [1-9]/m, unlike: /<page/ }],
	['what is allowed where one reads', bare('PUT', CASE, cookie()), 405, { like: /^Allow: GET, HEAD\r$/m }],
	['what is allowed where one writes', bare('OPTIONS', '/sign-out', cookie()), 405, { like: /^Allow: POST\r$/m }],
	['what is allowed where one does both', bare('DELETE', OWN, cookie()), 405, { like: /^Allow: GET, HEAD, POST\r$/m }],
	['three requests in one go', latin(...['keep-alive', 'keep-alive', 'close'].map((word) => `GET /health HTTP/1.1\r\nHost: ${host}\r\nConnection: ${word}\r\n\r\n`)), 200, { like: /(HTTP\/1\.1 200 [^]*){3}/, answers: 3 }],
	['a cookie in quotes', get('/work', cookie('x=y')).toString().replace(`dossier=${SESSION}`, `dossier="${SESSION}"`), 303, stranger],
	['a cookie among odd ones', bare('GET', CASE, cookie(`a; b==; $Version=1; c="d;e"; f={"g":[1]}; ; dossier=${SESSION};`)), 200],
	['cookies in two lines', bare('GET', CASE, [['Cookie', 'a=b'], ...cookie()]), 200],
	['two sessions, the wrong one first', bare('GET', CASE, cookie(`dossier=x; dossier=${SESSION}`)), 303, stranger],
	['signs of another alphabet by %u', edit('head.author=%u0175'), 400],
	['semicolons between fields', alone(`csrf=${CSRF};do=save;head.author=planted`), 403],
	['a form in Latin-1', edit('head.author=%E9', { type: `${FORM}; charset=ISO-8859-1` }), 400],
	['XML in capitals is accepted', get(CASE, [['Accept', 'Application/XML']]), 200, { like: /^Content-Type: application\/xml/m }],
	['XML a little more than a page', get(CASE, [['Accept', 'text/html;q=0.998, application/xml ; q=0.999']]), 200, { like: /^Content-Type: application\/xml/m }],
	['XML not at all', get(CASE, [['Accept', 'application/xml;q=0, */*;q=0.1']]), 200, { like: /^Content-Type: text\/html/m }],
	['another language is wished', get(CASE, [['Accept-Language', 'cy-GB, en;q=0']]), 200],
	['another alphabet is wished', get(CASE, [['Accept-Charset', 'iso-8859-1'], ['Accept-Encoding', '*;q=0']]), 200, { like: /charset=utf-8/ }],
	['parts: names without quotes', multi(part('name=csrf', CSRF) + part('name=xml; filename=x.xml', '<x/>') + '--b--\r\n'), 422],
	['parts: names in another alphabet', multi(`${token}${part('name="xml"; filename*=UTF-8\'\'d%C5%B5r.xml', '<x/>')}--b--\r\n`), 422],
	['parts: an empty line before', multi(`\r\n${token}${part('name="xml"; filename="x.xml"', '<x/>')}--b--\r\n`, 'Multipart/Form-Data; charset=utf-8; Boundary="b"'), 422],
	['parts: names only in another alphabet', multi(`${token}${part("name*=UTF-8''xml", '<x/>')}--b--\r\n`), 400],
);
// guessed ids across two agencies: not there, in the same words as what nobody has
const same = (suffix) => ({ same: absent + suffix });
for (const suffix of ['', '/versions/1', '/versions/1.xml', '/edit/events', '/submit', '/do/nil', '/do/sign-off'])
	group([`another agency’s return${suffix}`, get(FOREIGN + suffix, asXml), 404, same(suffix)]);
group(
	['another agency’s return, written to', asProgram('POST', FOREIGN, [['Content-Type', 'application/xml'], ['Content-Length', 9]]).toString() + '<return/>', 404],
	['another agency’s section, saved', form(`${FOREIGN}/edit/head`, 'do=save&rev=0&head.author=planted'), 404],
	['another agency’s return, submitted', form(`${FOREIGN}/submit`, ''), 404],
	['a case that nobody has', get('/work/cases/0123456789abcdef', asXml), 404],
	['an id in capital letters', get(CASE.replace(/[^/]*$/, (id) => id.toUpperCase() + 'A'), asXml), 404],
	['an id that is too short', get(CASE.slice(0, -1), asXml), 404],
	['an id that is too long', get(`${CASE}a`, asXml), 404],
	['an id with a blank', get(`${CASE}%20`, asXml), 404],
	['an id that is SQL', get("/work/cases/'%20OR%20'1'='1", asXml), 404],
	['an id that is a pattern', get('/work/cases/%25', asXml), 404],
	['an id that is a number', get('/work/cases/1', asXml), 404],
	['an id that is XPath', get("/work/cases/x'%5d%7c%2f%2f*%5b'", asXml), [400, 404]],
	['an id that is a format', get('/work/cases/%25s%25n', asXml), 404],
	['a version below nothing', get(`${OWN}/versions/-1`, asXml), 404],
	['version nought', get(`${OWN}/versions/0`, asXml), 404],
	['a version of 20 digits', get(`${OWN}/versions/99999999999999999999`, asXml), 404],
	['a version 2^32 + 1', get(`${OWN}/versions/4294967297`, asXml), 404],
	['a version with a sign', get(`${OWN}/versions/+1`, asXml), 404],
	['a version with a nought', get(`${OWN}/versions/01`, asXml), 404],
	['a version with another ending', get(`${OWN}/versions/1.html`, asXml), 404],
	['a version with two endings', get(`${OWN}/versions/1.xml.xml`, asXml), 404],
	['a version in words', get(`${OWN}/versions/one`, asXml), 404],
	['a section that is none', get(`${OWN}/edit/planted`, asXml), 404],
	['a step that is none', get(`${CASE}/do/planted`, asXml), 404],
	['what was said, a number', get(`${CASE}/said/1`, asXml), 404],
	['a form of another folder', bare('GET', '/forms/..%2f/lists'), [400, 404]],
	['a form that is a file', bare('GET', '/forms/rapid/return-1.xml%00'), 400],
	['a form’s ending that is none', bare('GET', '/forms/rapid/return-1.php'), 404],
);
// queries
group(
	['60 things in a query', get(`/work?${many(60, (i) => `a${i}=1&`)}`), 400],
	['bytes that are not UTF-8, in a query', get('/work?q=%ff'), 400],
	['a NUL in a query', get('/work?q=%00'), 400],
	['a percent sign alone, in a query', get('/work?q=%'), 400],
	['a page below nothing', get('/work?page=-1'), 200],
	['a page of 30 digits', get('/work?page=' + '9'.repeat(30)), 200],
	['a page in words', get('/work?page=one'), 200],
	['a query of only marks', get('/work?&&&===&&'), 200],
	['mark-up in a query', get('/work?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E'), 200, { unlike: script }],
);
// what is accepted
group(
	['nothing is accepted', get('/work', [['Accept', '']]), 200],
	['pictures are', get('/work', [['Accept', 'image/png']]), 200, { like: /^Content-Type: text\/html/mi }],
	['weights that are none', get('/work', [['Accept', 'application/xml;q=nan, text/html;q=1e999, */*;q=-1']]), 200],
	['7,000 commas', get('/work', [['Accept', ','.repeat(7000)]]), 200, { like: /^Content-Type: text\/html/mi }],
	['a thousand types', get('/work', [['Accept', many(400, (i) => `a/b${i};q=0.${i},`)]]), 200],
);
// signing in
const login = (fields) => post('/sign-in', fields, { jar: [] });
const good = `login=${ACCOUNT}&password=${encodeURIComponent(SECRET)}`;
const to = (next) => login(`${good}&next=${encodeURIComponent(next)}`);
const home = { like: /^Location: \/work\r$/m };
group(
	['a user who is SQL', login("login=' OR 1=1 --&password=x"), 401],
	['a user who is mark-up', login('login=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&password=x'), 401, { unlike: script }],
	['a password with a NUL', login('login=x&password=%00'), 400],
	['a password of 60 KB', login(`login=x&password=${'a'.repeat(60000)}`), [401, 422]],
	['no user', login('password=x'), 422],
	['a user in parts', login('login[]=x&password[]=x'), 422],
	['then to another site', to('https://evil.example/'), 303, home],
	['then to another site without a scheme', to('//evil.example/'), 303, home],
	['then to another site by backslashes', to('/\\evil.example/'), 303, home],
	['then to another site behind our beginning', to('/work\\@evil.example'), 303, home],
	['then to a word that begins like ours', to('/workevil.example'), 303, home],
	['then to a script', to('javascript:alert(1)'), 303, home],
	['then to a second header', to('/work\r\nSet-Cookie: planted=1'), 303, { ...home, unlike: /^Set-Cookie: planted/mi }],
	['then out of the work', to('/work/../sign-out'), 303, home],
	['another site in the link', bare('GET', '/sign-in?next=//evil.example/'), 200, { unlike: /evil/ }],
	['mark-up in the link', bare('GET', '/sign-in?next=/work%22%3E%3Cscript%3Ealert(1)%3C/script%3E'), 200, { unlike: script }],
	['what the address holds is not taken for the query', bare('GET', '/work/cases/a%26next=b%23c'), 303, { like: /^Location: \/sign-in\?next=\/work\/cases\/a%26next%3Db%23c\r$/m }],
	['letters in the way back are written for a header', bare('GET', '/work/cases/caf%C3%A9'), 303, { like: /^Location: \/sign-in\?next=\/work\/cases\/caf%C3%A9\r$/m }],
);

// --- sending and judging ----------------------------------------------------------------------------------------------------
const send = (bytes) => new Promise((done) => {
	const heard = [], s = createConnection({ host: '127.0.0.1', port: PORT });
	const timer = setTimeout(() => { heard.push(Buffer.from('\n[not closed in 15 s]')); s.destroy(); }, 15000);
	s.on('connect', () => s.write(bytes));
	s.on('data', (more) => heard.push(more));
	s.on('error', () => {});
	s.on('close', () => { clearTimeout(timer); done(Buffer.concat(heard).toString('utf8')); });
});
const body = (answer) => answer.slice(answer.indexOf('\r\n\r\n')).replace(/ (id|at|csrf|request)="[^"]*"/g, '');
const faults = async (answer, wanted, { like, unlike, answers, same: other } = {}) => {
	const status = Number(answer.match(/^HTTP\/1\.1 (\d+)/)?.[1] ?? 0), found = [];
	if (![wanted].flat().includes(status)) found.push(`status ${status}, not ${wanted}`);
	if (status !== 501 && status !== 505 && status >= 500) found.push('a failure of ours');
	if (answer.includes('[not closed')) found.push('the connection stays open');
	for (const shape of [leak, unlike]) if (shape?.test(answer)) found.push(`holds “${answer.match(shape)[0]}”`);
	if (like && !like.test(answer)) found.push(`does not hold ${like}`);
	if (answers && (answer.match(/^HTTP\/1\.1 /gm) ?? []).length > answers) found.push('more answers than requests');
	if (other && body(await send(get(other, asXml))) !== body(answer)) found.push('is told apart from what is not there');
	return found;
};
const wrong = rows.filter((row, i) => rows.findIndex((other) => other[0] === row[0]) !== i).map((row) => row[0]);
if (wrong.length) throw new Error(`named twice: ${wrong}`);
for (const [name, bytes, wanted, more] of rows) {
	const answer = await send(bytes), found = await faults(answer, wanted, more);
	console.log(`${found.length ? 'not ok' : 'ok'}\t${name}\t${found.join('; ')}${found.length ? ` | ${answer.slice(0, 300).replace(/[\r\n\t]+/g, ' ⏎ ')}` : ''}`);
}
