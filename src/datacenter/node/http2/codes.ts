// data table: numbers of HTTP/2 (RFC 9113, sections 6 and 7) and those by which nghttp2 names what went wrong, with
// its words, for Node's library tells programs of them. Used by everything of this folder.

export const FRAME = {
  DATA: 0,
  HEADERS: 1,
  PRIORITY: 2,
  RST_STREAM: 3,
  SETTINGS: 4,
  PUSH_PROMISE: 5,
  PING: 6,
  GOAWAY: 7,
  WINDOW_UPDATE: 8,
  CONTINUATION: 9,
  ALTSVC: 10,
  ORIGIN: 12,
} as const;

export const FLAG = { END_STREAM: 1, ACK: 1, END_HEADERS: 4, PADDED: 8, PRIORITY: 0x20 } as const;

export const CODE = {
  NO_ERROR: 0,
  PROTOCOL_ERROR: 1,
  INTERNAL_ERROR: 2,
  FLOW_CONTROL_ERROR: 3,
  SETTINGS_TIMEOUT: 4,
  STREAM_CLOSED: 5,
  FRAME_SIZE_ERROR: 6,
  REFUSED_STREAM: 7,
  CANCEL: 8,
  COMPRESSION_ERROR: 9,
  CONNECT_ERROR: 10,
  ENHANCE_YOUR_CALM: 11,
} as const;

/** What a block of headers is. */
export const CATEGORY = { REQUEST: 0, RESPONSE: 1, PUSH_RESPONSE: 2, HEADERS: 3 } as const;

export const FAULT = {
  INVALID_ARGUMENT: -501,
  STREAM_ID_NOT_AVAILABLE: -509,
  STREAM_CLOSED: -510,
  STREAM_SHUT_WR: -512,
  STREAM_CLOSING: -511,
  INVALID_STREAM_STATE: -514,
  PROTO: -505,
  START_STREAM_NOT_ALLOWED: -516,
  FRAME_SIZE_ERROR: -522,
  HEADER_COMP: -523,
  FLOW_CONTROL: -524,
  DATA_EXIST: -529,
  SESSION_CLOSING: -530,
  HTTP_HEADER: -531,
  HTTP_MESSAGING: -532,
  REFUSED_STREAM: -533,
  SETTINGS_EXPECTED: -536,
  TEMPORAL_CALLBACK_FAILURE: -521,
  CALLBACK_FAILURE: -902,
  BAD_CLIENT_MAGIC: -903,
  TOO_MANY_SETTINGS: -537,
  TOO_MANY_CONTINUATIONS: -905,
} as const;

export const FAULT_TEXT: Readonly<Record<number, string>> = {
  0: 'Success',
  [-501]: 'Invalid argument',
  [-502]: 'Out of buffer space',
  [-503]: 'Unsupported SPDY version',
  [-504]: 'Operation would block',
  [-505]: 'Protocol error',
  [-506]: 'Invalid frame octets',
  [-507]: 'EOF',
  [-508]: 'Data transfer deferred',
  [-509]: 'No more Stream ID available',
  [-510]: 'Stream was already closed or invalid',
  [-511]: 'Stream is closing',
  [-512]: 'The transmission is not allowed for this stream',
  [-513]: 'Stream ID is invalid',
  [-514]: 'Invalid stream state',
  [-515]: 'Another DATA frame has already been deferred',
  [-516]: 'request HEADERS is not allowed',
  [-517]: 'GOAWAY has already been sent',
  [-518]: 'Invalid header block',
  [-519]: 'Invalid state',
  [-521]: 'The user callback function failed due to the temporal error',
  [-522]: 'The length of the frame is invalid',
  [-523]: 'Header compression/decompression error',
  [-524]: 'Flow control error',
  [-525]: 'Insufficient buffer size given to function',
  [-526]: 'Callback was paused by the application',
  [-527]: 'Too many inflight SETTINGS',
  [-528]: 'Server push is disabled by peer',
  [-529]: 'DATA or HEADERS frame has already been submitted for the stream',
  [-530]: 'The current session is closing',
  [-531]: 'Invalid HTTP header field was received',
  [-532]: 'Violation in HTTP messaging rule',
  [-533]: 'Stream was refused',
  [-534]: 'Internal error',
  [-535]: 'Cancel',
  [-536]: 'When a local endpoint expects to receive SETTINGS frame, it receives an other type of frame',
  [-537]: 'SETTINGS frame contained more than the maximum allowed entries',
  [-901]: 'Out of memory',
  [-902]: 'The user callback function failed',
  [-903]: 'Received bad client magic byte string',
  [-904]: 'Flooding was detected in this HTTP/2 session, and it must be closed',
  [-905]: 'Too many CONTINUATION frames following a HEADER frame',
};

/** The code that the peer is told for a fault. */
export function codeOf(fault: number): number {
  switch (fault) {
    case FAULT.STREAM_CLOSED:
      return CODE.STREAM_CLOSED;
    case FAULT.HEADER_COMP:
      return CODE.COMPRESSION_ERROR;
    case FAULT.FRAME_SIZE_ERROR:
      return CODE.FRAME_SIZE_ERROR;
    case FAULT.FLOW_CONTROL:
      return CODE.FLOW_CONTROL_ERROR;
    case FAULT.REFUSED_STREAM:
      return CODE.REFUSED_STREAM;
    case FAULT.PROTO:
    case FAULT.HTTP_HEADER:
    case FAULT.HTTP_MESSAGING:
      return CODE.PROTOCOL_ERROR;
    default:
      return CODE.INTERNAL_ERROR;
  }
}
