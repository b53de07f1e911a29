// biome-ignore-all lint: what a careful writer would not do is run here too
// URLs: the WHATWG class with its setters, search parameters, and the legacy parser.
// Run by differential.test.ts.
import url, {
  domainToASCII,
  domainToUnicode,
  fileURLToPath,
  pathToFileURL,
  URL as Same,
  urlToHttpOptions,
} from 'node:url';

const say = (...words) => console.log(...words);
const attempt = (run) => {
  try {
    say(run());
  } catch (error) {
    say(error.name, error.code, error.message, error.input);
  }
};
const inputs = [
  'http://example.com',
  'https://user:p%40ss@host:8443/a/b/../c?x=1&y#frag',
  'HTTP://EXAMPLE.com:80/%7Efoo/',
  'file:///a/b',
  'mailto:a@b.c',
  'data:text/plain,hi',
  'http://[::1]:3000/',
  'http://127.1/',
  'ftp://h/x;y',
  'http://example.com/?',
  'http://example.com/#',
  'http://a@b',
  'http://:pw@h/',
  'javascript:1',
  'http://ex ample',
  '//no-scheme',
  '',
  'http://h:99999',
  'blob:http://x/1',
  'web+x:/.//p',
  'http://日本.jp/é?ž#ü',
  'http://h/a b?c d',
  'http://h\\p',
  'http://256.1.1.1',
];
for (const input of inputs) attempt(() => new URL(input));
say(
  new URL('../x?y', 'http://h/a/b/c').href,
  URL.canParse('nope'),
  URL.canParse('x', 'http://h'),
  URL.parse('nope'),
  Same === URL,
);
attempt(() => new URL('x', 'bad base'));
const made = new URL('http://h/p');
for (const [key, value] of Object.entries({
  protocol: 'https',
  host: 'other:81',
  hostname: 'third',
  port: '443',
  username: 'u ser',
  password: 'p:w',
  pathname: 'a b/c',
  search: 'q=1 2',
  hash: 'x y',
})) {
  made[key] = value;
  say(key, made.href);
}
made.port = '';
made.search = '';
made.hash = '';
say(made.href, made.origin, JSON.stringify({ made }), String(made), made.searchParams.size);
made.searchParams.append('k', 'a&b');
say(made.search, made.href);
attempt(() => {
  made.href = 'nope';
});
const params = new URLSearchParams('?a=1&b=2&a=3&c=%20+x&d');
say(
  params.getAll('a'),
  params.get('zz'),
  params.has('b'),
  params.has('a', '3'),
  String(params),
  params.size,
  [...params],
);
params.set('a', 'é');
params.delete('b');
params.append('', '=');
params.sort();
say(String(params), [...params.keys()], [...params.values()], params.entries());
say(
  String(new URLSearchParams({ a: 1, b: ['x', 'y'] })),
  String(new URLSearchParams([['a', 'b']])),
  String(new URLSearchParams(new Map([['m', 'n']]))),
);
attempt(() => new URLSearchParams([['a']]));
params.forEach((value, key) => say(key, value));
for (const input of [
  'http://user:pass@sub.host.com:8080/p/a/t/h?query=string&a=b#hash',
  '/path?x=1',
  '//host/path',
  'mailto:x@y',
  'http://h/a b|c',
  'HTTP://H/',
  'x',
  'http://a.com/\t',
  'coap:u:p@h:1/x?y',
]) {
  say(url.parse(input, true));
}
say(
  url.parse('//host/path', false, true).host,
  url.format({ protocol: 'http', host: 'h', pathname: '/x', query: { a: 1, b: [2, 3] } }),
  url.resolve('/one/two', '../three'),
  url.resolve('http://h/one', '/two'),
  url.resolve('http://h/a/b', 'c?d#e'),
);
say(
  url.format(new URL('http://u:p@測試.com/p?q#h'), {
    auth: false,
    fragment: false,
    search: false,
    unicode: true,
  }),
);
attempt(() => url.parse(5));
attempt(() => url.parse('http://a:b'));
say(
  fileURLToPath('file:///a%20b/c'),
  pathToFileURL('/a b/#?%').href,
  pathToFileURL('/x').pathname,
  domainToASCII('español.com'),
  domainToASCII('xn--iñvalid.com'),
  domainToUnicode('xn--espaol-zwa.com'),
);
attempt(() => fileURLToPath('http://x'));
attempt(() => fileURLToPath('file:///a%2Fb'));
say(urlToHttpOptions(new URL('http://u:p@h:81/p?q#f')));
say(
  Object.keys(made),
  'href' in made,
  made instanceof URL,
  URL.name,
  new URLPattern({ pathname: '/a/:id' }).exec('http://h/a/7')?.pathname.groups.id,
);

const marks = ' !"#$%&()*+,-.:;<=>?@[\\]^_`{|}~\t\n\r';
console.log(pathToFileURL(`/srv/${marks}`).href);
