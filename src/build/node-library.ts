// Takes Node's own standard library out of the Node that runs this file, for the data center to run.
// Writes .generated/node-library.json (see NodeLibrary in datacenter/node/library.ts). Nothing of Node is
// committed: the file is made again whenever the pinned Node or this file changes.
// Called by build/engine.ts before anything that boots a data center.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { minifySync } from 'oxc-minify';
import { withKeptAwaits } from '../datacenter/compiler.ts';
import type { NodeLibrary } from '../datacenter/node/library.ts';
import { GLOBALS, isLeftOut, PARAMETERS, parametersOf } from './node-library-choice.ts';

/** Runs inside the pinned Node with --expose-internals and prints what only a running Node knows. */
const PROBE = `
const { internalBinding } = require('internal/test/binding');
const plain = (value, depth) => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'symbol') return undefined;
  if (typeof value !== 'object' || depth > 4 || ArrayBuffer.isView(value)) return undefined;
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1) ?? null);
  const out = {};
  for (const key of Object.getOwnPropertyNames(value)) {
    const item = plain(value[key], depth + 1);
    if (item !== undefined) out[key] = item;
  }
  return out;
};
const names = process.argv[1].split(',');
const data = {};
for (const name of names) data[name] = plain(internalBinding(name), 0);
const util = internalBinding('util');
data.util.privateSymbols = Object.getOwnPropertyNames(util.privateSymbols);
data.symbols = Object.getOwnPropertyNames(internalBinding('symbols'));
data.uv.errorMap = [...internalBinding('uv').getErrorMap()];
for (const name of ['crypto', 'trace', 'zlib']) {
  data['constants_' + name] = data.constants[name];
  delete data.constants[name];
}
data.builtins = { builtinIds: internalBinding('builtins').builtinIds };
data.build_config = { text: internalBinding('builtins').config };
const options = internalBinding('options');
const values = options.getCLIOptionsValues();
data.options.values = plain(values instanceof Map ? Object.fromEntries(values) : values, 0);
const info = options.getCLIOptionsInfo();
data.options_info = {
  info: [...info.options].map(([name, { envVarSettings, type }]) => [name, envVarSettings, type]),
  aliases: [...info.aliases],
};
data.options.embedder = plain(options.getEmbedderOptions(), 0);
const members = {};
for (const name of names) {
  const binding = internalBinding(name);
  members[name] = Object.getOwnPropertyNames(binding).filter((key) => typeof binding[key] === 'function');
}
data.process = { versions: process.versions, release: process.release, features: {} };
process.stdout.write(JSON.stringify({ data, members, natives: process.binding('natives') }));
`;

const PROBED_BINDINGS = [
  'async_wrap',
  'blob',
  'block_list',
  'buffer',
  'cares_wrap',
  'config',
  'constants',
  'contextify',
  'credentials',
  'crypto',
  'encoding_binding',
  'errors',
  'fs',
  'fs_dir',
  'fs_event_wrap',
  'heap_utils',
  'http2',
  'http_parser',
  'icu',
  'js_stream',
  'js_udp_wrap',
  'locks',
  'messaging',
  'mksnapshot',
  'module_wrap',
  'modules',
  'options',
  'os',
  'performance',
  'permission',
  'pipe_wrap',
  'process_methods',
  'process_wrap',
  'profiler',
  'report',
  'serdes',
  'signal_wrap',
  'spawn_sync',
  'stream_pipe',
  'stream_wrap',
  'string_decoder',
  'task_queue',
  'tcp_wrap',
  'timers',
  'tls_wrap',
  'tty_wrap',
  'types',
  'udp_wrap',
  'url',
  'url_pattern',
  'util',
  'uv',
  'v8',
  'wasm_web_api',
  'watchdog',
  'worker',
  'zlib',
];

interface Probed {
  readonly data: NodeLibrary['data'];
  readonly members: NodeLibrary['members'];
  readonly natives: Readonly<Record<string, unknown>>;
}

/** Reads library sources and binding data from the running Node and minifies the sources that are kept. */
export function takeNodeLibrary(): NodeLibrary {
  const printed = execFileSync(
    process.execPath,
    ['--expose-internals', '--no-warnings', '-e', PROBE, '--', PROBED_BINDINGS.join(',')],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const probed = JSON.parse(printed) as Probed;
  const sources: Record<string, string> = {};
  for (const [id, source] of Object.entries(probed.natives)) {
    if (typeof source === 'string' && !isLeftOut(id)) sources[id] = minified(id, source);
  }
  return {
    version: process.version,
    licence: licenceText(),
    parameters: PARAMETERS,
    globals: GLOBALS,
    sources,
    data: probed.data,
    members: probed.members,
    llhttp: llhttpBytes(),
  };
}

/** One function expression per module; names of functions and classes stay, for they show in inspect(). */
function minified(id: string, source: string): string {
  // Assigned to a name, or the minifier would drop a function that nobody calls.
  const wrapped = `$=function (${parametersOf(id)}) {${withKeptAwaits(source)}\n}`;
  const result = minifySync(`${id}.js`, wrapped, {
    module: false,
    compress: { target: 'esnext', keepNames: { function: true, class: true } },
    mangle: { toplevel: false, keepNames: { function: true, class: true } },
  });
  if (result.errors.length > 0) {
    throw new Error(
      `${id}: expected source that oxc-minify reads, found ${JSON.stringify(result.errors[0])}`,
    );
  }
  return `(${result.code.trim().replace(/^\$=/, '').replace(/;$/, '')})`;
}

/** llhttp, the HTTP parser of Node, as WebAssembly: undici carries one that is kept current. Hexadecimal. */
function llhttpBytes(): string {
  const file = join(import.meta.dirname, '../../node_modules/undici/lib/llhttp/llhttp_simd-wasm.js');
  const match = /const wasmBase64 = '([^']+)'/.exec(readFileSync(file, 'utf8'));
  if (match?.[1] === undefined) {
    throw new Error(
      `${file}: expected \`const wasmBase64 = '…'\`, found none: look how undici ships llhttp now`,
    );
  }
  return Buffer.from(match[1], 'base64').toString('hex');
}

/** The licence that comes with the pinned Node, to go wherever its code goes. */
function licenceText(): string {
  const candidates = [
    join(dirname(process.execPath), '../LICENSE'),
    join(dirname(process.execPath), '../share/doc/node/LICENSE'),
  ];
  const found = candidates.find((file) => existsSync(file));
  return found === undefined
    ? 'Node.js is licensed under the MIT licence: https://github.com/nodejs/node/blob/main/LICENSE'
    : readFileSync(found, 'utf8');
}
