// Every binding that the data center has, by the name that Node's library asks for. A data table.
// internalBinding() throws for any other name.
import type { Rare } from '../rare-code.ts';
import type { BindingFactory } from '../realm.ts';
import { asyncWrap } from './async-wrap.ts';
import { blob } from './blob.ts';
import { buffer } from './buffer.ts';
import { caresWrap } from './cares-wrap.ts';
import { credentials } from './credentials.ts';
import { encodingBinding, icu } from './encoding.ts';
import { errors } from './errors.ts';
import { fs } from './fs.ts';
import { httpParser } from './http-parser-binding.ts';
import { messaging } from './messaging.ts';
import { performance } from './performance.ts';
import * as plain from './plain.ts';
import { processMethods } from './process-methods.ts';
import { signalWrap } from './signal-wrap.ts';
import { stringDecoder } from './string-decoder.ts';
import { pipeWrap, streamWrap, tcpWrap } from './tcp-wrap.ts';
import { taskQueue, timers } from './timers.ts';
import { types } from './types.ts';
import { url, urlPattern } from './url.ts';
import { util } from './util.ts';

type RareBinding = { [Name in keyof Rare]: Rare[Name] extends BindingFactory ? Name : never }[keyof Rare];

/** A binding that comes late in a page. */
const rarely =
  (name: RareBinding): BindingFactory =>
  (realm) =>
    realm.rare[name](realm);

export const bindingFactories: Readonly<Record<string, BindingFactory>> = {
  async_context_frame: plain.asyncContextFrame,
  async_wrap: asyncWrap,
  blob,
  block_list: rarely('blockList'),
  buffer,
  builtins: plain.builtins,
  cares_wrap: caresWrap,
  config: plain.config,
  constants: plain.constants,
  contextify: rarely('contextify'),
  credentials,
  crypto: rarely('crypto'),
  diagnostics_channel: plain.diagnosticsChannel,
  encoding_binding: encodingBinding,
  errors,
  fs,
  fs_dir: rarely('fsDir'),
  fs_event_wrap: rarely('fsEventWrap'),
  http2: rarely('http2'),
  http_parser: httpParser,
  icu,
  internal_only_v8: plain.internalOnlyV8,
  js_stream: rarely('jsStream'),
  locks: rarely('locks'),
  messaging,
  mksnapshot: plain.mksnapshot,
  module_wrap: rarely('moduleWrap'),
  options: plain.options,
  os: rarely('os'),
  performance,
  permission: plain.permission,
  ipc_serdes: plain.ipcSerdes,
  pipe_wrap: pipeWrap,
  process_methods: processMethods,
  process_wrap: rarely('processWrap'),
  signal_wrap: signalWrap,
  spawn_sync: rarely('spawnSync'),
  stream_wrap: streamWrap,
  string_decoder: stringDecoder,
  symbols: plain.symbols,
  task_queue: taskQueue,
  tcp_wrap: tcpWrap,
  timers,
  trace_events: plain.traceEvents,
  tty_wrap: plain.ttyWrap,
  types,
  udp_wrap: rarely('udpWrap'),
  url,
  url_pattern: urlPattern,
  util,
  uv: plain.uv,
  worker: rarely('worker'),
  zlib: rarely('zlib'),
};
