// Malformed FastCGI to the server's socket, as a broken or hostile neighbour of nginx would send it; after each a right request must be answered:
//   fastcgi.mjs SOCKET PATH     a line "name TAB answered|dead TAB milliseconds" for each; PATH is what the right request asks for
import { createConnection } from 'node:net';
import { randomBytes } from 'node:crypto';

const [socket, path] = process.argv.slice(2);
const BEGIN = 1, ABORT = 2, PARAMS = 4, STDIN = 5, DATA = 8, VALUES = 9;
const record = (type, id, content = Buffer.alloc(0), padding = 0, version = 1) => {
	const body = Buffer.from(content), head = Buffer.from([version, type, id >> 8, id & 255, body.length >> 8, body.length & 255, padding, 0]);
	return Buffer.concat([head, body, Buffer.alloc(padding)]);
};
const begin = (role = 1, flags = 0, id = 1) => record(BEGIN, id, Buffer.from([role >> 8, role & 255, flags, 0, 0, 0, 0, 0]));
const long = (n) => { const b = Buffer.alloc(4); b.writeUInt32BE((n | 0x80000000) >>> 0); return b; };
const length = (n) => n < 128 ? Buffer.from([n]) : long(n);
const pair = (name, value) => Buffer.concat([length(name.length), length(value.length), Buffer.from(name), Buffer.from(value)]);
const params = (...pairs) => Buffer.concat([...pairs.map(([name, value]) => record(PARAMS, 1, pair(name, value))), record(PARAMS, 1)]);
const usual = [['REQUEST_METHOD', 'GET'], ['REQUEST_URI', path], ['QUERY_STRING', ''], ['REQUEST_ID', '0123456789abcdef']];
const all = (...parts) => Buffer.concat(parts);
const right = all(begin(), params(...usual), record(STDIN, 1));
const post = (announced, ...body) => all(begin(), params(['REQUEST_METHOD', 'POST'], ['REQUEST_URI', '/sign-in'], ['CONTENT_TYPE', 'application/x-www-form-urlencoded'],
	['CONTENT_LENGTH', announced]), ...body);
const lengths = (name, value) => all(begin(), record(PARAMS, 1, all(long(name), long(value), Buffer.alloc(1000, 'A'))), record(PARAMS, 1), record(STDIN, 1));

// Each: the bytes, and whether the sending side is left open (the peer that neither goes on nor goes).
const exchanges = {
	'name and value of 0x7ffffffe': [lengths(0x7ffffffe, 0x7ffffffe)],
	'name and value of 0x7fffffff': [lengths(0x7fffffff, 0x7fffffff)],
	'name and value of 0x40000000': [lengths(0x40000000, 0x40000000)],
	'a name of 1 GB, no value': [all(begin(), record(PARAMS, 1, all(long(0x3fffffff), Buffer.from([0]), Buffer.alloc(1000, 'A'))), record(PARAMS, 1), record(STDIN, 1))],
	'half a parameter': [all(begin(), record(PARAMS, 1, Buffer.from([14])), record(PARAMS, 1), record(STDIN, 1))],
	'a parameter longer than its record': [all(begin(), record(PARAMS, 1, Buffer.from([200, 200, 65])), record(PARAMS, 1), record(STDIN, 1))],
	'another version': [all(record(BEGIN, 1, Buffer.from([0, 1, 0, 0, 0, 0, 0, 0]), 0, 9), right)],
	'an unknown type': [all(record(77, 1, 'xxxx'), right)],
	'an unknown type of id 0': [all(record(77, 0, 'xxxx'), right)],
	'another role': [all(begin(9), params(...usual), record(STDIN, 1))],
	'the role of a filter, data first': [all(begin(3), params(...usual), record(DATA, 1, 'data'), record(STDIN, 1))],
	'a begin too short': [all(record(BEGIN, 1, Buffer.from([0, 1])), right)],
	'an empty begin': [all(record(BEGIN, 1), right)],
	'another id': [all(begin(), record(PARAMS, 2, pair('A', 'B')), record(PARAMS, 1), record(STDIN, 1))],
	'two requests in one': [all(begin(), begin(1, 0, 2), params(...usual), record(STDIN, 1))],
	'abort': [all(begin(), record(ABORT, 1))],
	'abort within the body': [post('100', record(STDIN, 1, 'login='), record(ABORT, 1))],
	'the body first': [all(record(STDIN, 1, 'zzz'), right)],
	'300 questions': [all(record(VALUES, 0, Buffer.concat(Array(300).fill(pair('FCGI_MPXS_CONNS', '')))), right)],
	'a question of a wrong length': [all(record(VALUES, 0, all(long(0x7ffffff0), long(0x7ffffff0))), right)],
	'nothing': [Buffer.alloc(0)],
	'garbage': [randomBytes(4096)],
	'zeroes': [Buffer.alloc(65536)],
	'HTTP': [Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
	'half a head': [Buffer.from([1, 1, 0])],
	'padding of 255': [all(begin(), record(PARAMS, 1, pair('A', 'B'), 255), record(PARAMS, 1), record(STDIN, 1, '', 255))],
	'no method, no address': [all(begin(), params(['A', 'B']), record(STDIN, 1))],
	'the same parameter twice': [all(begin(), params(...usual, ['REQUEST_METHOD', 'POST'], ['REQUEST_URI', '/work/../etc']), record(STDIN, 1))],
	'100,000 parameters': [all(begin(), ...Array.from({ length: 2000 }, (_, i) => record(PARAMS, 1, Buffer.concat(Array.from({ length: 50 }, (_, j) => pair(`HTTP_X_${i}_${j}`, 'v'))))), params(...usual), record(STDIN, 1))],
	'a body longer than announced': [post('5', record(STDIN, 1, 'login=x&password=y'), record(STDIN, 1))],
	'a body shorter than announced': [post('500', record(STDIN, 1, 'login=x&password=y'), record(STDIN, 1))],
	'a body that is announced as -1': [post('-1', record(STDIN, 1, 'x'), record(STDIN, 1))],
	'a body that is announced as 10^30': [post('1' + '0'.repeat(30), record(STDIN, 1, 'x'), record(STDIN, 1))],
	'a NUL in the address': [all(begin(), params(['REQUEST_METHOD', 'GET'], ['REQUEST_URI', '/work\0/x']), record(STDIN, 1))],
	'silence after half a request': [begin(), true],
	'silence within the body': [post('500', record(STDIN, 1, 'login=x')), true],
};

const exchange = (bytes, open, most) => new Promise((done) => {
	let heard = '';
	const s = createConnection({ path: socket, allowHalfOpen: true }), timer = setTimeout(() => s.destroy(), most);
	s.on('connect', () => (open ? s.write(bytes) : s.end(bytes)));
	s.on('data', (part) => { heard += part.toString('latin1'); });
	s.on('end', () => s.destroy());
	s.on('error', () => {});
	s.on('close', () => { clearTimeout(timer); done(heard); });
});
const answered = async () => {
	for (let i = 0; i < 50; i++) {
		if ((await exchange(right, false, 3000)).includes('Status: 200')) return true;
		await new Promise((later) => setTimeout(later, 100));
	}
	return false;
};
for (const [name, [bytes, open]] of Object.entries(exchanges)) {
	const before = Date.now();
	await exchange(bytes, open, 20000);
	const took = Date.now() - before;
	console.log(`${name}\t${await answered() ? 'answered' : 'dead'}\t${took}`);
}
