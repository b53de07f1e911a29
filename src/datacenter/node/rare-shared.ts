// What the engine's rare part shares with the rest of it: values that rare.ts and what it alone imports take from files
// which a page has from the start, and what of the host they use. build/node-library-rare.ts says which one is missing.
// Called by rare-code.ts.
import {
  ANY_ADDRESS,
  ANY_ADDRESS_IPV6,
  formatAddress,
  isMulticast,
  parseAddress,
  parseIpv6,
} from '../base/address.ts';
import { assert } from '../base/assert.ts';
import { concat } from '../base/bytes.ts';
import { formatIp, parseIp } from '../base/ip-bytes.ts';
import { DiskError, refuse } from '../machine/disk-error.ts';
import { mayAccess, walk } from '../machine/disk-walk.ts';
import { pipePair } from '../machine/pipe.ts';
import { SIGKILL, SIGTERM, signalName } from '../machine/signals.ts';
import { DATAGRAM_BYTES_MAX, RECEIVE_BUFFER_BYTES } from '../machine/udp.ts';
import { currentFrame, setFrame } from './async-context.ts';
import { AsyncWrap } from './bindings/async-wrap.ts';
import { SERVERS_PENDING, soon } from './bindings/cares-wrap.ts';
import { bytesOfChunk } from './bindings/chunks.ts';
import { descriptorOf, openable, setDescriptor } from './bindings/descriptors.ts';
import { fileSystemOf } from './bindings/fs.ts';
import { copyFile } from './bindings/fs-data.ts';
import { OpenFileHandle } from './bindings/fs-file-handle.ts';
import { asStats, direntOf, statValues } from './bindings/fs-look.ts';
import { inEncoding, pathText } from './bindings/fs-names.ts';
import { HandleWrap } from './bindings/handle-wrap.ts';
import {
  isMarkedAsUntransferable,
  MODE_CLONEABLE,
  MODE_TRANSFERABLE,
  markedMode,
} from './bindings/message-marks.ts';
import { PipeHandle } from './bindings/pipe-handle.ts';
import { constantsOf, perThreadSymbol } from './bindings/plain.ts';
import { ReadDelivery } from './bindings/read-delivery.ts';
import { nameSocket } from './bindings/socket-name.ts';
import {
  ARRAY_BUFFER_OFFSET,
  BYTES_WRITTEN,
  LAST_WRITE_WAS_ASYNC,
  READ_BYTES_OR_ERROR,
  streamStateOf,
} from './bindings/stream-state.ts';
import { TcpHandle } from './bindings/tcp-handle.ts';
import { WriterHandle } from './bindings/writer-handle.ts';
import { bundle } from './bundles.ts';
import { isJobPromise, isObject, slots } from './job-slots.ts';
import { lazily } from './lazily.ts';
import { checkNames } from './loader/check-names.ts';
import { lookedAt } from './loader/commonjs.ts';
import { newLoaded } from './loader/loaded.ts';
import { hasText, scriptOf } from './loader/main.ts';
import { MODULE_LINK } from './loader/module-errors.ts';
import { copyExports, defineExports, starsOf, viewOf } from './loader/namespace.ts';
import { globalFolders, readGlobalFolders } from './loader/search.ts';
import { shownSource } from './loader/shown-source.ts';
import { dieBy } from './process-fatal.ts';
import { notedResolvers } from './promise-states.ts';
import { newPromise } from './realm-jobs.ts';
import { refuseCall, refusedError } from './refused.ts';
import { framesOf } from './stack.ts';
import { base64Text, hexText, latin1Text, utf8Bytes, utf8Text } from './text.ts';

export const shared = {
  ANY_ADDRESS,
  ANY_ADDRESS_IPV6,
  ARRAY_BUFFER_OFFSET,
  AsyncWrap,
  BYTES_WRITTEN,
  DATAGRAM_BYTES_MAX,
  DiskError,
  HandleWrap,
  LAST_WRITE_WAS_ASYNC,
  MODE_CLONEABLE,
  MODE_TRANSFERABLE,
  MODULE_LINK,
  OpenFileHandle,
  PipeHandle,
  READ_BYTES_OR_ERROR,
  RECEIVE_BUFFER_BYTES,
  ReadDelivery,
  SERVERS_PENDING,
  SIGKILL,
  SIGTERM,
  TcpHandle,
  WriterHandle,
  asStats,
  assert,
  base64Text,
  bundle,
  bytesOfChunk,
  checkNames,
  concat,
  constantsOf,
  copyExports,
  copyFile,
  currentFrame,
  defineExports,
  descriptorOf,
  dieBy,
  direntOf,
  fileSystemOf,
  formatAddress,
  formatIp,
  framesOf,
  lookedAt,
  globalFolders,
  readGlobalFolders,
  hasText,
  hexText,
  inEncoding,
  isJobPromise,
  isMarkedAsUntransferable,
  isMulticast,
  isObject,
  latin1Text,
  lazily,
  markedMode,
  mayAccess,
  nameSocket,
  newLoaded,
  newPromise,
  notedResolvers,
  openable,
  parseAddress,
  parseIp,
  parseIpv6,
  pathText,
  perThreadSymbol,
  pipePair,
  refuse,
  refuseCall,
  refusedError,
  scriptOf,
  setDescriptor,
  setFrame,
  shownSource,
  signalName,
  slots,
  soon,
  starsOf,
  statValues,
  streamStateOf,
  structuredClone,
  utf8Bytes,
  utf8Text,
  viewOf,
  walk,
};

/** Their names, for the build to check. */
export const sharedNames = (): string[] => Object.keys(shared);
