// Every binding that the data center has, by the name that Node's library asks for. A data table.
// internalBinding() throws for any other name.
import type { BindingFactory } from '../realm.ts';
import { asyncWrap } from './async-wrap.ts';
import { blob } from './blob.ts';
import { blockList } from './block-list.ts';
import { buffer } from './buffer.ts';
import { caresWrap } from './cares-wrap.ts';
import { contextify } from './contextify.ts';
import { credentials } from './credentials.ts';
import { crypto } from './crypto.ts';
import { encodingBinding, icu } from './encoding.ts';
import { errors } from './errors.ts';
import { fs } from './fs.ts';
import { fsDir } from './fs-dir.ts';
import { fsEventWrap } from './fs-event.ts';
import { httpParser } from './http-parser-binding.ts';
import { http2 } from './http2.ts';
import { jsStream } from './js-stream.ts';
import { locks } from './locks.ts';
import { messaging } from './messaging.ts';
import { moduleWrap } from './module-wrap.ts';
import { os } from './os.ts';
import { performance } from './performance.ts';
import * as plain from './plain.ts';
import { processMethods } from './process-methods.ts';
import { processWrap } from './process-wrap.ts';
import { signalWrap } from './signal-wrap.ts';
import { spawnSync } from './spawn-sync.ts';
import { stringDecoder } from './string-decoder.ts';
import { pipeWrap, streamWrap, tcpWrap } from './tcp-wrap.ts';
import { taskQueue, timers } from './timers.ts';
import { types } from './types.ts';
import { udpWrap } from './udp-wrap.ts';
import { url, urlPattern } from './url.ts';
import { util } from './util.ts';
import { worker } from './worker.ts';
import { zlib } from './zlib.ts';

export const bindingFactories: Readonly<Record<string, BindingFactory>> = {
  async_context_frame: plain.asyncContextFrame,
  async_wrap: asyncWrap,
  blob,
  block_list: blockList,
  buffer,
  builtins: plain.builtins,
  cares_wrap: caresWrap,
  config: plain.config,
  constants: plain.constants,
  contextify,
  credentials,
  crypto,
  diagnostics_channel: plain.diagnosticsChannel,
  encoding_binding: encodingBinding,
  errors,
  fs,
  fs_dir: fsDir,
  fs_event_wrap: fsEventWrap,
  http2,
  http_parser: httpParser,
  icu,
  internal_only_v8: plain.internalOnlyV8,
  js_stream: jsStream,
  locks,
  messaging,
  mksnapshot: plain.mksnapshot,
  module_wrap: moduleWrap,
  options: plain.options,
  os,
  performance,
  permission: plain.permission,
  ipc_serdes: plain.ipcSerdes,
  pipe_wrap: pipeWrap,
  process_methods: processMethods,
  process_wrap: processWrap,
  signal_wrap: signalWrap,
  spawn_sync: spawnSync,
  stream_wrap: streamWrap,
  string_decoder: stringDecoder,
  symbols: plain.symbols,
  task_queue: taskQueue,
  tcp_wrap: tcpWrap,
  timers,
  trace_events: plain.traceEvents,
  tty_wrap: plain.ttyWrap,
  types,
  udp_wrap: udpWrap,
  url,
  url_pattern: urlPattern,
  util,
  uv: plain.uv,
  worker,
  zlib,
};
